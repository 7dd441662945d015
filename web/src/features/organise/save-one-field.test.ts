import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { minorDigits } from '../../../../contract/currencies.ts';
import { categories } from '../../../../contract/event-fields.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { createDesk, room } from '../../../../server/features/catalog/testing/drafts.ts';
import { createWorld, type World } from '../../../../server/testing/world.ts';
import { type Draft, draftOf, newPool, newPromo, newType } from './draft.ts';
import { eventForm, patchOf } from './event-body.ts';
import { newStep } from './refund-draft.ts';
import { same } from './same.ts';

let world: World;
let desk: ReturnType<typeof createDesk>;
beforeAll(async () => {
  world = await createWorld();
  desk = createDesk(world, await world.organiser());
});
afterAll(() => world?.close());

/** Instants in an hour that occurs twice in New York, some with seconds and milliseconds. */
const lateNight = fc
  .integer({ min: Date.parse('2027-11-07T05:00:00Z'), max: Date.parse('2027-11-07T07:00:00Z') })
  .map((ms) => new Date(ms).toISOString());
const zone = fc.constantFrom('America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe');
const words = (maxLength: number) => fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength });
const lines = fc.constantFrom('', 'one line', ' \ttwo\r\nlines\n\n* of a\r* list');

/** Any event that the API accepts, in the parts of it that a form could get wrong. */
const anyEvent = fc.record({
  title: words(20).filter((text) => text.trim() !== '' && !text.includes('\0')),
  description: lines,
  summary: lines,
  startsAt: lateNight,
  doorsAt: fc.option(fc.constant('2027-11-07T04:59:31.007Z')),
  endsAt: fc.constantFrom('2027-11-07T08:00:00Z', '2027-11-08T00:00:59+05:30'),
  timeZone: zone,
  venue: fc.record({
    name: fc.constantFrom('Kesselhaus', 'K\u200dH'),
    address: fc.constantFrom('', 'Knaackstraße 97'),
    city: fc.constant('Berlin'),
    country: fc.constant('DE'),
    ...{ latitude: fc.constant(52.5393210987), longitude: fc.constant(-13.4) },
  }),
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  holdSeconds: fc.integer({ min: 60, max: 3600 }),
  maxPerBuyer: fc.integer({ min: 1, max: 1000 }),
  placesPerNetwork: fc.integer({ min: 0, max: 100_000 }),
  asksAttendeeNames: fc.boolean(),
  transfers: fc.record({ allowed: fc.boolean(), until: fc.option(lateNight) }),
  renames: fc.record({ allowed: fc.boolean(), until: fc.option(lateNight) }),
  exchanges: fc.record({ allowed: fc.boolean(), until: fc.option(lateNight) }),
  ticketCodes: fc.constantFrom('fixed', 'rotating', 'rotating-or-paper'),
  run: fc.constantFrom(null, 'Summer festival'),
  resale: fc.record({
    allowed: fc.boolean(),
    until: fc.option(lateNight),
    feePercent: fc.integer({ min: 0, max: 100 }),
    feePerTicketMinor: fc.constantFrom(0, 120, 99990),
  }),
  waitlist: fc.record({
    enabled: fc.boolean(),
    offerMinutes: fc.integer({ min: 5, max: 1440 }),
    partiesUntilHours: fc.integer({ min: 0, max: 720 }),
  }),
  waitingRoom: fc.oneof(
    fc.record({ mode: fc.constantFrom('off', 'always', 'under-load'), opensAt: fc.constant(null) }),
    fc.record({ mode: fc.constant('scheduled'), opensAt: lateNight }),
  ),
  reminderHours: fc
    .uniqueArray(fc.integer({ min: 1, max: 720 }), { maxLength: 10 })
    .map((hours) => hours.sort((a, b) => b - a)),
  coverUrl: fc.constantFrom(null, 'https://example.com/a%20b.jpg?x=1'),
  saleStartsAt: fc.option(fc.constant('2027-01-01T00:00:07.5Z')),
  saleEndsAt: fc.option(fc.constant('2027-11-07T04:00:00.001Z')),
  refundPolicy: fc.record({
    steps: fc.constantFrom(
      [],
      [{ hoursBefore: 8760, refundPercent: 100 }],
      [
        { hoursBefore: 73, refundPercent: 99 },
        { hoursBefore: 72, refundPercent: 50 },
        { hoursBefore: 0, refundPercent: 1 },
      ],
    ),
    feePercent: fc.integer({ min: 0, max: 100 }),
    feePerTicketMinor: fc.constantFrom(0, 120, 99990),
    refundsBookingFee: fc.boolean(),
  }),
  bookingFee: fc.option(
    fc.record({
      perTicketMinor: fc.constantFrom(0, 990),
      perTicketPercent: fc.constantFrom(0, 2.5, 0.0001),
      perOrderMinor: fc.constantFrom(0, 100),
      paidBy: fc.constantFrom('buyer', 'absorbed'),
      tax: fc.option(
        fc.record({ name: fc.constantFrom('VAT', 'T.V.A.'), ratePercent: fc.constantFrom(19, 8.875) }),
      ),
    }),
  ),
  seatLayout: fc.constantFrom(room(), room()),
  pools: fc.constant([
    { key: 'floor', name: 'Floor', capacity: 600 },
    { key: 'reduced', name: 'Reduced', capacity: 20 },
  ]),
  ticketTypes: fc
    .record({
      maxPerOrder: fc.integer({ min: 1, max: 100 }),
      prices: fc.constantFrom<object>(
        {},
        { payWhatYouWant: { minMinor: 0 } },
        {
          priceSteps: [
            { name: 'First', priceMinor: 1230, until: '2027-02-03T04:05:06.789Z', places: 7 },
            { name: '', priceMinor: 0, until: null, places: 1_000_000 },
          ],
        },
      ),
      saleStartsAt: fc.option(fc.constant('2027-02-03T04:05:06.789Z')),
      saleEndsAt: fc.option(lateNight),
      description: lines,
      doorNote: lines,
      priceMinor: fc.constantFrom(0, 12340, 99990),
      tax: fc.option(
        fc.record({
          name: fc.constant('VAT'),
          ratePercent: fc.constantFrom(0, 7, 8.875),
          included: fc.boolean(),
        }),
      ),
    })
    .map(({ prices, ...type }) => [
      { ...type, ...prices, name: 'Both', pools: ['floor', 'reduced'] },
      // The pool of the zone may stand anywhere in the list.
      { ...type, name: 'Front', zone: 'front', pools: ['reduced', 'zone-front'] },
      { ...type, name: 'Back', zone: 'back', pools: [] },
    ]),
  promoCodes: fc
    .record({
      validUntil: fc.option(lateNight),
      maxTickets: fc.option(fc.integer({ min: 1, max: 1e6 })),
    })
    .map((code) => [
      { ...code, code: 'FRIENDS-27', percentOff: 7 },
      { ...code, code: 'FÜNF', amountOffMinor: 510 },
    ]),
});

interface Edit {
  /** The fields of the body that the edit may send, and what it changes in the event. */
  sends: string[];
  type(draft: Draft): void;
  changes(event: ManagedEvent): void;
  /** Whether the form shows the field for this event. */
  shows?(event: ManagedEvent): boolean;
}

/** One edit for each field of the form. */
const edits: Record<string, Edit> = {
  title: {
    sends: ['title'],
    type: (draft) => Object.assign(draft, { title: 'Another title' }),
    changes: (event) => Object.assign(event, { title: 'Another title' }),
  },
  summary: {
    sends: ['summary'],
    type: (draft) => Object.assign(draft, { summary: 'Another' }),
    changes: (event) => Object.assign(event, { summary: 'Another' }),
  },
  category: {
    sends: ['category'],
    type: (draft) => Object.assign(draft, { category: categories[3] }),
    changes: (event) => Object.assign(event, { category: categories[3] }),
  },
  'the end': {
    sends: ['endsAt'],
    type: (draft) => Object.assign(draft, { endsAt: '2027-11-10T10:00', timeZone: draft.timeZone }),
    changes: (event) => Object.assign(event, { endsAt: expect.stringMatching(/^2027-11-(09|10)/) }),
  },
  'minutes to pay': {
    sends: ['holdSeconds'],
    type: (draft) => Object.assign(draft, { holdMinutes: '7.5' }),
    changes: (event) => Object.assign(event, { holdSeconds: 450 }),
  },
  'the venue’s address': {
    sends: ['venue'],
    type: (draft) => Object.assign(draft.venue, { address: 'Elsewhere 1' }),
    changes: (event) => Object.assign(event.venue, { address: 'Elsewhere 1' }),
  },
  'the venue’s name': {
    sends: ['venue'],
    type: (draft) => Object.assign(draft.venue, { name: 'Maschinenhaus' }),
    changes: (event) => Object.assign(event.venue, { name: 'Maschinenhaus' }),
  },
  'the most per person': {
    sends: ['maxPerBuyer'],
    type: (draft) => Object.assign(draft, { maxPerBuyer: '3' }),
    changes: (event) => Object.assign(event, { maxPerBuyer: 3 }),
  },
  'until when buyers may cancel': {
    sends: ['refundPolicy'],
    type: ({ refundSteps }) => refundSteps.splice(0, 9, { ...newStep('new', '30', '70'), unit: 'days' }),
    changes: ({ refundPolicy }) =>
      Object.assign(refundPolicy, { steps: [{ hoursBefore: 720, refundPercent: 70 }] }),
  },
  'the kept amount': {
    sends: ['refundPolicy'],
    shows: ({ refundPolicy }) => refundPolicy.steps.length > 0,
    type: (draft) => Object.assign(draft, { feePerTicket: '2' }),
    changes: ({ refundPolicy, currency }) =>
      Object.assign(refundPolicy, { feePerTicketMinor: 2 * 10 ** minorDigits(currency) }),
  },
  'a pool’s capacity': {
    sends: ['pools'],
    type: ({ pools }) => Object.assign(pools.find(({ key }) => key === 'floor') ?? {}, { capacity: '601' }),
    changes: ({ pools }) => Object.assign(pools.find(({ key }) => key === 'floor') ?? {}, { capacity: 601 }),
  },
  'a ticket type’s name': {
    sends: ['ticketTypes'],
    type: ({ ticketTypes }) => Object.assign(ticketTypes[0] ?? {}, { name: 'All' }),
    changes: ({ ticketTypes }) => Object.assign(ticketTypes[0] ?? {}, { name: 'All' }),
  },
  'a ticket type’s tax': {
    sends: ['ticketTypes'],
    type: ({ ticketTypes }) =>
      Object.assign(ticketTypes[1] ?? {}, { taxKind: 'onTop', taxName: 'GST', taxRate: '5,5' }),
    changes: ({ ticketTypes }) =>
      Object.assign(ticketTypes[1] ?? {}, { tax: { name: 'GST', ratePercent: 5.5, included: false } }),
  },
  'how many tickets a step has': {
    sends: ['ticketTypes'],
    shows: ({ ticketTypes }) => (ticketTypes[0]?.priceSteps.length ?? 0) > 0,
    type: ({ ticketTypes }) => Object.assign(ticketTypes[0]?.priceSteps[0] ?? {}, { places: '8' }),
    changes: ({ ticketTypes }) => Object.assign(ticketTypes[0]?.priceSteps[0] ?? {}, { places: 8 }),
  },
  'a ticket type’s largest order': {
    sends: ['ticketTypes'],
    type: ({ ticketTypes }) => Object.assign(ticketTypes[1] ?? {}, { maxPerOrder: '99' }),
    changes: ({ ticketTypes }) => Object.assign(ticketTypes[1] ?? {}, { maxPerOrder: 99 }),
  },
  'the booking fee': {
    sends: ['bookingFee'],
    type: (draft) =>
      Object.assign(draft, {
        feePaidBy: 'absorbed',
        feePercentOfTicket: '3',
        feeEachTicket: '2',
        feeEachOrder: '0',
        feeTaxRate: '',
      }),
    changes: (event) =>
      Object.assign(event, {
        bookingFee: {
          ...{ perTicketMinor: 2 * 10 ** minorDigits(event.currency), perTicketPercent: 3, perOrderMinor: 0 },
          ...{ paidBy: 'absorbed', tax: null },
        },
      }),
  },
  'a promo code’s limit': {
    sends: ['promoCodes'],
    type: ({ promoCodes }) => Object.assign(promoCodes[0] ?? {}, { maxTickets: '44' }),
    changes: ({ promoCodes }) => Object.assign(promoCodes[0] ?? {}, { maxTickets: 44 }),
  },
};

test('whatever the event is like, the form sends the one field that was changed, and the rest stays as it was', async () => {
  await fc.assert(
    fc.asyncProperty(anyEvent, fc.constantFrom(...Object.keys(edits)), async (fields, name) => {
      const made = await desk.create(fields);
      fc.pre(made.status === 201);
      const event: ManagedEvent = made.body;
      expect(patchOf(draftOf(event), event)).toEqual({});

      const edit = edits[name] as Edit;
      const draft = draftOf(event);
      edit.type(draft);
      const expected: ManagedEvent = structuredClone(event);
      edit.changes(expected);
      fc.pre(!same(expected, event) && (edit.shows?.(event) ?? true));
      const patch = eventForm(event).parse(draft);
      expect(Object.keys(patch)).toEqual(edit.sends);
      const saved = await desk.patch(event.id, event.version, patch);
      expect(saved.status, JSON.stringify(saved.body)).toBe(200);

      // These follow from the title, the version and the prices.
      const { slug, version, priceFrom, priceTo, orderFee } = saved.body;
      for (const [i, type] of expected.ticketTypes.entries()) {
        const { price, fullPrice, priceSteps } = saved.body.ticketTypes[i];
        Object.assign(type, { price, fullPrice });
        for (const [n, step] of type.priceSteps.entries()) step.price = priceSteps[n].price;
      }
      expect(saved.body).toEqual({ ...expected, slug, version, priceFrom, priceTo, orderFee });
    }),
    { numRuns: 60 },
  );
});

test('the times keep their clock reading when the zone changes, also the second 01:30', async () => {
  const { body: event } = await desk.create({
    startsAt: '2027-11-07T06:30:15Z',
    endsAt: '2027-11-07T12:00:00Z',
    timeZone: 'America/New_York',
  });
  const draft = draftOf(event);
  expect(draft).toMatchObject({ startsAt: '2027-11-07T01:30:15', startsAtNth: 'second' });
  expect(patchOf({ ...draft, startsAtNth: 'first' }, event)).toEqual({ startsAt: '2027-11-07T05:30:15Z' });
  // Toronto turns its clocks back in the same night.
  expect(patchOf({ ...draft, timeZone: 'America/Toronto' }, event)).toEqual({ timeZone: 'America/Toronto' });
  expect(patchOf({ ...draft, timeZone: 'Europe/Berlin' }, event)).toEqual({
    timeZone: 'Europe/Berlin',
    startsAt: '2027-11-07T00:30:15Z',
    endsAt: '2027-11-07T06:00:00Z',
  });
});

test('what is added to a list is sent with the entries as they are stored', async () => {
  const { body: event } = await desk.create({
    ticketTypes: [{ name: 'Regular', priceMinor: 1000, pools: ['floor'], maxPerOrder: 3 }],
    promoCodes: [{ code: 'FRIENDS-27', percentOff: 7, validUntil: '2027-01-02T03:04:00Z' }],
  });
  const draft = draftOf(event);
  const pool = { ...newPool(), name: 'Balcony' };
  draft.pools.push(pool);
  draft.ticketTypes.push({ ...newType(`pool:${pool.key}`), name: 'Balcony', price: '7' });
  draft.promoCodes.push({ ...newPromo(), code: 'new-one' });
  const patch = eventForm(event).parse(draft);
  const [{ held: _held, sold: _sold, ...stored }] = event.promoCodes;
  // In the letters of the API, and not in those that the form would write.
  expect(stored.validUntil).toBe('2027-01-02T03:04:00.000Z');
  expect(patch.promoCodes?.[0]).toEqual(stored);
  const { body, status } = await desk.patch(event.id, event.version, patch);
  expect(status).toBe(200);
  expect(body.ticketTypes).toMatchObject([
    event.ticketTypes[0],
    { name: 'Balcony', pools: [pool.key], maxPerOrder: 10 },
  ]);
  expect(body.promoCodes).toMatchObject([stored, { code: 'NEW-ONE', percentOff: 10, validUntil: null }]);
});

test('a ticket type that moves to another zone or pool keeps its further pools', async () => {
  const { body: event } = await desk.create({
    seatLayout: room(),
    pools: [
      { key: 'floor', name: 'Floor', capacity: 600 },
      { key: 'reduced', name: 'Reduced', capacity: 20 },
    ],
    ticketTypes: [{ name: 'Front', priceMinor: 1000, zone: 'front', pools: ['reduced', 'zone-front'] }],
  });
  const movedTo = (source: string) => {
    const draft = draftOf(event);
    Object.assign(draft.ticketTypes[0] ?? {}, { source });
    return patchOf(draft, event).ticketTypes?.[0];
  };
  expect(movedTo('zone:back')).toMatchObject({ zone: 'back', pools: ['reduced'] });
  expect(movedTo('pool:floor')).toMatchObject({ zone: null, pools: ['floor', 'reduced'] });
  expect(movedTo('zone:front')).toBeUndefined();
});
