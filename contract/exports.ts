import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';

export const exportFormats = ['csv', 'xlsx', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/**
 * The columns of each export, in the order of the file. `money` is an amount in the currency of the row's column `currency`;
 * `yesNo` is true or false; `instant` is a time in the time zone of the event. Programs rely on these names: a column may
 * be added at the end, and none is renamed or removed.
 */
export const exportColumns = {
  attendees: {
    ticket_id: 'text',
    order_number: 'text',
    status: 'text',
    ticket_type: 'text',
    section: 'text',
    row: 'text',
    seat: 'text',
    attendee_name: 'text',
    transferred: 'yesNo',
    buyer_name: 'text',
    buyer_email: 'text',
    price: 'money',
    refunded: 'money',
    currency: 'text',
    bought_at: 'instant',
    checked_in_at: 'instant',
    origin: 'text',
  },
  orders: {
    order_id: 'text',
    order_number: 'text',
    status: 'text',
    buyer_name: 'text',
    buyer_email: 'text',
    language: 'text',
    tickets: 'number',
    promo_code: 'text',
    net: 'money',
    tax: 'money',
    fee: 'money',
    fee_tax: 'money',
    discount: 'money',
    total: 'money',
    refunded: 'money',
    disputed: 'money',
    currency: 'text',
    ordered_at: 'instant',
    bought_at: 'instant',
    origin: 'text',
  },
  payments: {
    id: 'text',
    kind: 'text',
    order_number: 'text',
    status: 'text',
    reason: 'text',
    amount: 'money',
    currency: 'text',
    provider: 'text',
    provider_reference: 'text',
    created_at: 'instant',
    settled_at: 'instant',
  },
  'check-ins': {
    check_in_id: 'text',
    ticket_id: 'text',
    order_number: 'text',
    ticket_type: 'text',
    section: 'text',
    row: 'text',
    seat: 'text',
    attendee_name: 'text',
    gate: 'text',
    scanned_by: 'text',
    scanned_at: 'instant',
    received_at: 'instant',
  },
  tax: {
    order_number: 'text',
    kind: 'text',
    document_number: 'text',
    booked_at: 'instant',
    sold_by: 'text',
    tax_name: 'text',
    tax_percent: 'number',
    net: 'money',
    tax: 'money',
    gross: 'money',
    currency: 'text',
    origin: 'text',
  },
  answers: {
    ticket_id: 'text',
    order_number: 'text',
    status: 'text',
    ticket_type: 'text',
    attendee_name: 'text',
    buyer_name: 'text',
    question_key: 'text',
    question: 'text',
    kind: 'text',
    answer: 'text',
    answered_at: 'instant',
  },
  extras: {
    ticket_id: 'text',
    order_number: 'text',
    status: 'text',
    extra: 'text',
    collect: 'text',
    buyer_name: 'text',
    buyer_email: 'text',
    price: 'money',
    refunded: 'money',
    currency: 'text',
    bought_at: 'instant',
    handed_out_at: 'instant',
    origin: 'text',
  },
} as const satisfies Record<string, Record<string, 'text' | 'number' | 'yesNo' | 'money' | 'instant'>>;

export type ExportTable = keyof typeof exportColumns;
export const exportTables = Object.keys(exportColumns) as ExportTable[];

type ExportFile = `${ExportTable}.${ExportFormat}`;
const files = exportTables.flatMap((table) =>
  exportFormats.map((format): ExportFile => `${table}.${format}`),
) as [ExportFile, ...ExportFile[]];

const about: Record<ExportTable, string> = {
  attendees: 'a row per ticket, cancelled ones too. Extras are not tickets',
  orders: 'a row per order that was bought',
  payments: 'a row per payment that arrived, and a row with a negative amount per refund',
  'check-ins': 'a row per admission, and per thing that was handed out',
  answers:
    'a row per answer, also to questions that are not asked any more. Without a ticket id it is an answer of the whole order',
  extras: 'a row per extra that was bought, cancelled ones too',
  tax: 'for each sale and each refund a row per seller and tax rate, with negative amounts for a refund. `sold_by` is `organiser` for tickets and `platform` for booking fees that the buyer paid',
};

/** How a file is written. */
export const fileQuery = z.strictObject({
  bom: z.optional(z.enum(['yes', 'no'])).meta({
    description: '`yes`: a CSV begins with a byte order mark, by which Excel recognises UTF-8.',
  }),
});

export const exportEvent = operation({
  id: 'exportEvent',
  method: 'GET',
  path: '/api/events/{eventId}/exports/{file}',
  tag: 'Organise',
  summary: 'Download attendees, orders, payments, check-ins, answers, extras or taxes of an event as a file',
  description: [
    'The server sends the rows while it reads them, so the file may have any length. If something goes wrong in the middle, the connection breaks: a file that arrived whole is complete. Rows come in the order of the orders’ ids. What is bought or changed during the download may be in the file or not.',
    ...exportTables.map(
      (table) => `\`${table}\`: ${about[table]}. Columns: ${Object.keys(exportColumns[table]).join(', ')}.`,
    ),
    '`attendees` ends with a column for each question that the event asks, named `answer:` and the key of the question. An answer of the whole order is in the row of each of its tickets.',
    'CSV is as in RFC 4180, in UTF-8. Amounts have decimals, and times are RFC 3339 in the time zone of the event. A text that a spreadsheet would run as a formula has an apostrophe before it. XLSX has numbers as numbers and times as dates without a zone, in the time zone of the event. JSON is an array of objects; an amount is an object with whole minor units and its currency, and times are in UTC.',
    'A team may run two exports at once.',
  ].join('\n\n'),
  access: 'team',
  needs: 'exports.read',
  params: z.object({ eventId: idSchema('event'), file: z.enum(files).meta({ examples: ['attendees.csv'] }) }),
  query: fileQuery,
  rateLimit: { max: 30, seconds: 60 },
  status: 200,
  reply: null,
  produces: '*/*',
  acts: ['event.exported'],
  errors: ['exports_busy'],
});
