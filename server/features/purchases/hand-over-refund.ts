import { Refused } from '../../../contract/errors.ts';
import type { Id, OrderId } from '../../../contract/ids.ts';
import type { Refund } from '../../../contract/refunds.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readOrder } from '../orders/read-order.ts';
import { handOver } from '../payments/hand-over.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { showRefunds } from './show-refunds.ts';

/** A member of the team says that the buyer of a door sale has their money back. */
export async function handOverRefund(
  app: App,
  call: Call<{ orderId: OrderId; refundId: Id<'refund'> }, undefined, undefined, 'team'>,
): Promise<Refund> {
  const order = await readOrder(app, call.params.orderId);
  const organisationId = order && (await organisationOf(app, order.eventId));
  if (!order || !organisationId) throw new Refused('not_found');
  await handOver(app, call.params.refundId, { id: order.id, eventId: order.eventId, organisationId }, call);
  const shown = await showRefunds(app, order);
  return shown.find(({ refund }) => refund.id === call.params.refundId)?.refund as Refund;
}
