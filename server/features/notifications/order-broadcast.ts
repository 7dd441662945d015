import type { z } from 'zod';
import type * as contract from '../../../contract/broadcasts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { spendKept } from '../../http/kept-budgets.ts';
import { writeJobs } from '../../work/jobs.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { type BroadcastRow, readFilter, showBroadcast } from './broadcasts.ts';
import { countHolders, insertBroadcast } from './broadcasts-store.ts';

type Body = z.output<NonNullable<typeof contract.sendBroadcast.body>>;
type OrderCall = Call<{ eventId: EventId }, undefined, Body, 'team'> & ActingCall;

/** A message can be scheduled so far ahead. */
const yearMs = 366 * 86_400_000;

/** Enqueues a message to the people who hold tickets of an event, now or at the time that the organiser chose. */
export async function orderBroadcast(app: App, call: OrderCall): Promise<contract.Broadcast> {
  const { eventId } = call.params;
  const { about, texts, to } = call.body;
  const event = await readEventSale(app, eventId);
  if (!event) throw new Refused('not_found');
  const filter = await readFilter(app.db, event, to);
  return once(app, call, async (trx) => {
    const now = app.clock.now();
    const sendAt = call.body.sendAt ? new Date(call.body.sendAt) : now;
    if (sendAt < now || sendAt.getTime() > now.getTime() + yearMs)
      throw new Refused('broadcast_time_over', {
        detail: `Choose a time between now and ${new Date(now.getTime() + yearMs).toISOString()}.`,
      });
    if (sendAt <= now && (await countHolders(trx, eventId, filter)) === 0)
      throw new Refused('broadcast_without_recipients');
    const retryAfterSeconds = await spendKept(
      { db: trx, clock: app.clock, config: app.config },
      'broadcastsPerEvent',
      eventId,
    );
    if (retryAfterSeconds > 0) throw new Refused('rate_limited', { retryAfterSeconds });
    const row: BroadcastRow = {
      id: app.newId('broadcast'),
      eventId,
      createdBy: call.caller.userId,
      ...{ about, texts, to },
      state: 'scheduled',
      sendAt,
      createdAt: now,
      finishedAt: null,
    };
    insertBroadcast(trx, row);
    writeJobs(trx, [{ task: 'send-broadcast', payload: { broadcastId: row.id }, runAt: sendAt }]);
    noteAct(app, trx, call, {
      act: 'broadcast.ordered',
      organisationId: event.organisationId,
      subject: { type: 'event', id: eventId, title: event.title },
      before: null,
      after: {
        broadcast: row.id,
        about,
        subject: texts[0]?.subject,
        languages: texts.map(({ language }) => language),
        to,
        sendAt: sendAt.toISOString(),
      },
    });
    return showBroadcast(row, []);
  });
}
