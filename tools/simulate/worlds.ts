import type { EventId, PoolId, TicketTypeId } from '../../contract/ids.ts';
import type { EventSale } from '../../server/features/sale/event-sale.ts';
import type { Random } from '../../server/seeded-random.ts';

/** A small event, so that everything in it soon becomes scarce. */
export interface SimulatedEvent {
  sale: EventSale;
  /** Whether people join the waitlist. */
  isWaitedFor: boolean;
  pools: { id: PoolId; capacity: number }[];
}

/** The start of the simulated day. */
export const dawn = Date.UTC(2027, 0, 1, 10);
const minute = 60_000;

export function randomEvents(random: Random): SimulatedEvent[] {
  return Array.from({ length: random.chance(80) ? 1 : 2 }, (_, i) => randomEvent(random, i));
}

function randomEvent(random: Random, number: number): SimulatedEvent {
  const eventId: EventId = `evt_0000000000000000000000000${number}`;
  const pools: SimulatedEvent['pools'] = [];
  const ticketTypes: EventSale['ticketTypes'] = [];
  const addType = (zone: string | null, poolIds: PoolId[]) => {
    const id: TicketTypeId = `tty_${number}${ticketTypes.length}`;
    ticketTypes.push({
      id,
      name: `Type ${ticketTypes.length}`,
      listMinor: random.chance(15) ? 0 : random.between(1, 90) * 100,
      tax: random.chance(25) ? random.pick(taxes) : null,
      zone,
      poolIds,
      hidden: false,
      maxPerOrder: random.chance(20) ? random.between(1, 3) : 10,
      saleStartsAt: random.chance(5) ? new Date(dawn + 5 * minute) : null,
      saleEndsAt: random.chance(5) ? new Date(dawn + 60 * minute) : null,
      product: null,
    });
  };
  const isWaitedFor = random.chance(45);
  const most = isWaitedFor ? random.pick([1, 2, 4]) : 9;
  const addPool = (capacity: number): PoolId => {
    const id: PoolId = `pol_${number}${pools.length}`;
    pools.push({ id, capacity });
    return id;
  };
  if (random.chance(65)) {
    const common = Array.from({ length: random.between(1, 3) }, () => addPool(random.between(1, most)));
    for (let i = random.between(1, 3); i > 0; i--)
      addType(
        null,
        common.filter((_, at) => at === 0 || random.chance(50)),
      );
    if (random.chance(30)) addType(null, [random.pick(common)]);
  }
  const seats = pools.length === 0 || random.chance(50) ? randomSeats(random, isWaitedFor ? 1 : 4) : null;
  for (const zone of new Set(seats?.rows.map((row) => row.zone))) {
    const ofZone = addPool(seats?.zoneOf.filter((each) => each === zone).length ?? 0);
    const shared = pools[0] && random.chance(20) ? [pools[0].id] : [];
    addType(zone, [ofZone, ...shared.filter((id) => id !== ofZone)]);
    // A second price for the same seats.
    if (random.chance(30)) addType(zone, [ofZone]);
  }
  const promoCodes = promoWords
    .filter(() => random.chance(40))
    .map((code) => ({
      code,
      // With 99 per cent off, the rest is often less than a card can pay.
      percentOff: code === 'HALF' ? (number % 2 === 0 ? 99 : 50) : null,
      amountOffMinor: code === 'HALF' ? null : 2000,
      validUntil: random.chance(20) ? new Date(dawn + random.between(0, 60) * minute) : null,
      poolId: addPool(random.between(1, 9)),
    }));
  const rules = randomRules(random);
  return {
    pools,
    isWaitedFor,
    sale: {
      ...fixed,
      eventId,
      ticketTypes,
      bookingFee: random.chance(25) ? randomFee(random) : null,
      promoCodes,
      seats,
      ...rules,
      ...(isWaitedFor && random.chance(70) && { saleStartsAt: null, maxPerBuyer: random.between(3, 8) }),
      refundPolicy: randomPolicy(random),
      cancellation: null,
      refundOffers: [],
      waitlist: randomWaitlist(random),
      resale: randomResale(random),
    },
  };
}

const taxes = [
  { name: 'VAT', ratePercent: 19, included: true },
  { name: 'VAT', ratePercent: 7, included: true },
  { name: 'Sales tax', ratePercent: 8.875, included: false },
];

const randomFee = (random: Random): NonNullable<EventSale['bookingFee']> => ({
  perTicketMinor: random.pick([0, 99, 2500]),
  perTicketPercent: random.pick([0, 2.5, 10]),
  perOrderMinor: random.pick([0, 100]),
  paidBy: random.pick(['buyer', 'absorbed']),
  tax: random.chance(50) ? { name: 'VAT', ratePercent: 19 } : null,
});

/** Random promo codes for an event. */
export const promoWords = ['HALF', 'TWENTY'];

function randomRules(random: Random) {
  return {
    maxPerBuyer: random.chance(65) ? random.between(1, 4) : 50,
    placesPerNetwork: random.chance(50) ? random.between(1, 6) : 0,
    holdSeconds: random.pick([60, 300, 600]),
    saleStartsAt: random.chance(10) ? new Date(dawn + random.between(0, 20) * minute) : null,
    saleEndsAt: random.chance(10) ? new Date(dawn + random.between(20, 200) * minute) : null,
  };
}

/** In the middle of the day offers are short; parties gather until one of the first hours, or until the start. */
export const randomWaitlist = (random: Random): EventSale['waitlist'] => ({
  enabled: random.chance(95),
  offerMinutes: random.pick([5, 30, 120]),
  partiesUntilHours: random.pick([0, 24, 24, 50 * 24 - 1]),
});

/** Some offers for resale end within the simulated day. */
export const randomResale = (random: Random): EventSale['resale'] => ({
  allowed: random.chance(85),
  until: random.chance(20) ? new Date(dawn + random.between(5, 120) * minute) : null,
  feePercent: random.pick([0, 0, 10, 33, 100]),
  feePerTicketMinor: random.pick([0, 0, 99, 5000]),
});

/** Some steps end within the first hours of the simulated day. */
export const randomPolicy = (random: Random): EventSale['refundPolicy'] => ({
  steps: [
    { hoursBefore: 50 * 24 - 1, refundPercent: random.pick([100, 90]) },
    { hoursBefore: random.pick([26, 1199 - 24]), refundPercent: random.pick([50, 67]) },
    { hoursBefore: random.pick([0, 24]), refundPercent: random.pick([25, 33]) },
  ].filter(() => random.chance(60)),
  feePercent: random.pick([0, 0, 15, 33, 100]),
  feePerTicketMinor: random.chance(30) ? random.pick([1, 99, 5000]) : 0,
  refundsBookingFee: random.chance(50),
});

function randomSeats(random: Random, mostRows: number): NonNullable<EventSale['seats']> {
  const rows: NonNullable<EventSale['seats']>['rows'] = [];
  const zoneOf: string[] = [];
  const zones = random.chance(70) ? ['gold'] : ['gold', 'silver'];
  for (let row = random.between(1, mostRows); row > 0; row--) {
    const count = random.between(1, 7);
    const zone = random.pick(zones);
    const gapsAfter = Array.from({ length: count }, (_, position) => position).filter(() =>
      random.chance(15),
    );
    rows.push({
      section: 'Stalls',
      row: String(row),
      zone,
      seats: Array.from({ length: count }, (_, seat) => zoneOf.length + seat),
      gapsAfter,
      order: 0,
    });
    for (let seat = 0; seat < count; seat++) zoneOf.push(zone);
  }
  // The rank of each row from the stage, in another order than the row numbers.
  const ranks = rows.map((_, i) => i).sort(() => (random.chance(50) ? 1 : -1));
  for (const [i, row] of rows.entries()) row.order = ranks[i] ?? i;
  const names = zoneOf.map(String);
  return {
    mapId: 'map_1',
    seatCount: zoneOf.length,
    indexCount: zoneOf.length,
    zoneOf,
    section: names,
    row: names,
    label: names,
    rows,
  };
}

const fixed = {
  organisationId: 'org_00000000000000000000000000' as const,
  version: 1,
  status: 'published' as const,
  title: '',
  slug: '',
  coverUrl: null,
  startsAt: new Date(dawn + 50 * 24 * 60 * minute),
  endsAt: new Date(dawn + 51 * 24 * 60 * minute),
  doorsAt: null,
  timeZone: 'UTC',
  venueName: '',
  address: '',
  city: '',
  asksAttendeeNames: false,
  form: null,
  online: null,
  transfers: { allowed: true, until: null },
  renames: { allowed: true, until: null },
  reminderHours: [24],
  exchanges: { allowed: false, until: null },
  run: null,
  isPass: false,
  orderReview: null,
  ticketCodes: 'fixed' as const,
  currency: 'EUR' as const,
};
