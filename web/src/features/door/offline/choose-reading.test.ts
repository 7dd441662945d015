import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ManifestHead } from '../../../../../contract/door-manifest.ts';
import { type EventId, makeId } from '../../../../../contract/ids.ts';
import { createTicketSigner } from '../../../../../server/features/tickets/signer.ts';
import { chooseReading } from './choose-reading.ts';
import { createVerifier } from './verify-signature.ts';

const eventId: EventId = makeId('event', 1, new Uint8Array(10).fill(1));
const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const signer = createTicketSigner(pem);
const now = new Date('2026-11-30T20:00:00Z');
const claimOf = (id: number) => ({
  eventId,
  ticketId: makeId('ticket', 1, new Uint8Array(10).fill(id)),
  issue: 1,
});
const head = {
  event: { id: eventId } as ManifestHead['event'],
  keys: signer.publicKeys(),
  eventKeys: signer.eventKeys(eventId),
  ticketCodes: 'rotating' as const,
};
const verify = createVerifier();
const swaps = new Map([...'yzYZ'].map((letter, i) => [letter, 'zyZY'[i] as string]));
const onGermanKeyboard = (text: string) => text.replace(/[yz]/gi, (letter) => swaps.get(letter) ?? letter);

test('of two readings of a hand scanner the gate takes the one that the server has signed', async () => {
  for (const code of [signer.sign(claimOf(1)), signer.signAt(claimOf(2), now)]) {
    const garbled = onGermanKeyboard(code);
    expect(garbled).not.toBe(code);
    // The scanner claims an American keyboard, or it knows that the device has a German one.
    expect(await chooseReading([garbled, code], head, verify)).toBe(code);
    expect(await chooseReading([code, garbled], head, verify)).toBe(code);
    const foreign = {
      ...head,
      event: { id: makeId('event', 2, new Uint8Array(10)) } as ManifestHead['event'],
    };
    expect(await chooseReading([garbled, code], foreign, verify)).toBe(code);
  }
});

test('without a good signature the gate takes the reading that looks like a code, of either kind', async () => {
  for (const start of ['admit1.', 'ADMIT2.']) {
    const typed = `qd;it${start.slice(5)}00`;
    expect(await chooseReading([typed, `${start}00`], head, verify)).toBe(`${start}00`);
    expect(await chooseReading([typed, `${start}00`], undefined, verify)).toBe(`${start}00`);
  }
  expect(await chooseReading(['12345678', '12345678'], undefined, verify)).toBe('12345678');
});
