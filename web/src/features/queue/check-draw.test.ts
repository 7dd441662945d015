import { bls12_381 } from '@noble/curves/bls12-381.js';
import { expect, test } from 'vitest';
import { roundAtMs } from '../../../../contract/beacon.ts';
import { pointOf } from '../../../../contract/beacon-signature.ts';
import { commitmentTo, drawOrder, listHashOf } from '../../../../contract/draw.ts';
import type { Draw } from '../../../../contract/waiting-room.ts';
import { checkDraw, type PublishedDraw } from './check-draw.ts';
import type { Noted } from './noted.ts';

const eventId = 'evt_1';
const seed = 'a'.repeat(64);
const list = Array.from({ length: 9 }, (_, i) => ({ id: `que_${i}`, salt: String(i).repeat(32) }));
const order = await drawOrder({ eventId, seed, beacon: null }, list);
const entries = order.map((id) => list.find((entry) => entry.id === id) as (typeof list)[0]);
const commitment = await commitmentTo({ eventId, seed });
const draw: PublishedDraw = {
  eventId,
  seed,
  commitment,
  beacon: null,
  beaconTerms: null,
  drawnAt: '2027-01-01T12:00:00.000Z',
  lanes: [],
  count: 9,
  entries,
};
const [first, second] = entries as [(typeof list)[0], (typeof list)[0]];
const own = { ...second, position: 2 };
const noted = { commitment, entryId: second.id, salt: second.salt };

/** What does not hold. */
async function faults(changed: Partial<PublishedDraw>, knows: Partial<Parameters<typeof checkDraw>[1]> = {}) {
  const checks = await checkDraw({ ...draw, ...changed }, { own, noted, ...knows });
  return checks.filter(({ holds }) => holds === false);
}

test('a draw that follows the rules holds in everything', async () => {
  const checks = await checkDraw(draw, { own, noted });
  expect(checks.map(({ of, holds }) => [of, holds])).toEqual([
    ['secret', true],
    ['noted', true],
    ['complete', true],
    ['order', true],
    ['own', true],
  ]);
});

test('whoever knows nothing checks the rest', async () => {
  const checks = await checkDraw(draw, { own: null, noted: null });
  expect(checks.filter(({ holds }) => holds === null).map(({ of }) => of)).toEqual(['noted', 'own']);
  // Whoever came after the draw stands behind the list.
  const late = { id: 'que_late', salt: '0'.repeat(32), position: 10 };
  expect(await faults({}, { own: late, noted: null })).toEqual([]);
});

test('each thing that was tampered with is named', async () => {
  const swapped = [second, first, ...entries.slice(2)];
  expect(await faults({ entries: swapped })).toEqual([
    { of: 'order', holds: false, position: 1 },
    { of: 'own', holds: false, fault: 'position' },
  ]);
  expect((await faults({ seed: 'b'.repeat(64) })).map(({ of }) => of)).toEqual(['secret', 'order']);
  const other = await commitmentTo({ eventId, seed: 'b'.repeat(64) });
  expect(await faults({ commitment: other, seed: 'b'.repeat(64), entries })).toEqual(
    expect.arrayContaining([{ of: 'noted', holds: false }]),
  );
  const without = entries.filter(({ id }) => id !== own.id);
  expect(await faults({ entries: without })).toEqual(
    expect.arrayContaining([
      { of: 'complete', holds: false },
      { of: 'own', holds: false, fault: 'missing' },
    ]),
  );
  const resalted = entries.map((entry) => (entry.id === own.id ? { ...entry, salt: 'f'.repeat(32) } : entry));
  expect(await faults({ entries: resalted })).toEqual(
    expect.arrayContaining([{ of: 'own', holds: false, fault: 'salt' }]),
  );
  expect(await faults({ entries: [...entries.slice(0, -1), first] })).toEqual(
    expect.arrayContaining([{ of: 'complete', holds: false }]),
  );
});

const keys = bls12_381.shortSignatures.keygen();
const sign = (round: number) =>
  bls12_381.shortSignatures.Signature.toHex(bls12_381.shortSignatures.sign(pointOf(round), keys.secretKey));
const chain = {
  hash: 'ab'.repeat(32),
  publicKey: keys.publicKey.toHex(),
  genesisSeconds: 1_700_000_000,
  periodSeconds: 3,
};

/** The same people, drawn with a round of a beacon. */
async function withBeacon(): Promise<PublishedDraw> {
  const round = 7;
  const beacon = sign(round);
  const ids = await drawOrder({ eventId, seed, beacon }, list);
  const at = new Date(roundAtMs(chain, round)).toISOString();
  const listHash = await listHashOf(list);
  return {
    ...draw,
    entries: ids.map((id) => list.find((entry) => entry.id === id) as (typeof list)[0]),
    beacon,
    beaconTerms: { ...chain, round, roundAt: at, withoutFrom: at, listHash, droppedAt: null },
  };
}

const nobody = { own: null, noted: null };
const beaconOf = async (of: PublishedDraw, saw: Noted['beacon'] = null) =>
  (await checkDraw(of, { own: null, noted: { ...noted, beacon: saw } })).find(
    (check) => check.of === 'beacon',
  );

test('a draw with a public beacon holds, and what does not fit it is named', async () => {
  const of = await withBeacon();
  const terms = of.beaconTerms as NonNullable<Draw['beaconTerms']>;
  expect((await checkDraw(of, nobody)).filter(({ holds }) => holds === false)).toEqual([]);
  const { hash, publicKey, round, listHash } = terms;
  const saw = { hash, publicKey, round, listHash };
  expect(await beaconOf(of, saw)).toEqual({ of: 'beacon', holds: true, fault: null });
  expect(await beaconOf({ ...of, beacon: sign(8) })).toMatchObject({ holds: false, fault: 'signature' });
  expect(await beaconOf({ ...of, beacon: null })).toMatchObject({ holds: false, fault: 'missing' });
  expect(await beaconOf({ ...of, beaconTerms: null })).toMatchObject({ holds: false, fault: 'unannounced' });
  const dropped = { ...of, beacon: null, beaconTerms: { ...terms, droppedAt: terms.roundAt } };
  expect(await beaconOf(dropped)).toEqual({ of: 'beacon', holds: null, fault: 'dropped' });
});

test('what this browser saw of a beacon before the draw counts', async () => {
  const of = await withBeacon();
  const { hash, publicKey, round, listHash } = of.beaconTerms as NonNullable<Draw['beaconTerms']>;
  const saw = { hash, publicKey, round, listHash };
  for (const other of [
    { ...saw, publicKey: 'f'.repeat(192) },
    { ...saw, listHash: 'f'.repeat(64) },
    { ...saw, round: round + 1 },
  ])
    expect(await beaconOf(of, other)).toMatchObject({ holds: false, fault: 'noted' });
  // The opening may move until the list is closed, and the round with it.
  expect(await beaconOf(of, { ...saw, round: round - 1, listHash: null })).toMatchObject({ holds: true });
  expect(await beaconOf({ ...draw, drawnAt: of.drawnAt }, saw)).toMatchObject({
    holds: false,
    fault: 'noted',
  });
});
