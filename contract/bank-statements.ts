import { z } from 'zod';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { orderStatusSchema } from './orders.ts';
import { csvColumnsFields, mostStatementBytes, statementFormats } from './statement-fields.ts';
import { instantSchema } from './time.ts';

/* Statements of an organisation's bank account: what came in, which orders it paid, and what goes back (docs/bank-transfers.md). */

const organisationParam = z.object({ organisationId: idSchema('organisation') });
const entryParam = z.object({ organisationId: idSchema('organisation'), bankEntryId: idSchema('bankEntry') });

const statementSchema = z
  .object({
    id: idSchema('bankStatement'),
    format: z.enum(statementFormats),
    fileName: z.string(),
    importedAt: instantSchema,
    entries: z.int().meta({ description: 'How many entries the file has.' }),
    fresh: z.int().meta({ description: 'How many of them were not known before.' }),
  })
  .meta({ id: 'BankStatement' });
export type BankStatement = z.infer<typeof statementSchema>;

export const importStatement = operation({
  id: 'importBankStatement',
  method: 'POST',
  path: '/api/organisations/{organisationId}/bank-statements',
  tag: 'Organise',
  summary: 'Import a statement of the bank account',
  description:
    'Reads CAMT.052, .053 and .054 (`pain` is none of them), MT940, and CSV with the names of its columns. An entry counts once, however often and in however many files it comes. Each credit with the reference of an order is assigned to it. An order whose money is complete is paid at once; what is too little waits for the rest, and what is too much is on the list. `statement_refused` names what is wrong with the file; then nothing of it was imported.',
  access: 'team',
  needs: 'payouts.read',
  params: organisationParam,
  body: z.strictObject({
    fileName: z.string().trim().min(1).max(200),
    content: z
      .base64()
      .max(Math.ceil(mostStatementBytes / 3) * 4)
      .meta({ description: 'The bytes of the file in Base64, 4 MiB at most.' }),
    columns: z.nullable(z.strictObject(csvColumnsFields.shape)).default(null).meta({
      description: 'The titles of the columns of a CSV file. Without it the usual titles are tried.',
    }),
  }),
  bodyLimit: 6 * 1024 * 1024,
  rateLimit: { max: 30, seconds: 60 },
  status: 201,
  reply: z.object({
    statement: statementSchema,
    done: z.int().meta({ description: 'New credits that have paid orders.' }),
    partly: z.int().meta({ description: 'New credits that name an order and need a look.' }),
    unmatched: z.int().meta({ description: 'New credits that name no order.' }),
    debits: z.int().meta({ description: 'New debits and returned transfers.' }),
  }),
  acts: ['bank_statement.imported'],
  errors: ['statement_refused', 'account_missing'],
  example: {
    body: {
      fileName: 'statement.csv',
      content: 'RGF0ZTtBbW91bnQ7VGV4dAoyMDI2LTExLTAyOzUwLDAwO0hlbGxvCg==',
      columns: {
        date: 'Date',
        amount: 'Amount',
        text: 'Text',
        name: null,
        iban: null,
        reference: null,
        currency: null,
      },
    },
  },
});

export const listStatements = operation({
  id: 'listBankStatements',
  method: 'GET',
  path: '/api/organisations/{organisationId}/bank-statements',
  tag: 'Organise',
  summary: 'List the latest 50 statements that were imported',
  access: 'team',
  needs: 'payouts.read',
  params: organisationParam,
  status: 200,
  reply: z.object({ items: z.array(statementSchema) }),
  errors: [],
});

/** The lists that a person works through. */
export const entryStates = ['done', 'partly', 'unmatched', 'debit'] as const;

/**
 * Why an entry needs a look. too_little: an order waits for the rest. too_much: the order needed less. order_paid: the order had its
 * money already. no_reference, unknown_reference: nothing says which order it is for. other_currency: the order costs another one.
 */
export const entryProblems = [
  'too_little',
  'too_much',
  'order_paid',
  'no_reference',
  'unknown_reference',
  'other_currency',
] as const;
export type EntryProblem = (typeof entryProblems)[number];

const entrySchema = z
  .object({
    id: idSchema('bankEntry'),
    bookedOn: z.iso.date(),
    kind: z.enum(['credit', 'debit', 'returned']).meta({
      description: '`returned`: the bank took a transfer back, or a transfer of yours came back.',
    }),
    amount: moneySchema,
    /** What is neither assigned nor to be sent back. */
    rest: moneySchema,
    payer: z.object({ name: z.string().nullable(), iban: z.string().nullable() }),
    text: z.string(),
    state: z.enum(entryStates),
    problem: z.enum(entryProblems).nullable(),
    assignments: z.array(
      z.object({
        orderId: idSchema('order'),
        orderNumber: z.string(),
        orderStatus: orderStatusSchema,
        buyerName: z.string(),
        amount: moneySchema,
        /** What the order still waits for. */
        open: moneySchema,
        isFinal: z.boolean().meta({ description: 'The money has paid the order.' }),
        byHand: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'BankEntry' });
export type BankEntry = z.infer<typeof entrySchema>;

export const listEntries = operation({
  id: 'listBankEntries',
  method: 'GET',
  path: '/api/organisations/{organisationId}/bank-entries',
  tag: 'Organise',
  summary: 'List entries of the statements, the latest first',
  access: 'team',
  needs: 'payouts.read',
  params: organisationParam,
  query: z.strictObject({
    state: z.enum(entryStates).default('unmatched'),
    cursor: z.optional(idSchema('bankEntry')),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  status: 200,
  reply: z.object({
    items: z.array(entrySchema),
    nextCursor: z.string().nullable(),
    counts: z.object({ partly: z.int(), unmatched: z.int() }),
  }),
  errors: [],
});

export const assignEntry = operation({
  id: 'assignBankEntry',
  method: 'POST',
  path: '/api/organisations/{organisationId}/bank-entries/{bankEntryId}/assignments',
  tag: 'Organise',
  summary: 'Say which order an entry is for',
  description:
    'Assigns what is left of the entry, and no more than the order waits for. If the order has all of its money then, it is paid. `order_takes_no_money`: the order is paid, or it costs another currency.',
  access: 'team',
  needs: 'payouts.read',
  params: entryParam,
  body: z.strictObject({
    orderNumber: z.string().trim().min(8).max(40).meta({
      description: 'The number of the order, its id, or the reference of its transfer.',
    }),
  }),
  status: 200,
  reply: entrySchema,
  acts: ['bank_entry.assigned'],
  errors: ['entry_not_assignable', 'order_takes_no_money', 'not_by_transfer', 'busy'],
  example: { body: { orderNumber: 'QHJDEF12' } },
});

export const undoAssignment = operation({
  id: 'undoBankAssignment',
  method: 'DELETE',
  path: '/api/organisations/{organisationId}/bank-entries/{bankEntryId}/assignments/{orderId}',
  tag: 'Organise',
  summary: 'Take back that an entry is for an order',
  description:
    'Only while the order waits for more money. Money that has paid its order stays (`assignment_final`): refund the order instead.',
  access: 'team',
  needs: 'payouts.read',
  params: z.object({ ...entryParam.shape, orderId: idSchema('order') }),
  status: 200,
  reply: entrySchema,
  acts: ['bank_entry.unassigned'],
  errors: ['assignment_final'],
});

export const returnEntry = operation({
  id: 'returnBankEntry',
  method: 'POST',
  path: '/api/organisations/{organisationId}/bank-entries/{bankEntryId}/return',
  tag: 'Organise',
  summary: 'Put what is left of an entry on the list of money to send back',
  access: 'team',
  needs: 'payouts.read',
  params: entryParam,
  status: 200,
  reply: entrySchema,
  acts: ['bank_entry.to_send_back'],
  errors: ['entry_not_assignable'],
});

const returnSchema = z
  .object({
    id: z.union([idSchema('bankReturn'), idSchema('refund')]),
    amount: moneySchema,
    to: z.object({ name: z.string(), iban: z.string().nullable() }),
    text: z.string().meta({ description: 'What to write as the purpose of the transfer.' }),
    why: z.enum(['refund', 'unmatched']).meta({
      description: '`refund`: an order was refunded. `unmatched`: the money had paid nothing.',
    }),
    orderId: z.nullable(idSchema('order')),
    createdAt: instantSchema,
    sentAt: z.nullable(instantSchema),
  })
  .meta({ id: 'BankReturn' });
export type BankReturn = z.infer<typeof returnSchema>;

export const listReturns = operation({
  id: 'listBankReturns',
  method: 'GET',
  path: '/api/organisations/{organisationId}/bank-returns',
  tag: 'Organise',
  summary: 'List the money to send back by bank transfer, or the latest 100 that were sent',
  description:
    'Refunds of orders that were paid by bank transfer, and money that has paid nothing. 500 at most.',
  access: 'team',
  needs: 'payouts.read',
  params: organisationParam,
  query: z.strictObject({ state: z.enum(['open', 'sent']).default('open') }),
  status: 200,
  reply: z.object({ items: z.array(returnSchema) }),
  errors: [],
});

export const markReturned = operation({
  id: 'markBankReturnsSent',
  method: 'POST',
  path: '/api/organisations/{organisationId}/bank-returns/sent',
  tag: 'Organise',
  summary: 'Say that you have sent money back',
  description: 'What was sent before stays so. Buyers get a mail about their refund.',
  access: 'team',
  needs: 'payouts.read',
  params: organisationParam,
  body: z.strictObject({
    ids: z
      .array(z.union([idSchema('bankReturn'), idSchema('refund')]))
      .min(1)
      .max(100),
  }),
  status: 200,
  reply: z.object({ items: z.array(returnSchema) }),
  acts: ['bank_return.sent'],
  errors: [],
  example: { body: { ids: ['bkr_01K9ZC4V7R8W3T5XN2M6QHJDEF'] } },
});
