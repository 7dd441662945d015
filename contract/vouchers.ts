import { z } from 'zod';
import { ticketTypeSchema } from './events.ts';
import { fileQuery } from './exports.ts';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { guestKeyHeaders, operation } from './operation.ts';
import { promoCodeFields, promoCodeSchema } from './promo-codes.ts';
import { instantSchema } from './time.ts';
import {
  budgetSchema,
  mostKeptPlaces,
  mostPrinted,
  mostVouchers,
  mostVouchersOfEvent,
  tagSchema,
  usesSchema,
  voucherFields,
  voucherStates,
} from './voucher-fields.ts';

/** Codes that the team makes in bulk, with uses, a budget and kept places of their own (docs/codes.md). */

/** A file with the most codes, each with a tag. */
const csvBytes = 1024 * 1024;

const newVouchersSchema = z
  .strictObject({
    ...voucherFields,
    count: z
      .optional(z.int().min(1).max(mostVouchers))
      .meta({ description: 'How many random codes to make. Give this, `csv` or `seatIds`.' }),
    csv: z.optional(z.string().min(1).max(csvBytes)).meta({
      description:
        'Codes of your own as CSV (RFC 4180), one per row, in the first column, and a tag in the second. A first row that begins with `code` names the columns.',
    }),
    dryRun: z.boolean().default(false).meta({
      description: 'Only check: nothing is made, and `bad` names each row that is wrong.',
    }),
  })
  .refine(
    ({ count, csv, seatIds }) =>
      [count, csv, seatIds].filter((each) => each !== undefined && each !== null).length === 1,
    { message: 'give count, csv or seatIds', path: ['count'] },
  )
  .refine(
    ({ percentOff, amountOffMinor, priceMinor }) =>
      [percentOff, amountOffMinor, priceMinor].filter((each) => each !== null).length <= 1,
    { message: 'give at most one of percentOff, amountOffMinor and priceMinor', path: ['percentOff'] },
  )
  .refine(({ seatIds, uses }) => seatIds === null || uses === 1, {
    message: 'the code of a seat has one use',
    path: ['uses'],
  })
  .refine(({ seatIds }) => seatIds === null || new Set(seatIds).size === seatIds.length, {
    message: 'a seat is named twice',
    path: ['seatIds'],
  })
  .refine(
    ({ keepsPlaces, seatIds, ticketTypeIds }) =>
      !keepsPlaces || seatIds !== null || ticketTypeIds?.length === 1,
    {
      message: 'name one ticket type, or seats, whose places are kept',
      path: ['keepsPlaces'],
    },
  )
  .refine(({ keepsPlaces, count = 1, uses }) => !keepsPlaces || count * uses <= mostKeptPlaces, {
    message: `at most ${mostKeptPlaces} places are kept in one batch`,
    path: ['count'],
  })
  .meta({ id: 'NewVouchers' });
export type NewVouchers = z.infer<typeof newVouchersSchema>;

export const csvFaults = ['bad_code', 'bad_tag', 'twice', 'taken', 'too_many'] as const;

const madeVouchersSchema = z
  .object({
    made: z.int().meta({ description: 'How many were made, or with `dryRun` how many would be.' }),
    bad: z
      .array(z.object({ row: z.int(), code: z.string(), fault: z.enum(csvFaults) }))
      .meta({ description: 'The first 100 rows that are wrong. If there is one, nothing is made.' }),
  })
  .meta({ id: 'MadeVouchers' });
export type MadeVouchers = z.infer<typeof madeVouchersSchema>;

const voucherSchema = z
  .object({
    id: idSchema('voucher'),
    /** The codes that were made together have the same. */
    batchId: idSchema('voucherBatch'),
    code: z.string(),
    tag: z.string(),
    percentOff: z.nullable(z.int()),
    amountOff: z.nullable(moneySchema),
    price: z.nullable(moneySchema),
    ticketTypeIds: z.nullable(z.array(idSchema('ticketType'))),
    seatId: z.nullable(z.string()),
    seat: z.nullable(z.object({ section: z.string(), row: z.string(), seat: z.string() })),
    uses: z.int(),
    held: z.int().meta({ description: 'Tickets that are held with the code and not bought yet.' }),
    sold: z.int(),
    budget: z.nullable(moneySchema),
    /** What the code has taken off tickets that are held or sold. */
    off: moneySchema,
    keepsPlaces: z.boolean(),
    validUntil: z.nullable(instantSchema),
    revokedAt: z.nullable(instantSchema),
    state: z.enum(voucherStates).meta({
      description:
        '`open`: it has uses left. `used`: every use is bought. `ended`: its time is over. A revoked code is always `revoked`.',
    }),
    madeAt: instantSchema,
  })
  .meta({ id: 'Voucher' });
export type Voucher = z.infer<typeof voucherSchema>;

const eventParam = z.object({ eventId: idSchema('event') });

export const makeVouchers = operation({
  id: 'makeVouchers',
  method: 'POST',
  path: '/api/events/{eventId}/vouchers',
  tag: 'Organise',
  summary: 'Make codes in bulk, all or none',
  description: `At most ${mostVouchers} codes at once, and ${mostVouchersOfEvent} of one event (\`too_many_codes\`). Codes that keep no places are written in portions, so that buyers do not wait. If the server stops in between, a retry with the same Idempotency-Key makes the rest. A random code has 12 characters out of 31 that nobody confuses. With \`keepsPlaces\` the places are blocked in the same instant: \`sold_out\` and \`seats_taken\` mean that they were not free. A buyer enters a code like a promo code, or opens a link that carries it. Promo codes of the event with the same name are refused: \`code_taken\`.`,
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  body: newVouchersSchema,
  bodyLimit: 2 * csvBytes,
  rateLimit: { max: 30, seconds: 60 },
  status: 201,
  reply: madeVouchersSchema,
  acts: ['codes.made'],
  errors: [
    'event_cancelled',
    'code_taken',
    'too_many_codes',
    'sold_out',
    'seats_taken',
    'unknown_ticket_type',
    'unknown_seat',
    'seat_map_changed',
    'seat_choice_required',
    'seat_not_of_ticket_type',
    'busy',
  ],
  example: { body: { count: 50, tag: 'Radio', percentOff: 20 } },
});

const filter = {
  q: z.optional(z.string().trim().max(40)).meta({ description: 'The beginning of a code.' }),
  tag: z.optional(tagSchema),
  batch: z.optional(idSchema('voucherBatch')).meta({ description: 'Only codes that were made together.' }),
  state: z.optional(z.enum(voucherStates)),
};

export const listVouchers = operation({
  id: 'listVouchers',
  method: 'GET',
  path: '/api/events/{eventId}/vouchers',
  tag: 'Organise',
  summary: 'List the codes of an event, the latest first',
  description:
    '`tags` has the tags of all codes of the event with their numbers of codes, at most 200. `batches` has the latest 50 batches. The orders that used a code are found by it (`findOrders`).',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  query: z.strictObject({
    ...filter,
    cursor: z.optional(idSchema('voucher')),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: z.object({
    items: z.array(voucherSchema),
    nextCursor: z.nullable(idSchema('voucher')),
    tags: z.array(z.object({ tag: z.string(), codes: z.int() })),
    batches: z.array(z.object({ id: idSchema('voucherBatch'), codes: z.int(), madeAt: instantSchema })),
  }),
  errors: [],
});
export type VoucherList = z.infer<typeof listVouchers.reply & object>;

export const changeVouchers = operation({
  id: 'changeVouchers',
  method: 'PATCH',
  path: '/api/events/{eventId}/vouchers',
  tag: 'Organise',
  summary: 'Revoke codes, or give them another end, other uses or another budget',
  description:
    'By their ids, or all codes with a tag or of a batch. A revoked code is never good again, and the places that it keeps go back on sale at once. Holds and orders with the code keep their prices. A code that gets more uses, or a later end after its end, keeps places for them, if they are free. A code that has more tickets than the new `uses` gets as many uses as it has tickets, and one that has taken off more than the new `budgetMinor` gets that as its budget. The code of a seat keeps its one use.',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  body: z
    .strictObject({
      ids: z.optional(z.array(idSchema('voucher')).min(1).max(500)),
      tag: z.optional(tagSchema),
      batchId: z.optional(idSchema('voucherBatch')),
      revoked: z.optional(z.literal(true)),
      validUntil: z.optional(z.nullable(instantSchema)),
      uses: z.optional(usesSchema),
      budgetMinor: z.optional(z.nullable(budgetSchema)),
    })
    .refine(
      ({ ids, tag, batchId }) => [ids, tag, batchId].filter((each) => each !== undefined).length === 1,
      { message: 'give ids, a tag or a batchId', path: ['ids'] },
    )
    .refine(
      ({ revoked, validUntil, uses, budgetMinor }) =>
        (revoked === undefined) !==
        (validUntil === undefined && uses === undefined && budgetMinor === undefined),
      { message: 'give revoked, or what else to change', path: ['revoked'] },
    ),
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: z.object({ changed: z.int() }),
  acts: ['codes.changed'],
  errors: ['busy'],
  example: { body: { tag: 'Radio', revoked: true } },
});

/** The columns of the file of codes, in its order. */
export const voucherColumns = {
  code: 'text',
  tag: 'text',
  state: 'text',
  link: 'text',
  percent_off: 'number',
  amount_off: 'money',
  price: 'money',
  ticket_types: 'text',
  seat: 'text',
  uses: 'number',
  held: 'number',
  sold: 'number',
  budget: 'money',
  off: 'money',
  currency: 'text',
  keeps_places: 'yesNo',
  valid_until: 'instant',
  made_at: 'instant',
} as const;

export const exportVouchers = operation({
  id: 'exportVouchers',
  method: 'GET',
  path: '/api/events/{eventId}/vouchers/{voucherFile}',
  tag: 'Organise',
  summary: 'Download the codes of an event as a file, with a link for each',
  description: `The file is written as those of \`exportEvent\`. Columns: ${Object.keys(voucherColumns).join(', ')}.`,
  access: 'team',
  needs: 'events.edit',
  params: eventParam.extend({
    voucherFile: z.enum(['codes.csv', 'codes.xlsx', 'codes.json']).meta({ examples: ['codes.csv'] }),
  }),
  query: fileQuery.extend(filter),
  rateLimit: { max: 30, seconds: 60 },
  status: 200,
  reply: null,
  produces: '*/*',
  acts: ['event.exported'],
  errors: ['exports_busy'],
});

export const printVouchers = operation({
  id: 'printVouchers',
  method: 'GET',
  path: '/api/events/{eventId}/voucher-sheet',
  tag: 'Organise',
  summary: 'Print codes as cards for envelopes, each with its link as a QR code',
  description: `A PDF on A4, with eight cards on a page to cut out. It has the open codes, in the order in which they were made. A part is ${mostPrinted} codes of the kind, of which the open ones are printed; \`part\` 2 is the next ${mostPrinted}, and so on. A code that is used or revoked between two prints moves no other code to another part. \`not_found\`: no code of the part is open, or there is no such part.`,
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  query: z.strictObject({
    q: filter.q,
    tag: filter.tag,
    batch: filter.batch,
    part: z.coerce.number().int().min(1).max(100).default(1),
  }),
  rateLimit: { max: 10, seconds: 60 },
  status: 200,
  reply: null,
  produces: 'application/pdf',
  acts: ['event.exported'],
  errors: ['not_found', 'exports_busy', 'unavailable'],
});

export const checkCode = operation({
  id: 'checkCode',
  method: 'POST',
  path: '/api/events/{eventId}/code-checks',
  tag: 'Buy',
  summary: 'Read what a code opens and takes off, before places are held',
  description:
    'A promo code or a voucher. It changes nothing: send the `code` with the hold. A wrong code costs the same budgets as in `redeemPromoCode`.',
  access: 'signed-in',
  opensGuest: true,
  headers: guestKeyHeaders,
  params: eventParam,
  body: z.strictObject(promoCodeFields.shape),
  rateLimit: { max: 20, seconds: 60 },
  budgets: ['promoCodesPerAccount', 'promoCodesPerNetwork', 'promoCodesPerEvent'],
  status: 200,
  reply: z
    .object({
      code: promoCodeSchema,
      percentOff: z.nullable(z.int()),
      amountOff: z.nullable(moneySchema),
      price: z
        .nullable(moneySchema)
        .meta({ description: 'The organiser’s price of each ticket with the code.' }),
      prices: z.array(z.object({ ticketTypeId: idSchema('ticketType'), price: moneySchema })).meta({
        description:
          'What a buyer pays for one ticket now with the code, for each ticket type that it lowers and the buyer may see. With a code of one seat it is the price of that seat.',
      }),
      opened: z.array(ticketTypeSchema.extend({ available: z.int() })).meta({
        description:
          'The hidden ticket types that are open with the code, and a type whose places are kept for it, with the places that this buyer can have.',
      }),
      ticketTypeIds: z
        .nullable(z.array(idSchema('ticketType')))
        .meta({ description: 'The ticket types that the code is for; null for all that the event shows.' }),
      seatId: z.nullable(z.string()),
      seat: z.nullable(z.object({ section: z.string(), row: z.string(), seat: z.string() })),
      usesLeft: z.nullable(z.int()).meta({ description: 'Null for a promo code without a limit.' }),
      keepsPlaces: z.boolean().meta({ description: 'Places are kept for whoever has the code.' }),
      validUntil: z.nullable(instantSchema),
    })
    .meta({ id: 'CheckedCode' }),
  errors: [
    'not_found',
    'unknown_promo_code',
    'too_many_promo_codes',
    'promo_code_ended',
    'promo_code_used_up',
  ],
  example: { body: { code: 'SUMMER-27' } },
});
export type CheckedCode = z.infer<typeof checkCode.reply & object>;
