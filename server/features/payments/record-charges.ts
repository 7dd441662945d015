import type { App } from '../../app.ts';
import type { Writes } from '../../data/db.ts';
import { insertDoorPayments } from './door-store.ts';
import { insertGiftPayments } from './gift-store.ts';
import { type Charge, giftAccountOf, tillOf } from './payment.ts';
import { insertChargeTransfers } from './store.ts';

/**
 * Enters charges in the ledger and marks their payments as succeeded. Recording the same charge again changes
 * nothing.
 */
export function recordCharges(app: App, trx: Writes, charges: Charge[], now: Date): void {
  const sent = charges.filter(
    ({ door, byTransfer, byGiftCard }) => door === null && !byTransfer && !byGiftCard,
  );
  if (sent.length > 0) insertChargeTransfers(trx, `provider:${app.payments.name}`, sent, now);
  if (sent.length === charges.length) return;
  recordDoorCharges(trx, charges, now);
  recordGiftCharges(trx, charges, now);
  enterInTills(
    trx,
    charges.filter(({ byTransfer }) => byTransfer),
    now,
  );
}

/** The team took this money itself, so its payments begin here. */
function recordDoorCharges(trx: Writes, charges: Charge[], now: Date): void {
  const taken = charges.flatMap((charge) => (charge.door ? [{ ...charge, door: charge.door }] : []));
  if (taken.length === 0) return;
  insertDoorPayments(trx, taken, now);
  enterInTills(trx, taken, now);
}

function enterInTills(trx: Writes, charges: Charge[], now: Date): void {
  for (const [organisationId, some] of Map.groupBy(charges, (charge) => charge.organisationId))
    insertChargeTransfers(trx, tillOf(organisationId), some, now);
}

/** Gift cards have paid this, and no provider is asked. */
function recordGiftCharges(trx: Writes, charges: Charge[], now: Date): void {
  const paid = charges.filter(({ byGiftCard }) => byGiftCard);
  if (paid.length === 0) return;
  insertGiftPayments(trx, paid, now);
  for (const [organisationId, some] of Map.groupBy(paid, (charge) => charge.organisationId))
    insertChargeTransfers(trx, giftAccountOf(organisationId), some, now);
}
