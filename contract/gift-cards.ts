import { z } from 'zod';
import { stepMinor } from './currencies.ts';
import { fileQuery } from './exports.ts';
import { idSchema } from './ids.ts';
import { currencySchema, moneySchema } from './money.ts';
import { guestKeyHeaders, operation } from './operation.ts';
import { instantSchema } from './time.ts';

/** Gift cards of an organisation, which pay for its events (docs/gift-cards.md). */

export const giftCardStates = ['active', 'blocked', 'used_up', 'expired'] as const;
export const giftCardReasons = ['sold_elsewhere', 'goodwill'] as const;
/** How many cards one request issues, and how many codes one order may name. */
export const mostIssuedCards = 500;
export const mostCardsOfOrder = 5;
/** The highest balance of a card, in minor units: 100,000 in a currency with two decimals. */
export const mostGiftMinor = 10_000_000;

const amountSchema = z
  .strictObject(moneySchema.shape)
  .refine(({ amount }) => amount > 0 && amount <= mostGiftMinor, {
    message: `must be between 1 and ${mostGiftMinor} minor units`,
    path: ['amount'],
  })
  .refine(({ amount, currency }) => amount % stepMinor(currency) === 0, {
    message: 'a card cannot pay this amount in its currency',
    path: ['amount'],
  });

export const giftCodeSchema = z
  .string()
  .min(1)
  .max(60)
  .meta({
    description:
      'The code of a gift card. Spaces, hyphens and upper or lower case do not matter, and `O`, `I` and `L` are read as digits.',
    examples: ['7K3Q-A9XW-2M4N-P8RT-VYDS'],
  });

/** A sum of many amounts, which may be more than one payment can be. */
const sumSchema = z.object({ amount: z.int(), currency: currencySchema });

export const giftCardSchema = z
  .object({
    id: idSchema('giftCard'),
    last4: z
      .string()
      .meta({ description: 'The last four characters of the code. The server keeps only a hash of it.' }),
    source: z.enum(['issued', 'bought']),
    reason: z.nullable(z.enum(giftCardReasons)).meta({ description: 'Why the team issued the card.' }),
    note: z.nullable(z.string()),
    /** What the card was made for. */
    amount: moneySchema,
    balance: moneySchema,
    state: z.enum(giftCardStates).meta({
      description:
        'A blocked card is always `blocked`. Money that comes back makes a used up or expired card active again.',
    }),
    expiresAt: z.nullable(instantSchema),
    createdAt: instantSchema,
  })
  .meta({ id: 'GiftCard' });
export type GiftCard = z.infer<typeof giftCardSchema>;

export const giftCardEntrySchema = z.object({
  kind: z.enum(['issued', 'bought', 'reserved', 'released', 'returned', 'expired', 'refunded']).meta({
    description:
      '`reserved`: an order takes the money. `released`: the order ended unpaid. `returned`: a refund. `expired`: the rest went to the organisation. `refunded`: the buyer of the card got the money back.',
  }),
  amount: sumSchema.meta({ description: 'What it adds to the balance. Below 0 it takes from it.' }),
  orderId: z.nullable(idSchema('order')),
  at: instantSchema,
});
export type GiftCardEntry = z.infer<typeof giftCardEntrySchema>;

const organisationParam = z.object({ organisationId: idSchema('organisation') });
const cardParams = organisationParam.extend({ giftCardId: idSchema('giftCard') });
const read = { tag: 'Organise', access: 'team', needs: 'money.read' } as const;
const manage = { tag: 'Organise', access: 'team', needs: 'orders.refund' } as const;

export const issueGiftCards = operation({
  ...manage,
  id: 'issueGiftCards',
  method: 'POST',
  path: '/api/organisations/{organisationId}/gift-cards',
  summary: 'Issue gift cards; the answer has their codes, once',
  description:
    'For cards that you sold elsewhere, and for goodwill. You have the money already, or give it away. So what such a card pays is taken off your payouts, like money in your till. The server keeps only hashes of the codes.',
  params: organisationParam,
  body: z
    .strictObject({
      amount: amountSchema,
      count: z.int().min(1).max(mostIssuedCards).default(1),
      reason: z.enum(giftCardReasons),
      note: z.optional(z.string().trim().min(1).max(200)).meta({ description: 'For the team alone.' }),
      expiresAt: z
        .optional(instantSchema)
        .meta({ description: 'When the cards end, in the future. Without it, never.' }),
    })
    .meta({ id: 'NewGiftCards' }),
  rateLimit: { max: 30, seconds: 60 },
  // The codes of the first answer are not kept, so a second request could not get them.
  repeatable: false,
  status: 201,
  reply: z.object({ items: z.array(z.object({ card: giftCardSchema, code: z.string() })) }),
  acts: ['gift_cards.issued'],
  errors: [],
  example: {
    body: {
      amount: { amount: 5000, currency: 'EUR' },
      count: 2,
      reason: 'sold_elsewhere',
      note: 'Tourist office',
    },
  },
});

const filter = {
  q: z.optional(z.string().trim().max(40)).meta({
    description: 'The last four characters of a code, a whole code, or the beginning of the note.',
  }),
  state: z.optional(z.enum(giftCardStates)),
};

export const listGiftCards = operation({
  ...read,
  id: 'listGiftCards',
  method: 'GET',
  path: '/api/organisations/{organisationId}/gift-cards',
  summary: 'List the gift cards of an organisation, the latest first',
  description:
    '`liabilities` is what is owed to the holders of all cards, in each currency: their balances and what orders have reserved and not paid yet.',
  params: organisationParam,
  query: z.strictObject({
    ...filter,
    cursor: z.optional(idSchema('giftCard')),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: z.object({
    items: z.array(giftCardSchema),
    nextCursor: z.nullable(idSchema('giftCard')),
    liabilities: z.array(sumSchema),
  }),
  errors: [],
});

export const getGiftCard = operation({
  ...read,
  id: 'getGiftCard',
  method: 'GET',
  path: '/api/organisations/{organisationId}/gift-cards/{giftCardId}',
  summary: 'Read a gift card with its history, the latest first',
  description: 'The last 500 entries. The amounts of all entries add up to the balance.',
  params: cardParams,
  status: 200,
  reply: z.object({ card: giftCardSchema, entries: z.array(giftCardEntrySchema) }),
  errors: [],
});

export const blockGiftCard = operation({
  ...manage,
  id: 'blockGiftCard',
  method: 'PUT',
  path: '/api/organisations/{organisationId}/gift-cards/{giftCardId}/block',
  summary: 'Block a gift card, or end its block',
  description:
    'A blocked card pays for nothing and keeps its balance. Orders that it has paid for, and orders that wait for the rest of their price, go on. A refund still comes back to it.',
  params: cardParams,
  body: z.strictObject({ blocked: z.boolean() }),
  status: 200,
  reply: giftCardSchema,
  acts: ['gift_card.blocked'],
  errors: [],
  example: { body: { blocked: true } },
});

/** The columns of the file of gift cards, in its order. */
export const giftCardColumns = {
  card: 'text',
  last4: 'text',
  source: 'text',
  reason: 'text',
  note: 'text',
  amount: 'money',
  balance: 'money',
  currency: 'text',
  state: 'text',
  expires_at: 'instant',
  created_at: 'instant',
} as const;

export const exportGiftCards = operation({
  ...read,
  id: 'exportGiftCards',
  method: 'GET',
  path: '/api/organisations/{organisationId}/gift-card-files/{giftCardFile}',
  summary: 'Download the gift cards of an organisation as a file, without their codes',
  description: `The file is written as those of \`exportEvent\`, with times in UTC. Columns: ${Object.keys(giftCardColumns).join(', ')}.`,
  params: organisationParam.extend({
    giftCardFile: z
      .enum(['gift-cards.csv', 'gift-cards.xlsx', 'gift-cards.json'])
      .meta({ examples: ['gift-cards.csv'] }),
  }),
  query: fileQuery.extend(filter),
  rateLimit: { max: 30, seconds: 60 },
  status: 200,
  reply: null,
  produces: '*/*',
  acts: ['gift_cards.exported'],
  errors: ['exports_busy'],
});

export const checkedGiftCardSchema = z
  .object({
    last4: z.string(),
    organisation: z.string().meta({ description: 'Whose events the card pays for.' }),
    balance: moneySchema,
    expiresAt: z.nullable(instantSchema),
  })
  .meta({ id: 'CheckedGiftCard' });
export type CheckedGiftCard = z.infer<typeof checkedGiftCardSchema>;

export const checkGiftCard = operation({
  id: 'checkGiftCard',
  method: 'POST',
  path: '/api/gift-cards/balance',
  tag: 'Buy',
  summary: 'Read the balance of a gift card by its code',
  description:
    'With `eventId` a card that cannot pay for this event is refused as `placeOrder` would refuse it. Wrong codes spend budgets of the account, the network and the event, here and in `placeOrder`.',
  access: 'signed-in',
  opensGuest: true,
  headers: guestKeyHeaders,
  body: z.strictObject({ code: giftCodeSchema, eventId: z.optional(idSchema('event')) }),
  rateLimit: { max: 30, seconds: 60 },
  budgets: ['giftCodesPerAccount', 'giftCodesPerNetwork', 'giftCodesPerEvent'],
  status: 200,
  reply: checkedGiftCardSchema,
  errors: [
    'gift_card_unknown',
    'gift_card_empty',
    'gift_card_expired',
    'gift_card_blocked',
    'gift_card_other_organiser',
    'gift_card_other_currency',
    'too_many_gift_card_codes',
  ],
  example: { body: { code: '7K3Q-A9XW-2M4N-P8RT-VYDS' } },
});
