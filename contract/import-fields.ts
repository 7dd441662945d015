/**
 * What files from elsewhere have (docs/imports.md): the fields that a column may mean, and what may be wrong with a value. They are
 * apart from the schemas, because pages need them.
 */
export const importFields = {
  attendees: [
    'orderId',
    'status',
    'email',
    'buyerEmail',
    'name',
    'firstName',
    'lastName',
    'buyerName',
    'ticketType',
    'variation',
    'quantity',
  ],
  codes: [
    'code',
    'tag',
    'effect',
    'value',
    'percentOff',
    'amountOff',
    'price',
    'uses',
    'used',
    'ticketType',
    'keepsPlaces',
    'validUntil',
  ],
  events: [
    'eventId',
    'title',
    'startsOn',
    'startTime',
    'endsOn',
    'endTime',
    'timeZone',
    'venue',
    'address',
    'city',
    'country',
    'summary',
    'description',
    'currency',
    'ticketType',
    'price',
    'capacity',
  ],
} as const;
export type ImportKind = keyof typeof importFields;
export type ImportField = (typeof importFields)[ImportKind][number];

/** Where a file comes from. An order, a code or an event of one source is imported once. */
export const importSources = ['csv', 'pretix', 'eventbrite'] as const;
export type ImportSource = (typeof importSources)[number];

/** Why a row cannot be imported. The web says each in the reader's language. */
export const importFaults = [
  'missing',
  'too_long',
  'bad_email',
  'bad_number',
  'bad_amount',
  'bad_date',
  'ambiguous_date',
  'bad_time_zone',
  'bad_currency',
  'bad_country',
  'bad_order',
  'unknown_ticket_type',
  'numbered_seats',
  'too_many_tickets',
  'bad_code',
  'bad_effect',
  'two_effects',
  'needs_one_ticket_type',
  'twice',
  'taken',
  'sold_out',
  'bad_value',
] as const;
export type ImportFault = (typeof importFaults)[number];

/** The largest file in bytes, its most rows, and the most columns that are read. */
export const importFileBytes = 1024 * 1024;
export const mostImportRows = 5000;
export const mostImportColumns = 200;

/** How many orders, codes or events one request imports. The next request goes on from there. */
export const importPortions = { attendees: 500, codes: 1000, events: 25 } as const satisfies Record<
  ImportKind,
  number
>;
