import type { z } from 'zod';
import type * as contract from '../../../contract/disputes.ts';
import type { OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { orderNumber } from '../orders/orders.ts';
import { type DisputeId, type DisputeRecord, keptFeeMinor } from './dispute.ts';
import { listDisputesOf, selectDisputesOf } from './dispute-store.ts';

type Query = z.output<NonNullable<typeof contract.listDisputes.query>>;

/** Lists the disputes of an organisation, the latest first. The cursor is the id of the last one shown. */
export async function listDisputes(
  app: App,
  call: { params: { organisationId: OrganisationId }; query: Query },
): Promise<{ items: contract.Dispute[]; nextCursor: DisputeId | null }> {
  const { order = null, state = null, cursor = null, limit } = call.query;
  const wanted = { order, state, cursor, limit: limit + 1 };
  const rows = await listDisputesOf(app.db, call.params.organisationId, wanted);
  const page = rows.slice(0, limit);
  return { items: page.map(showDispute), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

const showDispute = (row: DisputeRecord & { title: string }): contract.Dispute => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  amount: { amount: row.amountMinor, currency: row.currency },
  reason: row.reason,
  fee: row.feeCurrency && { amount: keptFeeMinor(row), currency: row.feeCurrency },
  money: row.reinstatedAt ? 'reinstated' : row.withdrawnAt ? 'withdrawn' : 'with_you',
  evidenceDueAt: row.evidenceDueAt?.toISOString() ?? null,
  openedAt: row.openedAt.toISOString(),
  provider: row.provider,
  reference: row.ref,
  order: { id: row.orderId, number: orderNumber(row.orderId) },
  event: { id: row.eventId, title: row.title },
});

/** The disputes of orders as their buyers see them too. A fraud warning is only for the organiser. */
export async function readDisputesOf(
  app: App,
  orderIds: OrderId[],
): Promise<Map<OrderId, contract.OrderDispute[]>> {
  if (orderIds.length === 0) return new Map();
  const rows = await selectDisputesOf(app.db, orderIds);
  const shown = rows.filter(({ kind }) => kind !== 'fraud_warning');
  return new Map(
    [...Map.groupBy(shown, ({ orderId }) => orderId)].map(([orderId, disputes]) => [
      orderId,
      disputes.map(({ id, kind, status, amountMinor, currency, openedAt }) => ({
        id,
        kind,
        status,
        openedAt: openedAt.toISOString(),
        amount: { amount: amountMinor, currency },
      })),
    ]),
  );
}
