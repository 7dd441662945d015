import type { OrderId } from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';

// Ids are in the order of time, so the oldest are found without another index. Attachments are deleted too.
const messages = `
  delete from messages where id in (select id from messages order by id limit 200 for update skip locked)
    and sent_at < $1`;
export const deleteMessages = (db: Queryable, before: Date): Promise<number> => db.run(messages, [before]);

const deliveries = (of: string) => `
  delete from deliveries where key in (
    select key from deliveries where created_at < $1 and ${of} limit 1000 for update skip locked)`;
const ofOrders = deliveries('order_id is not null');
const ofAccounts = deliveries('order_id is null');

/** Deletes records of old messages about orders. */
export const deleteOrderDeliveries = (db: Queryable, before: Date): Promise<number> =>
  db.run(ofOrders, [before]);

/** Deletes records of old messages about accounts, offers of the waitlist, teams and the operators' work. */
export const deleteAccountDeliveries = (db: Queryable, before: Date): Promise<number> =>
  db.run(ofAccounts, [before]);

const ofTheseOrders = `delete from deliveries where order_id = any($1::text[])`;

export const deleteDeliveriesOf = (trx: Writes, orderIds: OrderId[]): void =>
  trx.write(ofTheseOrders, [orderIds]);

// Without its job and its address nobody can send the message again.
const erase = `update deliveries set recipient = null, job = null where order_id = any($1::text[])`;

export const eraseDeliveriesOf = (trx: Writes, orderIds: OrderId[]): void => trx.write(erase, [orderIds]);

const toAddress = `delete from deliveries where recipient = $1 and order_id is null`;

export const deleteDeliveriesTo = (trx: Writes, address: string): void => trx.write(toAddress, [address]);
