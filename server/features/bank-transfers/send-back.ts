import type { BankEntry, BankReturn } from '../../../contract/bank-statements.ts';
import { Refused } from '../../../contract/errors.ts';
import { type BankEntryId, type Id, idPrefixes, type OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { readOrder } from '../orders/read-order.ts';
import { enterBankMoney } from '../payments/bank-money.ts';
import { handOver } from '../payments/hand-over.ts';
import { lockEntry, show } from './assign-entry.ts';
import { lockAwaited } from './awaited-store.ts';
import { deleteMatch, lockEntriesOf, selectMatches, updateEntry } from './entry-store.ts';
import { stateOf } from './match.ts';
import { insertReturn, markSent, type ReturnRow, selectReturns } from './returns-store.ts';

/** A person decides that what is left of an entry goes back to its payer, also what orders have that ended before the rest came. */
export async function returnEntry(
  app: App,
  call: ActingCall &
    Call<{ organisationId: OrganisationId; bankEntryId: BankEntryId }, unknown, undefined, 'team'>,
): Promise<BankEntry> {
  const { organisationId, bankEntryId } = call.params;
  await once(app, call, async (trx) => {
    const found = await lockEntry(trx, organisationId, bankEntryId);
    const entry = { ...found, restMinor: found.restMinor + (await freeOfEnded(app, trx, found.id)) };
    if (entry.kind !== 'credit' || entry.restMinor === 0) throw new Refused('entry_not_assignable');
    const { restMinor: minor, currency } = entry;
    const of = { entryId: entry.id, organisationId, minor, currency, by: call.caller.userId };
    insertReturn(trx, app.newId('bankReturn'), { ...of, now: app.clock.now() });
    const waits = (await selectMatches(trx, [entry.id])).some(({ finalAt }) => finalAt === null);
    const after = { restMinor: 0, problem: waits ? ('too_little' as const) : null };
    updateEntry(trx, entry.id, { ...after, state: stateOf({ ...entry, ...after }, waits) });
    noteAct(app, trx, call, {
      act: 'bank_entry.to_send_back',
      organisationId,
      subject: { type: 'organisation', id: organisationId },
      before: null,
      after: { amount: { amount: minor, currency } },
    });
    return null;
  });
  return show(app, organisationId, bankEntryId);
}

/** Takes back what is assigned to orders that have ended without all of their money. Returns how much. */
async function freeOfEnded(app: App, trx: Transaction, entryId: BankEntryId): Promise<number> {
  const waiting = (await selectMatches(trx, [entryId])).filter(({ finalAt }) => finalAt === null);
  const awaited = await lockAwaited(
    trx,
    waiting.map(({ orderId }) => orderId),
  );
  let freed = 0;
  for (const { orderId, paidAt } of awaited) {
    const order = paidAt === null ? await readOrder(app, orderId) : null;
    if (order && order.status !== 'pending') freed += (await deleteMatch(trx, entryId, orderId)) ?? 0;
  }
  return freed;
}

const mostOpen = 500;
const mostSent = 100;

export async function listReturns(
  app: App,
  call: { params: { organisationId: OrganisationId }; query: { state: 'open' | 'sent' } },
) {
  const open = call.query.state === 'open';
  const rows = await selectReturns(app.db, call.params.organisationId, {
    open,
    limit: open ? mostOpen : mostSent,
  });
  return { items: rows.map(showReturn) };
}

/** A person has sent money back: refunds of orders, and money that has paid nothing. What was sent before stays so. */
export async function markReturned(
  app: App,
  call: ActingCall & Call<{ organisationId: OrganisationId }, unknown, { ids: string[] }, 'team'>,
) {
  const { organisationId } = call.params;
  const { ids } = call.body;
  const listed = await selectReturns(app.db, organisationId, { open: true, limit: ids.length, ids });
  // Each refund in a transaction of its own, as by the page of its order. A second request finishes what a crash has left.
  for (const { id, orderId, eventId } of listed)
    if (orderId && eventId && id.startsWith(`${idPrefixes.refund}_`))
      await handOver(app, id as Id<'refund'>, { id: orderId, eventId, organisationId }, call);
  await app.db.transaction(async (trx) => {
    await lockEntriesOf(trx, organisationId);
    const now = app.clock.now();
    const all = await markSent(trx, organisationId, ids, call.caller.userId, now);
    enterBankMoney(trx, 'bank_returned', organisationId, all, now);
    for (const sent of all)
      noteAct(app, trx, call, {
        act: 'bank_return.sent',
        organisationId,
        subject: { type: 'organisation', id: organisationId },
        before: null,
        after: { amount: { amount: sent.amountMinor, currency: sent.currency } },
      });
  });
  const rows = await selectReturns(app.db, organisationId, { open: false, limit: ids.length, ids });
  return { items: rows.map(showReturn) };
}

const showReturn = (row: ReturnRow): BankReturn => ({
  id: row.id,
  amount: { amount: row.amountMinor, currency: row.currency },
  to: { name: row.name, iban: row.iban },
  text: row.reference ?? row.id,
  why: row.orderId ? 'refund' : 'unmatched',
  orderId: row.orderId,
  createdAt: row.createdAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
});
