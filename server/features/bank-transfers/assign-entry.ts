import type { BankEntry } from '../../../contract/bank-statements.ts';
import { Refused } from '../../../contract/errors.ts';
import type { BankEntryId, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { findByNumber, lockAwaited } from './awaited-store.ts';
import {
  addMatch,
  deleteMatch,
  type EntryRow,
  findEntry,
  lockEntriesOf,
  selectMatches,
  updateEntry,
} from './entry-store.ts';
import { openOf, stateOf } from './match.ts';
import { notePaid } from './pay-by-transfer.ts';
import { showEntries } from './show-entries.ts';

type EntryCall<P, B> = ActingCall &
  Call<{ organisationId: OrganisationId; bankEntryId: BankEntryId } & P, unknown, B, 'team'>;

/** A person says which order an entry is for. It gets what is left of the entry, and no more than it waits for. */
export async function assignEntry(
  app: App,
  call: EntryCall<unknown, { orderNumber: string }>,
): Promise<BankEntry> {
  const { organisationId, bankEntryId } = call.params;
  await once(app, call, async (trx) => {
    const entry = await lockEntry(trx, organisationId, bankEntryId);
    if (entry.kind !== 'credit' || entry.restMinor === 0) throw new Refused('entry_not_assignable');
    const found = await findByNumber(trx, organisationId, call.body.orderNumber);
    const [only] = found;
    if (!only || found.length > 1) throw new Refused('not_by_transfer');
    const [order] = await lockAwaited(trx, [only.orderId]);
    const open = order && order.currency === entry.currency ? openOf(order) : 0;
    if (!order || open === 0) throw new Refused('order_takes_no_money');
    const minor = Math.min(open, entry.restMinor);
    const now = app.clock.now();
    const match = { orderId: order.orderId, eventId: order.eventId, minor, by: call.caller.userId };
    addMatch(trx, { id: app.newId('bankMatch'), entryId: entry.id, ...match }, now);
    const restMinor = entry.restMinor - minor;
    const problem = minor < open ? 'too_little' : restMinor > 0 ? 'too_much' : null;
    // `partly` until the job has paid the order.
    updateEntry(trx, entry.id, { restMinor, problem, state: 'partly' });
    if (minor === open) notePaid(trx, [order.orderId], now);
    noteAct(app, trx, call, {
      act: 'bank_entry.assigned',
      organisationId,
      subject: { type: 'order', id: order.orderId },
      before: null,
      after: { amount: { amount: minor, currency: entry.currency } },
    });
    return null;
  });
  return show(app, organisationId, bankEntryId);
}

/** Takes an assignment back, while its order waits for more money. */
export async function undoAssignment(
  app: App,
  call: EntryCall<{ orderId: OrderId }, undefined>,
): Promise<BankEntry> {
  const { organisationId, bankEntryId, orderId } = call.params;
  await once(app, call, async (trx) => {
    const entry = await lockEntry(trx, organisationId, bankEntryId);
    const [order] = await lockAwaited(trx, [orderId]);
    if (order?.organisationId !== organisationId) throw new Refused('not_found');
    if (order.paidAt !== null) throw new Refused('assignment_final');
    const minor = await deleteMatch(trx, entry.id, orderId);
    // A second request finds nothing to take back.
    if (minor === null) return null;
    const restMinor = entry.restMinor + minor;
    const others = await selectMatches(trx, [entry.id]);
    const problem = others.length > 0 ? 'too_much' : 'no_reference';
    const state = stateOf({ ...entry, restMinor, problem }, others.length > 0);
    updateEntry(trx, entry.id, { restMinor, problem, state });
    noteAct(app, trx, call, {
      act: 'bank_entry.unassigned',
      organisationId,
      subject: { type: 'order', id: orderId },
      before: { amount: { amount: minor, currency: entry.currency } },
      after: null,
    });
    return null;
  });
  return show(app, organisationId, bankEntryId);
}

/** Locks the entries of the organisation, and reads this one. */
export async function lockEntry(
  trx: Transaction,
  organisationId: OrganisationId,
  id: BankEntryId,
): Promise<EntryRow> {
  await lockEntriesOf(trx, organisationId);
  const entry = await findEntry(trx, organisationId, id);
  if (!entry) throw new Refused('not_found');
  return entry;
}

export async function show(app: App, organisationId: OrganisationId, id: BankEntryId): Promise<BankEntry> {
  const entry = await findEntry(app.db, organisationId, id);
  const [shown] = entry ? await showEntries(app, [entry]) : [];
  if (!shown) throw new Refused('not_found');
  return shown;
}
