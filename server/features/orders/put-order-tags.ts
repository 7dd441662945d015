import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { lockOrderOf } from './access-store.ts';
import { replaceTags, selectTags } from './desk-store.ts';
import { orderWithTeam, subjectOf } from './order-notes.ts';

/** Replaces the tags of an order. Idempotent. It locks the order, so that of two changes the second sees the first. */
export async function putOrderTags(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, { tags: string[] }, 'team'>,
): Promise<{ tags: string[] }> {
  const order = await orderWithTeam(app, call.params.orderId);
  // The first spelling of a tag counts.
  const byFolded = new Map(call.body.tags.toReversed().map((tag) => [tag.toLowerCase(), tag]));
  const tags = [...byFolded.values()].sort();
  await app.db.transaction(async (trx) => {
    await lockOrderOf(trx, order.id);
    const before = (await selectTags(trx, [order.id])).get(order.id) ?? [];
    await replaceTags(trx, order, tags);
    noteAct(app, trx, call, {
      act: 'order.tagged',
      organisationId: order.organisationId,
      subject: subjectOf(order.id),
      before: { tags: before },
      after: { tags },
    });
  });
  return { tags };
}
