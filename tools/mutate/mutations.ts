import { afterSaleMutations } from './after-sale-mutations.ts';
import { dateMutations } from './date-mutations.ts';
import { exchangeMutations } from './exchange-mutations.ts';
import { ledgerMutations } from './ledger-mutations.ts';
import { moneyMutations } from './money-mutations.ts';
import type { Mutation } from './mutation.ts';
import { resaleMutations } from './resale-mutations.ts';
import { transferMutations } from './transfer-mutations.ts';
import { waitlistMutations } from './waitlist-mutations.ts';

export const mutations: Mutation[] = [
  ...ledgerMutations,
  ...moneyMutations,
  ...afterSaleMutations,
  ...exchangeMutations,
  ...dateMutations,
  ...transferMutations,
  ...resaleMutations,
  ...waitlistMutations,
];
