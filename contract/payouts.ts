import { z } from 'zod';
import { type ExportFormat, fileQuery } from './exports.ts';
import { idSchema } from './ids.ts';
import { currencySchema, maxAmountMinor } from './money.ts';
import { operation } from './operation.ts';
import { pdfLanguageSchema } from './settlements.ts';
import { instantSchema } from './time.ts';

/** Payouts: what the platform owes each organisation for its events, and what it has paid. */

/** A sum of many amounts. It may be above what one payment can be, and below 0. */
const sumSchema = z.object({ amount: z.int(), currency: currencySchema });

const organisationParam = z.object({ organisationId: idSchema('organisation') });

export const payoutSchema = z
  .object({
    id: idSchema('payout'),
    amount: sumSchema,
    reference: z.string(),
    state: z.enum(['sending', 'paid', 'failed']).meta({
      description:
        'A payout by hand is `paid`. One by transfer is `sending` until the provider has sent it. `failed`: the provider refused, or the money came back, and everything in it is owed again.',
    }),
    paidAt: instantSchema,
    lines: z
      .array(
        z.object({
          eventId: idSchema('event'),
          title: z.string(),
          amount: z.int().meta({
            description: 'In minor units. Below 0 if the organisation owed for this event.',
          }),
        }),
      )
      .meta({ description: 'They add up to the amount.' }),
  })
  .meta({ id: 'Payout' });
export type Payout = z.infer<typeof payoutSchema>;

const owedSchema = z.object({
  owed: sumSchema.meta({
    description: 'What the platform owes in all. Below 0 the organisation owes it to the platform.',
  }),
  due: sumSchema.meta({ description: 'What the platform pays now. It is never below 0.' }),
  later: sumSchema.meta({ description: 'What will be due after other events. It is never below 0.' }),
});
export type Owed = z.infer<typeof owedSchema>;

const accountStateSchema = z.enum(['not_connected', 'information_missing', 'ready']);
export type PayoutAccountState = z.infer<typeof accountStateSchema>;

const payoutsSchema = z
  .object({
    delayDays: z.int().meta({ description: 'So many days after the end of an event its money is due.' }),
    account: z.nullable(accountStateSchema).meta({
      description:
        'Your account with the payment provider, to which payouts are transferred by themselves once it is `ready`. Null if the platform pays by hand only.',
    }),
    balances: z.array(
      owedSchema.extend({ paid: sumSchema.meta({ description: 'What was paid out so far.' }) }),
    ),
    events: z
      .array(
        z.object({
          eventId: idSchema('event'),
          title: z.string(),
          dueAt: instantSchema,
          owed: sumSchema.meta({ description: 'What is owed for this event and not paid yet.' }),
        }),
      )
      .meta({ description: 'The events for which something is owed, up to 200, the earliest due first.' }),
    items: z.array(payoutSchema).meta({ description: 'The payouts, the latest first.' }),
    nextCursor: z.nullable(idSchema('payout')),
  })
  .meta({ id: 'Payouts' });
export type Payouts = z.infer<typeof payoutsSchema>;

export const getPayouts = operation({
  id: 'getPayouts',
  method: 'GET',
  path: '/api/organisations/{organisationId}/payouts',
  tag: 'Organise',
  summary: 'Read what the platform owes you, what is due later, and what it has paid',
  description:
    'Owed is what your events have earned in the books after refunds, disputes and booking fees, less what is in your own till and less the payouts. An event is due some days after its end (`delayDays`). What you owe for an event is set off against the next payout.',
  access: 'team',
  needs: 'payouts.read',
  params: organisationParam,
  query: z.strictObject({
    cursor: z.optional(idSchema('payout')),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: payoutsSchema,
  errors: [],
});

/** The columns of the export, as in exports.ts. There is a row for each event of each payout. */
export const payoutColumns = {
  payout_id: 'text',
  paid_at: 'instant',
  reference: 'text',
  event_id: 'text',
  event: 'text',
  sold: 'money',
  refunded: 'money',
  disputed: 'money',
  fees: 'money',
  earned: 'money',
  in_till: 'money',
  paid_before: 'money',
  amount: 'money',
  payout_amount: 'money',
  currency: 'text',
} as const;

export type PayoutsFile = `payouts.${ExportFormat}`;

export const exportPayouts = operation({
  id: 'exportPayouts',
  method: 'GET',
  path: '/api/organisations/{organisationId}/exports/{payoutsFile}',
  tag: 'Organise',
  summary: 'Download all payouts as a file',
  description: `A row for each event of each payout that did not fail, the earliest payout first. The sums of an event are those of its books up to the payout; \`amount\` is what the payout had for it. Columns: ${Object.keys(payoutColumns).join(', ')}. The forms are those of exportEvent, and times are in UTC. A team may run two exports at once.`,
  access: 'team',
  needs: 'payouts.read',
  params: z.object({
    ...organisationParam.shape,
    payoutsFile: z.enum(['payouts.csv', 'payouts.xlsx', 'payouts.json']),
  }),
  query: fileQuery,
  rateLimit: { max: 30, seconds: 60 },
  status: 200,
  reply: null,
  produces: '*/*',
  errors: ['exports_busy'],
});

export const getPayoutPdf = operation({
  id: 'getPayoutPdf',
  method: 'GET',
  path: '/api/organisations/{organisationId}/payouts/{payoutId}/statement.pdf',
  tag: 'Organise',
  summary: 'Download the statement of a payout as a PDF',
  description: 'What the payout had for each event, with the sums of its books up to then.',
  access: 'team',
  needs: 'payouts.read',
  params: z.object({ ...organisationParam.shape, payoutId: idSchema('payout') }),
  query: z.strictObject({ language: pdfLanguageSchema }),
  rateLimit: { max: 20, seconds: 60 },
  status: 200,
  reply: null,
  produces: 'application/pdf',
  errors: [],
});

export const duePayoutSchema = owedSchema
  .extend({
    organisationId: idSchema('organisation'),
    name: z.string(),
    legalName: z.string().nullable().meta({ description: 'As on its receipts; null if it has named none.' }),
    account: z.nullable(accountStateSchema).meta({
      description: 'Its account with the payment provider. Null if the platform pays by hand only.',
    }),
    problem: z.nullable(z.string()).meta({
      description:
        'Why its latest transfer failed, in the words of the provider. Until an admin begins another, there is none.',
    }),
  })
  .meta({ id: 'DuePayout' });
export type DuePayout = z.infer<typeof duePayoutSchema>;

export const listDuePayouts = operation({
  id: 'listDuePayouts',
  method: 'GET',
  path: '/api/admin/payouts',
  tag: 'Admin',
  summary: 'List what the platform must pay out, and which organisations owe it money',
  description:
    'Each page counts the books of some organisations that have an event that is due, in the order of their ids. So a page may have few items, or none, before the last one.',
  access: 'admin',
  query: z.strictObject({
    cursor: z.optional(idSchema('organisation')),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: z.object({ items: z.array(duePayoutSchema), nextCursor: z.nullable(idSchema('organisation')) }),
  errors: [],
});

const dueAmountSchema = z.strictObject({
  amount: z
    .int()
    .min(1)
    .max(maxAmountMinor * 900_000),
  currency: currencySchema,
});

export const payOut = operation({
  id: 'payOut',
  method: 'POST',
  path: '/api/admin/organisations/{organisationId}/payouts',
  tag: 'Admin',
  summary: 'Say that you have paid out what is due',
  description:
    'Name the amount that you have paid, and the reference on the bank statement. `payout_changed` means that another amount is due now: somebody else has paid it out, or the books have moved. The same reference and amount get the first payout again; the same reference for another amount is refused.',
  access: 'admin',
  params: organisationParam,
  body: z.strictObject({
    amount: dueAmountSchema,
    reference: z.string().trim().min(1).max(140),
  }),
  rateLimit: { max: 120, seconds: 60 },
  status: 201,
  reply: payoutSchema,
  acts: ['payout.paid'],
  errors: ['payout_changed', 'payout_reference_used', 'payouts_held'],
  example: { body: { amount: { amount: 125000, currency: 'EUR' }, reference: 'SEPA 2027-03-14/7' } },
});

export const transferPayout = operation({
  id: 'transferPayout',
  method: 'POST',
  path: '/api/admin/organisations/{organisationId}/payout-transfers',
  tag: 'Admin',
  summary: 'Have what is due transferred to an organisation’s account',
  description:
    'Admit does so by itself every night, unless the latest transfer failed. Name the amount that is due, as with payOut. The answer is a payout that is `sending`: the provider is asked after it.',
  access: 'admin',
  params: organisationParam,
  body: z.strictObject({ amount: dueAmountSchema }),
  rateLimit: { max: 120, seconds: 60 },
  status: 201,
  reply: payoutSchema,
  acts: ['payout.begun'],
  errors: ['payout_changed', 'payout_account_not_ready', 'payouts_held'],
  example: { body: { amount: { amount: 125000, currency: 'EUR' } } },
});

export const connectPayouts = operation({
  id: 'connectPayouts',
  method: 'POST',
  path: '/api/organisations/{organisationId}/payout-account',
  tag: 'Organise',
  summary: 'Get paid automatically: open an account with the payment provider',
  description:
    'Returns the address of the provider’s page where you say who you are and where your money goes. It works once, for some minutes; ask again for another one. The provider sends you back to the page of payouts. The first call opens the account.',
  access: 'team',
  needs: 'payouts.connect',
  params: organisationParam,
  rateLimit: { max: 20, seconds: 60 },
  status: 201,
  reply: z.object({ url: z.string() }),
  acts: ['payout_account.opened'],
  errors: ['payouts_by_hand_only', 'payment_provider_unavailable'],
});
