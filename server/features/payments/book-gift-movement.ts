import type { Transaction } from '../../data/db.ts';
import type { NewId } from '../../ids.ts';
import { enterGiftMovement, type GiftMovement } from './gift-store.ts';

/** Books gift cards that an organisation issues, or what is left of cards that have expired. */
export const bookGiftMovement = (
  app: { newId: NewId },
  trx: Transaction,
  movement: Omit<GiftMovement, 'id'>,
  now: Date,
): void => enterGiftMovement(trx, { ...movement, id: app.newId('transfer') }, now);
