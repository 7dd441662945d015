import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOwnPath, ownAddress } from './own-address.ts';

const ours = [
  '/',
  '/orders',
  '/orders/',
  '/orders/ord_1?from=mail&x=1#tickets',
  '/verify?token=abc.def-ghi_jkl',
  '/e/night-shift?next=//other.example',
  '/e/night-shift#//other.example',
  '/search?q=https://other.example/',
  '/a@b/c:d;e=f,g',
  '/orders?session={CHECKOUT_SESSION_ID}',
  '/caf%C3%A9',
  '/a..b/...c/.well-known',
  '/?next=..//x',
];

const notOurs = [
  '',
  ' ',
  'orders',
  '?x',
  '#x',
  '//host',
  '///host',
  '////host',
  '//host/path',
  '//user@host',
  '//host:80',
  '/\\host',
  '\\/host',
  '\\\\host',
  '/\\/host',
  '/path\\..\\host',
  '/..//host',
  '/../../host',
  '/.//host',
  '/./host',
  '/a/..//host',
  '/a/../..//host',
  '/..',
  '/.',
  '/a/..',
  '/a/.',
  '/a//b',
  '/a//',
  '/%2e%2e//host',
  '/%2E%2e/host',
  '/.%2e//host',
  '/%2e/host',
  '/%252e%252e//host',
  '/%2f/host',
  '/%2f%2fhost',
  '/%2F%2Fhost',
  '/%252f%252fhost',
  '/%25252f%25252fhost',
  '/%5chost',
  '/%5c%5chost',
  '/%255chost',
  '/%09/host',
  '/%0d%0aLocation:%20https://host',
  '/%00/host',
  '/%7f',
  '/\t/host',
  '/\n/host',
  '/\r/host',
  '\t//host',
  '\n//host',
  ' //host',
  '/ /host',
  '//\thost',
  '/\u0000/host',
  '/\u000b/host',
  '/a\u007f',
  '/\u00a0/host',
  '/\u2028/host',
  '/\u200b/host',
  '/\ufeff/host',
  '/\u2215host',
  '/\u2044/host',
  '/\u29f8host',
  '/\uff0fhost',
  '\uff0f\uff0fhost',
  '/\uff3chost',
  '/\u3002host',
  '/\u202ehost',
  '/é',
  '/a?b=\\',
  '/a?b=\t',
  '/a#\n',
  '/a?"onload=',
  '/a?<script>',
  '/a#é',
  'https://host',
  'https:host',
  'https:/host',
  'https:///host',
  'HTTPS://host',
  'http:\\\\host',
  'ftp://host',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'javascript://tickets.example/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'blob:https://tickets.example/1',
  'file:///etc/passwd',
  'mailto:a@b.example',
  'tickets.example',
  'tickets.example/orders',
  '//tickets.example@host',
  '.',
  '..',
  '../host',
  '@host',
  ':80/host',
  `/${'a'.repeat(2000)}`,
  `/${'../'.repeat(400)}/host`,
];

const origin = 'https://tickets.example';

test.each(ours)('%j is a path of ours', (given) => {
  expect(isOwnPath(given)).toBe(true);
  expect(ownAddress(given, origin)).toBe(`${origin}${given}`);
});

test.each(notOurs)('%j is no path of ours', (given) => {
  expect(isOwnPath(given)).toBe(false);
});

describe('an absolute address', () => {
  test.each([
    [origin, `${origin}/`],
    [`${origin}/`, `${origin}/`],
    [`${origin}/orders?a#b`, `${origin}/orders?a#b`],
    [`${origin}?a`, `${origin}/?a`],
    [`${origin}#a`, `${origin}/#a`],
  ])('%s is ours', (given, address) => expect(ownAddress(given, origin)).toBe(address));

  test.each([
    'https://tickets.example.evil.example/',
    'https://tickets.exampleevil.example/',
    'https://tickets.example@evil.example/',
    'https://tickets.example:pass@evil.example/',
    'https://tickets.example:8443/',
    'https://tickets.example:443/',
    'https://tickets.example\\@evil.example/',
    'https://tickets.example%2eevil.example/',
    'https://tickets.example//evil.example',
    'https://tickets.example/..//evil.example',
    'https://tickets.example./',
    'https://user@tickets.example/',
    'https://TICKETS.example/',
    'https:tickets.example/',
    'https:/tickets.example/',
    'http://tickets.example/',
    'https://evil.example/https://tickets.example/',
    ' https://tickets.example/',
    'https://tickets\u3002example/',
    '//tickets.example/',
  ])('%s is not', (given) => expect(ownAddress(given, origin)).toBeNull());

  test('with a port', () => {
    expect(ownAddress('http://localhost:3000/orders', 'http://localhost:3000')).not.toBeNull();
    expect(ownAddress('http://localhost:30001/orders', 'http://localhost:3000')).toBeNull();
    expect(ownAddress('http://localhost:3000.evil.example/', 'http://localhost:3000')).toBeNull();
  });
});

const pieces = fc.constantFrom(
  ...'/ // \\ . .. %2f %2F %5c %2e %252f %09 %00 ? # @ : ; = & host evil.example tickets.example'.split(' '),
  ...[
    '\t',
    '\n',
    '\r',
    '\u0000',
    ' ',
    '\u2215',
    '\uff0f',
    '\uff3c',
    '\u3002',
    'https:',
    'javascript:',
    'a',
    'é',
  ],
);
const tricky = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.array(pieces, { maxLength: 12 }).map((parts) => `/${parts.join('')}`),
  fc.webPath().map((path) => path || '/'),
  fc.string({ unit: 'binary' }).map((text) => `/${text}`),
);

/** Every reading of a URL by a program that decodes it once too often. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

test('a URL that is accepted stays on this site, in every possible reading', () => {
  let taken = 0;
  const leadsAway = (address: string, base: string) =>
    URL.parse(address, base)?.origin !== new URL(base).origin;
  fc.assert(
    fc.property(tricky, (given) => {
      if (!isOwnPath(given)) return;
      taken++;
      const bases = [`${origin}/`, `${origin}/a/b/c`, 'http://localhost:3000/api/auth/verify-email?token=1'];
      for (const base of bases) {
        const url = new URL(given, base);
        const path = given.split(/[?#]/, 1)[0] as string;
        // As the browser resolves it; as a program resolves it again that keeps only the path; and decoded first.
        for (const address of [
          given,
          url.pathname,
          `${url.pathname}?error=1`,
          decoded(path),
          decoded(decoded(path)),
        ])
          expect([given, address, leadsAway(address, base)]).toEqual([given, address, false]);
        // Nothing was left to resolve: the checked URL is the opened one.
        expect(url.pathname).toBe(path);
      }
    }),
    { numRuns: 5000 },
  );
  expect(taken).toBeGreaterThan(100);
});

test('an accepted URL has our origin when the browser opens it', () => {
  const prefixes = fc.constantFrom(
    '',
    origin,
    `${origin}/`,
    `${origin}:`,
    `${origin}@`,
    `${origin}.`,
    'https:',
  );
  fc.assert(
    fc.property(prefixes, tricky, (prefix, rest) => {
      const address = ownAddress(`${prefix}${rest}`, origin);
      if (address === null) return;
      const url = new URL(address, 'https://elsewhere.example/');
      expect([url.origin, url.username, url.password]).toEqual([origin, '', '']);
    }),
    { numRuns: 5000 },
  );
});
