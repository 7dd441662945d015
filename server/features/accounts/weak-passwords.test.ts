import { hash } from '@node-rs/argon2';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Refused } from '../../../contract/errors.ts';
import { newPasswordSchema } from '../../../contract/person.ts';
import { createWorld, testPassword, type World } from '../../testing/world.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { hasLine, refuseWeakPassword } from './refuse-weak-password.ts';

const about = ['ada.lovelace@analytical-engine.example', 'Ada King'];
async function refusalOf(password: string): Promise<string | null> {
  try {
    await refuseWeakPassword(password, about);
    return null;
  } catch (error) {
    return (error as Refused).code;
  }
}

test.each([
  ...[
    'password',
    '12345678',
    'qwertyuiop',
    'iloveyou',
    'trustno1',
    'letmein1',
    'baseball',
    'football1',
    'passwort',
  ],
  // Case, accents, full-width letters.
  ...['PASSWORD', 'Password', 'pÀsswörd', 'ｐａｓｓｗｏｒｄ', 'IloveYou'],
  // Digits and signs instead of letters.
  ...['p@ssw0rd', 'P4$$w0rd', 'pa55word', '!l0vey0u', '1l0v3y0u', 'f00tb@ll', 'b4seb4ll'],
  // A year or a sign at the end or the start.
  ...[
    'Password2024',
    'password!',
    'P@ssw0rd2024',
    'Summer2025',
    'dragon99!',
    '123monkey',
    '!!shadow!!',
    'welcome#1',
  ],
  // Separators.
  ...['p-a-s-s-w-o-r-d', 'pass word', 'i.love.you'],
  // Repetitions.
  ...[
    'aaaaaaaa',
    'abababab',
    '11111111',
    'abcabcabc',
    'abcabcab',
    'passwordpassword',
    '!!!!!!!!',
    '12121212',
  ],
  // Rows of keys, letters and digits.
  ...[
    'abcdefgh',
    'hgfedcba',
    '123456789012',
    '9876543210',
    'qwertzuiop',
    'azertyuiop',
    'poiuytrewq',
    'asdfghjkl',
  ],
])('%s is too common', async (password) => {
  expect(await refusalOf(password)).toBe('password_too_common');
});

test.each([
  ...['ada.lovelace', 'AdaLovelace1', 'lovelace1815', 'L0velace!', 'adaking2024', 'AdaKing!!', 'King-Ada-1'],
  ...[
    'analytical',
    'analytical-engine',
    'engine123',
    'admit-admit',
    'Admit2024!',
    '4dm1t2025',
    'ada.lovelace@analytical-engine.example',
  ],
])('%s says who chose it', async (password) => {
  expect(await refusalOf(password)).toBe('password_too_personal');
});

test.each([
  ...[
    testPassword,
    'first-password-of-mine',
    'a better password',
    'kite lamp river',
    'X7#qv!2mLp',
    'zb8n2kfw',
  ],
  ...['canada-hockey', 'Kein Schwein ruft mich an', 'موسيقى الليل', '夜の音楽が好きです', '🎟️🎸🎹🎺🎻🥁🪕🪗'],
])('%s is good', async (password) => {
  expect(await refusalOf(password)).toBeNull();
});

test('random passwords are not refused', async () => {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!';
  const random = fc.string({ unit: fc.constantFrom(...letters), minLength: 12, maxLength: 40 });
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(random, async (password) => {
      if (new Set(password).size > 6 && (await refusalOf(password))) refused++;
    }),
    { numRuns: 300 },
  );
  expect(refused).toBe(0);
});

test('a word is found among sorted lines wherever it stands, and no part of one', () => {
  const words = ['a', 'ab', 'abc', 'b', 'ba', 'monkey', 'monkeys', 'z'];
  for (const word of words) expect(hasLine(words.join('\n'), word)).toBe(true);
  for (const word of ['', 'c', 'monke', 'onkey', 'zz', '\n', 'a\nab', ' '])
    expect(hasLine(words.join('\n'), word)).toBe(false);
  expect(hasLine('', 'a')).toBe(false);
});

test('the list is read once, and looking through it is nothing beside the hash', async () => {
  await refusalOf('kite lamp river');
  const begun = process.hrtime.bigint();
  const rounds = 50;
  for (let round = 0; round < rounds; round++) await refusalOf(`kite lamp river ${round}`);
  const checkMs = Number(process.hrtime.bigint() - begun) / 1e6 / rounds;
  const hashing = process.hrtime.bigint();
  await hashPassword('kite lamp river');
  const hashMs = Number(process.hrtime.bigint() - hashing) / 1e6;
  expect(checkMs).toBeLessThan(hashMs);
});

describe('normalised', () => {
  const nfc = 'mélodie-de-nuit'.normalize('NFC');
  const nfd = nfc.normalize('NFD');

  test('the ways to type one password are one password', async () => {
    expect(nfc).not.toBe(nfd);
    const ways: [string, string][] = [
      [nfc, nfd],
      [nfd, nfc],
      ['ﬁnal-ﬂight', 'final-flight'],
      ['ｋｉｔｅ　ｌａｍｐ', 'kite lamp'],
      ['Ω-ohm-station', 'Ω-ohm-station'],
      ['각오-가을-밤', '각오-가을-밤'.normalize('NFD')],
    ];
    for (const [chosen, typed] of ways)
      expect(await verifyPassword({ hash: await hashPassword(chosen), password: typed })).toBe(true);
    expect(await verifyPassword({ hash: await hashPassword(nfc), password: 'melodie-de-nuit' })).toBe(false);
    expect(await verifyPassword({ hash: await hashPassword('Kite-Lamp'), password: 'kite-lamp' })).toBe(
      false,
    );
  });

  test('hashes from before are right for the password as it was typed', async () => {
    const old = await hash(nfd, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(await verifyPassword({ hash: old, password: nfd })).toBe(true);
    expect(await verifyPassword({ hash: old, password: 'melodie-de-nuit' })).toBe(false);
    const typedAsNow = await hash(nfc, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(await verifyPassword({ hash: typedAsNow, password: nfd })).toBe(true);
  });

  test.each([
    ['7 letters', 'seven77', false],
    ['8 letters', 'eight888', true],
    ['128 letters', 'x'.repeat(128), true],
    ['129 letters', 'x'.repeat(129), false],
    ['8 emojis, 16 units of UTF-16', '🎸'.repeat(8), true],
    ['7 emojis, 14 units', '🎸'.repeat(7), false],
    ['128 emojis, 256 units', '🎸'.repeat(128), true],
    ['129 emojis', '🎸'.repeat(129), false],
    ['7 letters with accents, 14 code points apart', 'é'.repeat(7).normalize('NFD'), false],
    ['8 letters with accents, 16 code points apart', 'é'.repeat(8).normalize('NFD'), true],
    ['3 ligatures, 9 letters', 'ﬃﬃﬃ', true],
    ['one sign that becomes 18 letters', 'ﷺ', true],
    ['8 of them, 144 letters', 'ﷺ'.repeat(8), false],
    ['more than anybody types', 'x'.repeat(1_000_000), false],
  ])('%s', (_, password, good) => expect(newPasswordSchema.safeParse(password).success).toBe(good));
});

describe('wherever a password is chosen', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());
  const linkSql = `
    select job.payload->>'sealedUrl' as sealed from graphile_worker._private_jobs job
    where job.payload->>'kind' = $1 and job.payload->>'to' = $2 order by job.id desc`;
  async function tokenMailed(kind: string, to: string): Promise<string | null> {
    const [mail] = await world.app.db.query<{ sealed: string }>(linkSql, [kind, to]);
    return new URL(world.app.seal.open(mail?.sealed ?? '') ?? '').searchParams.get('token');
  }
  const weak = { P4ssw0rd: 'password_too_common', 'MarieCurie!': 'password_too_personal' };

  test('a weak one is refused by name, and the link that was used stays good', async () => {
    const name = 'Marie Curie';
    const email = 'marie.curie@radium.example';
    const client = world.client();
    const signUp = (password: string) => client.post('/api/auth/sign-up/email', { name, email, password });
    for (const [password, code] of Object.entries(weak)) {
      const answer = await signUp(password);
      expect([password, answer.status, answer.body.code]).toEqual([password, 422, code]);
    }
    expect(client.cookie()).toBe('');
    const good = 'kite lamp mélodie'.normalize('NFD');
    expect((await signUp(good)).status).toBe(200);
    const refused = async (path: string, body: object, by = world.client()) => {
      for (const [newPassword, code] of Object.entries(weak)) {
        const answer = await by.post(path, { ...body, newPassword });
        expect([path, newPassword, answer.status, answer.body.code]).toEqual([path, newPassword, 422, code]);
      }
    };
    await refused('/api/auth/change-password', { currentPassword: good }, client);
    await refused('/api/auth/claim-account', { token: await tokenMailed('verify-email', email) });
    await client.post('/api/auth/request-password-reset', { email });
    const token = await tokenMailed('reset-password', email);
    await refused('/api/auth/reset-password', { token });
    const newPassword = 'river kite lamp 🎸';
    expect((await world.client().post('/api/auth/reset-password', { token, newPassword })).status).toBe(200);
    for (const [password, status] of [
      [newPassword, 200],
      [good, 401],
    ] as const)
      expect((await world.client().post('/api/auth/sign-in/email', { email, password })).status).toBe(status);
  });

  test('it signs in however it is typed', async () => {
    const email = 'typed@passwords.example';
    const password = 'kite lamp mélodie';
    const body = { name: 'Ada', email, password: password.normalize('NFD') };
    expect((await world.client().post('/api/auth/sign-up/email', body)).status).toBe(200);
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) {
      const typed = { email, password: password.normalize(form) };
      expect((await world.client().post('/api/auth/sign-in/email', typed)).status).toBe(200);
    }
  });
});
