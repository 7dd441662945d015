import { z } from 'zod';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { eventWaysFields, laterWays, organisationWaysFields } from './pay-way-fields.ts';
import { instantSchema } from './time.ts';

/* How buyers may pay besides at once: which ways an organisation and its events offer, and what a buyer has to do (docs/bank-transfers.md). */

const version = z.int().min(0).meta({ description: '0 before anybody has chosen anything.' });
const organisationParam = z.object({ organisationId: idSchema('organisation') });
const eventParam = z.object({ eventId: idSchema('event') });

const organisationWaysSchema = z
  .object({ version, ways: z.object(organisationWaysFields.shape) })
  .meta({ id: 'OrganisationPayWays' });
export type OrganisationPayWays = z.infer<typeof organisationWaysSchema>;

export const getOrganisationPayWays = operation({
  id: 'getOrganisationPayWays',
  method: 'GET',
  path: '/api/organisations/{organisationId}/ways-to-pay',
  tag: 'Organise',
  summary: 'Read how buyers may pay at the events of an organisation, and its bank account',
  access: 'team',
  needs: 'money.read',
  params: organisationParam,
  status: 200,
  etag: 'version',
  reply: organisationWaysSchema,
  errors: [],
});

export const putOrganisationPayWays = operation({
  id: 'putOrganisationPayWays',
  method: 'PUT',
  path: '/api/organisations/{organisationId}/ways-to-pay',
  tag: 'Organise',
  summary: 'Choose how buyers may pay at the events of an organisation, and its bank account',
  description:
    'Card payments are always offered. With `bankTransfer`, buyers may order now and pay by bank transfer: their places stay held for `days` after the order, and never longer than `hoursBefore` the start. `account_missing`: bank transfers need an account. `unpaid` bounds how many places of one event may wait for money at once. A change counts for orders that follow; an order keeps the account and the time that its buyer was told.',
  access: 'team',
  needs: 'payouts.connect',
  params: organisationParam,
  ifMatch: true,
  body: z.strictObject(organisationWaysFields.shape),
  status: 200,
  etag: 'version',
  reply: organisationWaysSchema,
  acts: ['ways_to_pay.changed'],
  errors: ['account_missing'],
  example: {
    body: {
      account: { holder: 'Kulturverein e.V.', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
      bankTransfer: { days: 7, hoursBefore: 72, fromMinor: 0 },
      unpaid: { perBuyer: 10, perNetwork: 20, inAll: 50 },
    },
  },
});

const eventPayWaysSchema = z
  .object({
    version,
    own: z.object(eventWaysFields.shape).nullable().meta({
      description: 'What this event offers; null if it offers what its organisation offers.',
    }),
    organisation: z.object(eventWaysFields.shape),
    hasAccount: z.boolean().meta({ description: 'The organisation has named a bank account.' }),
  })
  .meta({ id: 'EventPayWays' });
export type EventPayWays = z.infer<typeof eventPayWaysSchema>;

export const getEventPayWays = operation({
  id: 'getEventPayWays',
  method: 'GET',
  path: '/api/events/{eventId}/ways-to-pay',
  tag: 'Organise',
  summary: 'Read how buyers may pay at an event',
  access: 'team',
  needs: 'events.read',
  params: eventParam,
  status: 200,
  etag: 'version',
  reply: eventPayWaysSchema,
  errors: [],
});

export const putEventPayWays = operation({
  id: 'putEventPayWays',
  method: 'PUT',
  path: '/api/events/{eventId}/ways-to-pay',
  tag: 'Organise',
  summary: 'Choose how buyers may pay at one event',
  description:
    'With `own` null the event follows its organisation. The account is always that of the organisation. `account_missing`: the organisation has named none, and bank transfers need one.',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  ifMatch: true,
  body: z.strictObject({ own: z.nullable(z.strictObject(eventWaysFields.shape)) }),
  status: 200,
  etag: 'version',
  reply: eventPayWaysSchema,
  acts: ['ways_to_pay.changed'],
  errors: ['account_missing'],
  example: {
    body: {
      own: {
        bankTransfer: { days: 3, hoursBefore: 48, fromMinor: 5000 },
        unpaid: { perBuyer: 4, perNetwork: 8, inAll: 20 },
      },
    },
  },
});

export const listPayWays = operation({
  id: 'listPayWays',
  method: 'GET',
  path: '/api/holds/{holdId}/ways-to-pay',
  tag: 'Buy',
  summary: 'List the ways in which you may pay for the places of a hold',
  description: 'A free order has none. `card` is the payment at once.',
  access: 'holder',
  params: z.object({ holdId: idSchema('hold') }),
  status: 200,
  reply: z.object({
    items: z.array(
      z.object({
        way: z.enum(['card', ...laterWays]),
        payUntil: z.nullable(instantSchema).meta({
          description: 'Until when the places would stay held if the order were placed now; null for `card`.',
        }),
      }),
    ),
  }),
  errors: [],
});

const orderTransferSchema = z
  .object({
    way: z.enum(laterWays),
    state: z.enum(['awaited', 'paid', 'ended']).meta({
      description:
        '`ended`: the order ended unpaid. Money that still comes buys the places if they are free.',
    }),
    account: z.object({ holder: z.string(), iban: z.string(), bic: z.string().nullable() }),
    reference: z.string().meta({
      description: 'What the buyer writes as the purpose of the transfer: a reference of ISO 11649.',
    }),
    amount: moneySchema,
    /** What has come for this order so far. */
    received: moneySchema,
    /** What is still missing. */
    open: moneySchema,
    payUntil: instantSchema,
    qr: z.string().nullable().meta({
      description:
        'An SVG picture of the EPC QR code, which banking apps scan; null if nothing is missing, and for other currencies than EUR.',
    }),
  })
  .meta({ id: 'OrderTransfer' });
export type OrderTransfer = z.infer<typeof orderTransferSchema>;

export const getOrderTransfer = operation({
  id: 'getOrderTransfer',
  method: 'GET',
  path: '/api/orders/{orderId}/transfer',
  tag: 'Buy',
  summary: 'Read how to pay an order by bank transfer: account, amount and reference',
  access: 'holder-or-team',
  needs: 'orders.read',
  params: z.object({ orderId: idSchema('order') }),
  status: 200,
  reply: orderTransferSchema,
  errors: ['not_by_transfer'],
});
