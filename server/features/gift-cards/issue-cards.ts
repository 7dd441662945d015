import type { Transaction } from '../../data/db.ts';
import { insertIssued } from './desk-store.ts';

/** Writes gift cards that the team issues, with the first entry of each. */
export const issueCards = (
  trx: Transaction,
  cards: Parameters<typeof insertIssued>[1],
  all: Parameters<typeof insertIssued>[2],
): Promise<number> => insertIssued(trx, cards, all);
