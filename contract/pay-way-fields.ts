import * as z from 'zod/mini';
import { isIban, plainIban } from './iban.ts';
import { maxAmountMinor } from './money.ts';

/** The ways in which a buyer pays after the order, while its places stay held. The web app's forms use these schemas too. */
export const laterWays = ['bank_transfer'] as const;
export type LaterWay = (typeof laterWays)[number];

/** Whom the buyer pays, as banks name them. */
const bankAccountFields = z.strictObject({
  holder: z
    .string()
    .check(
      z.trim(),
      z.minLength(1),
      z.maxLength(70),
      z.regex(/^\P{Cc}*$/u, 'expected no control characters'),
    ),
  iban: z
    .string()
    .check(
      z.maxLength(60),
      z.overwrite(plainIban),
      z.refine(isIban, 'expected an IBAN, for example DE89 3704 0044 0532 0130 00'),
    ),
  bic: z.nullable(
    z.string().check(
      z.maxLength(20),
      z.overwrite((text) => text.replaceAll(/\s/g, '').toUpperCase()),
      z.regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'expected a BIC, for example COBADEFFXXX'),
    ),
  ),
});
export type BankAccount = z.infer<typeof bankAccountFields>;

/** How long places stay held for an order that is paid later, and from which total on the way is offered. */
const laterTermsFields = z.strictObject({
  /** How many days after the order, at most. */
  days: z.int().check(z.gte(1), z.lte(60)),
  /** The places are free again so many hours before the start, at the latest. */
  hoursBefore: z.int().check(z.gte(0), z.lte(2160)),
  /** The smallest total, in minor units of the event's currency. */
  fromMinor: z.int().check(z.gte(0), z.lte(maxAmountMinor)),
});
export type LaterTerms = z.infer<typeof laterTermsFields>;

/** How many places of one event may wait for money at once, so that nobody blocks a house without paying. */
const unpaidLimitFields = z.strictObject({
  /** Of one buyer, by account and by e-mail address. */
  perBuyer: z.int().check(z.gte(1), z.lte(1000)),
  /** Of all buyers behind one network address. */
  perNetwork: z.int().check(z.gte(1), z.lte(10_000)),
  /** Of all buyers together. */
  inAll: z.int().check(z.gte(1), z.lte(10_000)),
});
export type UnpaidLimits = z.infer<typeof unpaidLimitFields>;

/** What an event offers besides paying at once. Null: not offered. */
export const eventWaysFields = z.strictObject({
  bankTransfer: z.nullable(laterTermsFields),
  unpaid: unpaidLimitFields,
});
export type EventWays = z.infer<typeof eventWaysFields>;

export const organisationWaysFields = z.strictObject({
  account: z.nullable(bankAccountFields),
  ...eventWaysFields.shape,
});
export type OrganisationWays = z.infer<typeof organisationWaysFields>;

/** What an organisation has before it says anything: nobody pays later. */
export const noWays: OrganisationWays = {
  account: null,
  bankTransfer: null,
  unpaid: { perBuyer: 10, perNetwork: 20, inAll: 50 },
};
