import { Refused } from '../../../contract/errors.ts';
import type { EventMessage } from '../../../contract/event-messages.ts';
import type { EventId, Id } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import { orderNumber } from '../orders/orders.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { enqueueResaleMails } from '../transfers/resale-mails.ts';
import { writeTransferMails } from '../transfers/transfer-mails.ts';
import { lockDelivery, reopenDelivery } from './deliveries-store.ts';
import { canBeResent, showMessage } from './list-event-messages.ts';

type ResendCall = Pick<
  Call<{ eventId: EventId; messageId: Id<'message'> }, undefined, undefined, 'team'>,
  'operation' | 'caller' | 'params' | 'retry'
> &
  ActingCall;

/** Enqueues a message again that has failed, bounced or was withheld, under its key. So two requests still send one message. */
export async function resendEventMessage(app: App, call: ResendCall): Promise<EventMessage> {
  const { eventId, messageId } = call.params;
  const organisationId = await organisationOf(app, eventId);
  return once(app, call, async (trx) => {
    const found = await lockDelivery(trx, eventId, messageId);
    if (!found) throw new Refused('not_found');
    if (!canBeResent(found) || !found.job || !found.orderId)
      throw new Refused('message_not_failed', { detail: whyNot(found) });
    const now = app.clock.now();
    reopenDelivery(trx, found.key, now);
    if ('transferId' in found.job) writeTransferMails(trx, [found.job]);
    else if ('resaleId' in found.job) enqueueResaleMails(trx, [found.job]);
    else writeOrderMails(trx, eventId, [found.job]);
    noteAct(app, trx, call, {
      act: 'message.sent_again',
      organisationId,
      subject: { type: 'order', id: found.orderId, title: orderNumber(found.orderId) },
      before: { state: found.state },
      after: { state: 'waiting', kind: found.kind },
    });
    return showMessage({ ...found, state: 'waiting', error: null, sentAt: null, createdAt: now });
  });
}

function whyNot({ state, sentAt, job }: { state: string; sentAt: Date | null; job: unknown }): string {
  if (state === 'sent') return `The message was sent at ${sentAt?.toISOString()}.`;
  if (state === 'waiting') return 'The message is still waiting; Admit tries again by itself.';
  return job ? 'Only a mail can be sent again.' : 'The address of this message was erased.';
}
