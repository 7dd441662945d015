import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Writes } from '../../data/db.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { deleteBroadcasts } from './broadcasts-store.ts';
import {
  deleteAccountDeliveries,
  deleteDeliveriesOf,
  deleteDeliveriesTo,
  deleteMessages,
  deleteOrderDeliveries,
  eraseDeliveriesOf,
} from './forget-store.ts';
import { deleteSpending } from './phone-store.ts';

/** Deletes old mails of the local mailbox with their attachments, and the records of old messages. */
export async function forgetMails({ db }: Pick<App, 'db'>, now: Date): Promise<number> {
  const before = (days: number) => daysBefore(now, days);
  return (
    (await inPortions(() => deleteMessages(db, before(keptDays.mailboxMessages)))) +
    (await inPortions(() => deleteOrderDeliveries(db, before(keptDays.orderMessages)))) +
    (await inPortions(() => deleteAccountDeliveries(db, before(keptDays.accountMessages)))) +
    (await inPortions(() => deleteBroadcasts(db, before(keptDays.orderMessages)))) +
    (await inPortions(() => deleteSpending(db, before(keptDays.smsSpending))))
  );
}

/** Deletes the records of the messages about these orders, in the caller's transaction. */
export const forgetDeliveries = (trx: Writes, orderIds: OrderId[]): void => deleteDeliveriesOf(trx, orderIds);

/** Erases to whom the messages about these orders were sent, in the caller's transaction. */
export const eraseRecipients = (trx: Writes, orderIds: OrderId[]): void => eraseDeliveriesOf(trx, orderIds);

/** Deletes the records of the messages about an account that is deleted. Messages about orders stay with the orders. */
export const forgetAccountMessages = (trx: Writes, email: string): void =>
  deleteDeliveriesTo(trx, email.toLowerCase());
