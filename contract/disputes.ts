import { z } from 'zod';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

const kind = z.enum(['inquiry', 'chargeback', 'fraud_warning']).meta({
  description:
    "inquiry: the buyer's bank asks about the payment. chargeback: the bank takes the money until the dispute is decided. fraud_warning: the bank thinks that somebody else paid with the card.",
});
const status = z.enum(['needs_response', 'under_review', 'won', 'lost', 'closed']).meta({
  description:
    'needs_response: somebody should act, by `evidenceDueAt` if there is one. under_review: the bank decides. won, lost: it has decided. closed: it ended without a decision.',
});

export const orderDisputeSchema = z
  .object({ id: idSchema('dispute'), kind, status, amount: moneySchema, openedAt: instantSchema })
  .meta({ id: 'OrderDispute' });
export type OrderDispute = z.infer<typeof orderDisputeSchema>;

export const disputeSchema = z
  .object({
    id: idSchema('dispute'),
    kind,
    status,
    amount: moneySchema,
    reason: z.string().meta({ description: "The provider's word for it, for example `fraudulent`." }),
    money: z.enum(['with_you', 'withdrawn', 'reinstated']).meta({
      description: 'Whether the provider has taken the money, and whether it has returned it.',
    }),
    fee: z.nullable(moneySchema).meta({
      description:
        'What the provider took in fees for it, less what it returned, in the currency of its account with the platform. Null if it took no fee.',
    }),
    evidenceDueAt: z.nullable(instantSchema).meta({
      description:
        'Until when the bank takes evidence, in the dashboard of the provider. Null if it takes none.',
    }),
    openedAt: instantSchema,
    provider: z.enum(['sandbox', 'stripe']),
    reference: z.string().meta({ description: "The provider's id of it." }),
    order: z.object({ id: idSchema('order'), number: z.string() }),
    event: z.object({ id: idSchema('event'), title: z.string() }),
  })
  .meta({ id: 'Dispute' });
export type Dispute = z.infer<typeof disputeSchema>;

export const listDisputes = operation({
  id: 'listDisputes',
  method: 'GET',
  path: '/api/organisations/{organisationId}/disputes',
  tag: 'Organise',
  summary: 'List disputes, inquiries and fraud warnings of your orders, the latest first',
  description: 'docs/disputes.md says what each of them does to the order, its tickets and the books.',
  access: 'team',
  needs: 'money.read',
  params: z.object({ organisationId: idSchema('organisation') }),
  query: z.strictObject({
    order: z.optional(idSchema('order')).meta({ description: 'Only of this order.' }),
    state: z.enum(['open', 'closed']).optional().meta({
      description: 'open: the bank has not decided. Without it, all.',
    }),
    cursor: z.optional(idSchema('dispute')),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  status: 200,
  reply: z.object({ items: z.array(disputeSchema), nextCursor: z.nullable(idSchema('dispute')) }),
  errors: [],
});
