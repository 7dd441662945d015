import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ManifestHead,
  type ManifestTicket,
  manifestStates,
  NoManifest,
  readManifest,
  toDoorTicket,
} from '../../../contract/door-manifest.ts';
import { placeKinds } from '../../../contract/door-notes.ts';
import { decideScan, plainRules } from '../../../contract/door-rules.ts';
import { bytesOfId, idOfBytes } from '../../../contract/id-bytes.ts';
import { makeId } from '../../../contract/ids.ts';
import { encodeManifest } from './encode-manifest.ts';

const random = fc.uint8Array({ minLength: 10, maxLength: 10 });
const idOf = <K extends Parameters<typeof makeId>[0]>(kind: K) =>
  fc.tuple(fc.nat(2 ** 48 - 1), random).map(([ms, bytes]) => makeId(kind, ms, bytes));
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const day = fc.option(fc.constantFrom('2026-12-04', '2026-12-05'), { nil: null });

const checkpoints = [1, 2, 3].map((n) => makeId('checkpoint', n, new Uint8Array(10)));
const orders = [1, 2, 3, 4].map((n) => makeId('order', n, new Uint8Array(10)));
const types = [1, 2].map((n) => makeId('ticketType', n, new Uint8Array(10)));
const use = fc.record({ day, visit: fc.nat(200), used: fc.nat(200), inside: fc.boolean() });

const ticket: fc.Arbitrary<ManifestTicket> = fc.record({
  id: idOf('ticket'),
  issue: fc.integer({ min: 1, max: 65_535 }),
  state: fc.constantFrom(...manifestStates),
  isDisputed: fc.constant(false),
  isTransferred: fc.boolean(),
  type: fc.nat(1),
  orderId: fc.constantFrom(...orders),
  seat: fc.option(fc.record({ section: text, row: text, seat: text }), { nil: null }),
  usedAt: fc.option(fc.nat(2 ** 33), { nil: null }),
  usedGate: fc.option(text, { nil: null }),
  visit: fc.nat(300),
  inside: fc.option(
    fc.record({ checkpointId: fc.option(fc.constantFrom(...checkpoints), { nil: null }), day }),
    { nil: null },
  ),
  uses: fc.dictionary(fc.constantFrom(...checkpoints), use, { noNullPrototype: true }),
  wallets: fc.nat(300),
  hasPaper: fc.boolean(),
  shortHash: fc.nat(2 ** 32 - 1),
  name: fc.option(
    text.filter((name) => name !== ''),
    { nil: null },
  ),
  placeKind: fc.constantFrom(null, ...placeKinds),
  answers: fc.array(fc.record({ label: text, text }), { maxLength: 3 }),
});

const head = (fields: Partial<ManifestHead> = {}): Omit<ManifestHead, 'texts'> => ({
  event: {
    id: makeId('event', 1, new Uint8Array(10)),
    title: 'Night of the Žižkov trumpets',
    status: 'published',
    startsAt: '2026-12-04T19:00:00.000Z',
    doorsAt: null,
    endsAt: '2026-12-04T23:00:00.000Z',
    timeZone: 'Europe/Prague',
    venueName: 'Palác Akropolis',
  },
  version: '0123456789abcdef-1',
  since: null,
  issuedAt: '2026-12-04T18:00:00.000Z',
  expiresAt: '2026-12-05T06:00:00.000Z',
  keys: [],
  ticketCodes: 'rotating',
  eventKeys: [],
  ticketTypes: types.map((id) => ({ id, name: 'Floor', isAllowed: true, doorNote: '18+' })),
  rules: plainRules,
  disputedOrders: [],
  hasNames: true,
  hasShortNumbers: true,
  ...fields,
});

/** As if it were signed: readManifest does not look at the last bytes. */
const packed = async (...given: Parameters<typeof encodeManifest>) =>
  Buffer.concat([await encodeManifest(...given), Buffer.alloc(66)]);

const sorted = (tickets: ManifestTicket[]) => tickets.toSorted((a, b) => (a.id < b.id ? -1 : 1));

test('what is packed is read, whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(ticket, { selector: ({ id }) => id, maxLength: 40 }),
      fc.boolean(),
      fc.boolean(),
      async (given, hasNames, hasShortNumbers) => {
        const tickets = sorted(given);
        const read = readManifest(await packed(head({ hasNames, hasShortNumbers }), tickets));
        expect(read.tickets).toEqual(
          tickets.map((each) => ({
            ...each,
            usedGate: each.usedAt === null ? null : each.usedGate,
            name: hasNames ? each.name : null,
            answers: hasNames ? each.answers : [],
            shortHash: hasShortNumbers ? each.shortHash : null,
          })),
        );
        expect(read.head.event.title).toBe('Night of the Žižkov trumpets');
      },
    ),
  );
});

test('damaged columns end in NoManifest or in a manifest, and never run on', async () => {
  const tickets = sorted(fc.sample(ticket, { numRuns: 30, seed: 7 }));
  const bytes = await packed(head(), tickets);
  const columns = bytes.indexOf(']}', bytes.indexOf('"texts"')) + 2;
  for (let at = columns; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 0xff;
    try {
      expect(readManifest(changed).tickets.length).toBeLessThan(bytes.length);
    } catch (error) {
      expect(error).toBeInstanceOf(NoManifest);
    }
  }
});

test('the 16 bytes of an id are the id', () => {
  fc.assert(
    fc.property(idOf('ticket'), (id) => {
      expect(idOfBytes('ticket', bytesOfId(id))).toBe(id);
    }),
  );
  for (const wrong of ['tkt_', 'tkt_01K9ZC4V7R8W3T5XN2M6QHJDE', 'tkt_81K9ZC4V7R8W3T5XN2M6QHJDEF', 'x'])
    expect(() => bytesOfId(wrong)).toThrow(RangeError);
});

test('a gate decides about a packed ticket as the rules of the door say', async () => {
  const base = {
    ...fc.sample(ticket, { numRuns: 1, seed: 1 })[0]!,
    issue: 2,
    visit: 0,
    inside: null,
    uses: {},
  };
  const scan = {
    issue: 2,
    direction: 'in' as const,
    checkpointId: null,
    day: '2026-12-04',
    allowedTypes: null,
    admitsDisputed: false,
  };
  const decide = async (fields: Partial<ManifestTicket>, heads: Partial<ManifestHead> = {}) => {
    const ticketOf = { ...base, state: 'valid' as const, isTransferred: false, ...fields };
    const read = readManifest(await packed(head(heads), [ticketOf]));
    return decideScan(toDoorTicket(read.head, read.tickets[0]!), scan, read.head.rules).refused;
  };
  expect([
    await decide({}),
    await decide({ state: 'used', visit: 1, inside: { checkpointId: null, day: null } }),
    await decide({ state: 'cancelled' }),
    await decide({ state: 'refunded' }),
    await decide({ state: 'waiting' }),
    await decide({ issue: 3 }),
    await decide({ issue: 3, isTransferred: true }),
    await decide({}, { disputedOrders: [base.orderId] }),
    await decide({}, { event: { ...head().event, status: 'cancelled' } }),
  ]).toEqual([
    null,
    'already_used',
    'ticket_cancelled',
    'ticket_refunded',
    'not_yet_paid',
    'ticket_reissued',
    'ticket_transferred',
    'ticket_disputed',
    'ticket_cancelled',
  ]);
});
