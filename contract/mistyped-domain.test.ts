import { expect, test } from 'vitest';
import { likelyAddress } from './mistyped-domain.ts';

test.each([
  ['ada@gmial.com', 'ada@gmail.com'],
  ['ada@gmail.con', 'ada@gmail.com'],
  ['ada@gmail.co', 'ada@gmail.com'],
  ['ada@gmai.com', 'ada@gmail.com'],
  ['ada@gnail.com', 'ada@gmail.com'],
  ['Ada@GMAIL.CMO', 'Ada@gmail.com'],
  ['ada@hotmial.con', 'ada@hotmail.com'],
  ['ada@outlok.com', 'ada@outlook.com'],
  ['ada@yaho.com', 'ada@yahoo.com'],
  ['ada@t-onlin.de', 'ada@t-online.de'],
  ['a.b+c@icluod.com', 'a.b+c@icloud.com'],
])('%s was probably meant to be %s', (given, meant) => {
  expect(likelyAddress(given)).toBe(meant);
});

test.each([
  ...[
    'gmail.com',
    'googlemail.com',
    'mail.com',
    'ymail.com',
    'gmx.at',
    'gmx.de',
    'web.de',
    'me.com',
    'free.fr',
  ],
  ...[
    'outlook.be',
    'yahoo.ca',
    'hotmail.nl',
    'yahoo.com.br',
    'live.nl',
    'example.com',
    'admit.test',
    'tum.de',
  ],
  ...['bücher.de', 'mailbox.org', 'proton.me', 'laposte.net', 'mail.de', 'fastmail.com', 'uni-berlin.de'],
])('nobody is asked about %s', (domain) => {
  expect(likelyAddress(`ada@${domain}`)).toBeNull();
});

test('what is no address yet asks nothing', () => {
  for (const text of ['', '@', 'ada', '@gmial.com', 'ada@']) expect(likelyAddress(text)).toBeNull();
});
