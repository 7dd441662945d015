/** What the specimens show: things as the API would answer them, with names that make layouts sweat. */
import type { CheckIn } from '../../contract/check-ins.ts';
import type { Event, EventSummary } from '../../contract/events.ts';
import type { Order } from '../../contract/orders.ts';
import { orderStatuses as statuses } from '../../contract/orders.ts';
import type { SeatMap } from '../../contract/seating.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });

const summary: EventSummary = {
  id: 'evt_1',
  slug: 'blue-hour',
  status: 'published',
  title: 'Blue Hour',
  summary: 'Four pianos, one room, the last light of the day.',
  category: 'music',
  coverUrl: '/covers/blue-hour.webp',
  startsAt: '2027-01-15T19:00:00Z',
  endsAt: '2027-01-15T22:00:00Z',
  timeZone: 'Europe/Berlin',
  venue: { name: 'Kesselhaus', city: 'Berlin', country: 'DE' },
  priceFrom: eur(2450),
  priceTo: eur(4900),
  soldOut: false,
  movedFrom: null,
};

export const summaries: EventSummary[] = [
  summary,
  {
    ...summary,
    id: 'evt_2',
    title: 'An Unreasonably Long Evening of Donaudampfschifffahrtsgesellschaft Songs, with Encores',
    category: 'comedy',
    coverUrl: '/covers/late-and-unwise.webp',
    venue: { name: 'Théâtre de la Grande Passerelle des Remparts', city: 'Saint-Malo', country: 'FR' },
    soldOut: true,
  },
  {
    ...summary,
    id: 'evt_3',
    title: 'ليلة القانون والعود',
    coverUrl: null,
    venue: { name: 'مسرح المدينة', city: 'بيروت', country: 'LB' },
    priceFrom: eur(0),
    priceTo: eur(0),
    distanceKm: 3.2,
  },
];

const zoneTypes = [
  { name: 'Stalls', zone: 'stalls', price: 6500 },
  { name: 'Upper circle, restricted view, standing allowed', zone: 'circle', price: 2450 },
];

export const event: Event = {
  ...summary,
  products: [],
  cancellation: null,
  ticketCodes: 'fixed',
  attendance: 'in-person',
  series: null,
  isPass: false,
  version: 3,
  description: summary.summary,
  coverAlt: '',
  tags: [],
  about: [],
  venue: { ...summary.venue, address: 'Knaackstraße 97', latitude: 52.54, longitude: 13.41 },
  organisation: { id: 'org_1', name: 'Kesselhaus Concerts', slug: 'kesselhaus' },
  doorsAt: '2027-01-15T18:00:00Z',
  currency: 'EUR',
  ticketTypes: zoneTypes.map(({ name, zone, price }, index) => ({
    id: `tty_${index}`,
    name,
    description: '',
    price: eur(price),
    listPrice: eur(price),
    fullPrice: eur(price),
    minPerOrder: 1,
    priceSteps: [],
    groupPrices: [],
    payWhatYouWant: null,
    tax: null,
    pools: [],
    zone,
    maxPerOrder: 8,
    saleStartsAt: null,
    saleEndsAt: null,
  })),
  takesPromoCodes: false,
  asksQuestions: false,
  hasSeatMap: true,
  maxPerBuyer: 8,
  holdSeconds: 600,
  asksAttendeeNames: false,
  resale: { allowed: false, until: null, feePercent: 0, feePerTicketMinor: 0 },
  waitlist: { enabled: true, offerMinutes: 30, partiesUntilHours: 24 },
  waitingRoom: { mode: 'off', opensAt: null },
  orderFee: eur(0),
  saleStartsAt: null,
  saleEndsAt: null,
  refundPolicy: {
    steps: [
      { hoursBefore: 168, refundPercent: 90 },
      { hoursBefore: 48, refundPercent: 50 },
    ],
    feePercent: 0,
    feePerTicketMinor: 200,
    refundsBookingFee: false,
  },
  transfers: { allowed: true, until: null },
  renames: { allowed: true, until: null },
  exchanges: { allowed: false, until: null },
  publishedAt: '2026-11-01T09:00:00Z',
};

export const seatMap: SeatMap = {
  id: 'map_1',
  version: 1,
  eventId: 'evt_1',
  seatCount: 6,
  width: 60,
  height: 40,
  zones: [
    { key: 'stalls', name: 'Stalls', color: '#7a3fb5' },
    { key: 'circle', name: 'Upper circle, restricted view', color: '#a4560f' },
  ],
  sections: [
    {
      key: 'stalls',
      name: 'Stalls',
      rows: [
        {
          label: 'A',
          zone: 'stalls',
          seats: [0, 1, 2].map((n) => ({
            id: `seat_1_${n}`,
            label: String(n + 1),
            x: n * 10,
            y: 0,
            ...(n === 2 && { accessible: true as const }),
          })),
        },
        {
          label: 'B',
          zone: 'circle',
          seats: [3, 4, 5].map((n) => ({
            id: `seat_1_${n}`,
            label: String(n - 2),
            x: (n - 3) * 10,
            y: 10,
            ...(n === 5 && { companion: true as const }),
          })),
        },
      ],
    },
  ],
};

/** Its QR code is drawn by sample-ticket.ts. */
const sampleTicketId = 'tkt_sample';

const sold = (amount: number) => ({
  price: eur(amount),
  refunded: eur(0),
  priceParts: { net: eur(amount), tax: eur(0), fee: eur(0) },
});

export const tickets: Order['tickets'] = [
  {
    id: sampleTicketId,
    status: 'valid',
    ticketTypeName: 'Stalls',
    place: { section: 'Stalls', row: 'A', seat: '12' },
    attendeeName: 'Maximiliane Freifrau von Hohenstein-Wallersdorf',
    isTransferred: false,
    issue: 1,
    isOnResale: false,
    ...sold(5500),
  },
  {
    id: `${sampleTicketId}2`,
    status: 'used',
    ticketTypeName: 'Regular',
    place: null,
    attendeeName: null,
    isTransferred: false,
    issue: 1,
    isOnResale: false,
    ...sold(5500),
  },
  {
    id: `${sampleTicketId}3`,
    status: 'cancelled',
    ticketTypeName: 'Upper circle, restricted view',
    place: { section: 'Upper circle', row: '', seat: '3' },
    attendeeName: 'ليلى حدّاد',
    isTransferred: false,
    issue: 1,
    isOnResale: false,
    ...sold(5500),
  },
];

export const orderStatuses = statuses;

export const order: Order = {
  id: 'ord_1',
  payBy: null,
  giftCardAmount: { amount: 0, currency: 'EUR' },
  origin: 'online',
  exchangeOf: null,
  review: null,
  join: null,
  number: 'K7QX2M9D',
  status: 'confirmed',
  event: {
    id: event.id,
    slug: event.slug,
    title: event.title,
    coverUrl: event.coverUrl,
    ticketCodes: event.ticketCodes,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    timeZone: event.timeZone,
    venueName: event.venue.name,
    city: event.venue.city,
    cancellation: null,
  },
  soldAs: {
    version: event.version,
    title: event.title,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    timeZone: event.timeZone,
    venueName: event.venue.name,
    address: event.venue.address,
    city: event.venue.city,
    refundPolicy: event.refundPolicy,
  },
  buyer: { name: 'Nora Lindholm', email: 'nora@example.com' },
  lines: [],
  orderFee: eur(0),
  parts: { net: eur(11_000), tax: eur(0), fee: eur(0), feeTax: eur(0), discount: eur(0) },
  total: eur(11_000),
  disputes: [],
  refunded: eur(0),
  refundOffer: null,
  cancellation: { refund: eur(9800), fee: eur(1200), until: '2027-01-13T22:00:00.000Z' },
  holdId: 'hld_1',
  expiresAt: '2026-11-21T12:10:00Z',
  problem: null,
  createdAt: '2026-11-21T12:00:00Z',
  confirmedAt: '2026-11-21T12:01:00Z',
  tickets,
};

export const checkIn: CheckIn = {
  id: 'chk_1',
  ticketId: sampleTicketId,
  kind: 'entry',
  visit: 1,
  checkpointId: null,
  presence: null,
  checkedInAt: '2027-01-15T18:20:00Z',
  gate: 'North',
  ticketTypeName: 'Stalls',
  place: { section: 'Stalls', row: 'A', seat: '12' },
  attendeeName: 'Nora Lindholm',
  orderNumber: 'K7QX2M9D',
  notes: [{ kind: 'ticket_type', label: null, text: '18+, look at the ID' }],
  warning: null,
};
