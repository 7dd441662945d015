import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isFresh,
  isGenuine,
  openWalletKey,
  readRotating,
  stepAt,
  stepMs,
} from '../../../contract/rotating-code.ts';
import { createTicketSigner } from './signer.ts';
import { claims } from './testing/claims.ts';

const newPem = () =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const pem = newPem();
const signer = createTicketSigner(pem);
const devices = fc.integer({ min: 0, max: 65_535 });
const times = fc.integer({ min: 0, max: 2 ** 45 });

const keyOf = (of: typeof signer, eventId: `evt_${string}`) =>
  Uint8Array.from(Buffer.from(of.eventKeys(eventId)[0]?.key ?? '', 'base64url'));
const characters = (code: string) => code.slice('ADMIT2.'.length);

test('a wallet without a network shows codes that the server and a gate with the key of the event accept', async () => {
  await fc.assert(
    fc.asyncProperty(claims, devices, times, async (claim, device, atMs) => {
      const code = await (await openWalletKey(signer.walletKey(claim, device)))(atMs);
      expect(code).toMatch(/^ADMIT2\.[0-9A-HJKMNP-TV-Z]{184}$/);
      expect(signer.verify(code)).toEqual({ ...claim, shown: { device, step: stepAt(atMs) } });
      const read = readRotating(characters(code));
      expect(read && (await isGenuine(keyOf(signer, claim.eventId), read))).toBe(true);
    }),
  );
});

test('the server shows the same codes itself, as device 0', async () => {
  await fc.assert(
    fc.asyncProperty(claims, times, async (claim, atMs) => {
      const code = await (await openWalletKey(signer.walletKey(claim, 0)))(atMs);
      expect(signer.signAt(claim, new Date(atMs))).toBe(code);
    }),
  );
});

test('no character can be changed: not the time, not the device, not the ticket', async () => {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  await fc.assert(
    fc.asyncProperty(claims, fc.nat({ max: 183 }), fc.nat({ max: 31 }), async (claim, at, value) => {
      const code = characters(signer.signAt(claim, new Date(1_800_000_000_000)));
      const other = alphabet.charAt(value);
      fc.pre(code.charAt(at) !== other);
      const changed = code.slice(0, at) + other + code.slice(at + 1);
      expect(signer.verify(`ADMIT2.${changed}`)).toBeNull();
    }),
  );
});

test('a fixed code is no code that turns, and the secret of one ticket, issue or device makes no code of another', async () => {
  const [[claim, other]] = fc.sample(fc.tuple(claims, claims), 1) as [
    [Parameters<typeof signer.sign>[0], Parameters<typeof signer.sign>[0]],
  ];
  const key = signer.walletKey(claim, 1);
  for (const [base, device] of [
    [signer.walletKey(other, 1).base, 1],
    [signer.walletKey({ ...claim, issue: (claim.issue % 65_535) + 1 }, 1).base, 1],
    [key.base, 2],
    [signer.sign(claim).replace('ADMIT1.', 'ADMIT2.'), 1],
  ] as const) {
    const forged = await (await openWalletKey({ base, device, secret: key.secret }))(1_800_000_000_000);
    expect(signer.verify(forged)).toBeNull();
  }
  const stranger = createTicketSigner(newPem());
  expect(signer.verify(stranger.signAt(claim, new Date()))).toBeNull();
  const read = readRotating(characters(signer.signAt(claim, new Date())));
  expect(read && (await isGenuine(keyOf(stranger, claim.eventId), read))).toBe(false);
  expect(keyOf(signer, claim.eventId)).not.toEqual(keyOf(signer, other.eventId));
});

test('after a change of keys, wallets that were opened before still work while the private half of the old key is there', async () => {
  const [claim] = fc.sample(claims, 1) as [Parameters<typeof signer.sign>[0]];
  const code = await (await openWalletKey(signer.walletKey(claim, 3)))(1_800_000_000_000);
  expect(createTicketSigner(`${newPem()}\n${pem}`).verify(code)).toMatchObject(claim);
  expect(createTicketSigner(newPem()).verify(code)).toBeNull();
});

test('a screenshot dies within a minute, and clocks may be half a minute apart', () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 10 * 60_000 }), (shownMs, laterMs) => {
      const step = stepAt(shownMs);
      if (laterMs >= 60_000) expect(isFresh(step, [shownMs + laterMs])).toBe(false);
      if (laterMs <= 2 * stepMs) expect(isFresh(step, [shownMs + laterMs])).toBe(true);
      if (laterMs <= 2 * stepMs && shownMs > laterMs) expect(isFresh(step, [shownMs - laterMs])).toBe(true);
    }),
  );
});
