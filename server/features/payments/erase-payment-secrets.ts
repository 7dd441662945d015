import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { paymentIdOf } from './payment.ts';

const eraseSql = `
  with locked as materialized (
    select id from payments where id = any($1::text[]) and event_id = $2 order by id for no key update
  )
  update payments set client_secret = '', checkout_url = null from locked
  where payments.id = locked.id and payments.event_id = $2`;

/** Erases the secrets that open the provider's page of these orders' payments, in the caller's transaction. */
export const erasePaymentSecrets = (trx: Writes, eventId: EventId, orderIds: OrderId[]): void =>
  trx.write(eraseSql, [orderIds.map(paymentIdOf), eventId]);
