import { isDeepStrictEqual } from 'node:util';
import { Refused } from '../../../contract/errors.ts';
import type { EventPatch, ManagedEvent } from '../../../contract/events.ts';
import type { EventId, TicketTypeId } from '../../../contract/ids.ts';
import type { Attendance } from '../../../contract/online-fields.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { writeJobs } from '../../work/jobs.ts';
import { refreshPassesOfEvent } from '../../work/pass-jobs.ts';
import { readPools } from '../inventory/read-pools.ts';
import { readTakenCodes } from '../inventory/read-taken-codes.ts';
import { readUsedTicketTypes } from '../inventory/read-used-ticket-types.ts';
import { expireHolds } from '../inventory/sweep-holds.ts';
import { keepCover, keepProductPictures } from '../pictures/keep-cover.ts';
import { keepLayoutPictures } from '../pictures/keep-for-plan.ts';
import { refusePass, selectTypesOfPasses } from '../sale/passes.ts';
import { variantsAsTypes } from '../sale/products.ts';
import { changeListed } from './change-listed.ts';
import { columnsOf } from './columns-of.ts';
import { defineSale } from './define-sale.ts';
import { checkDraft, type EventDraft, knownIn } from './draft.ts';
import { eventForAudit } from './event-for-audit.ts';
import { readManaged } from './get-managed-event.ts';
import { giveSlug, retryWhenSlugTaken } from './give-slug.ts';
import { lockVersion } from './lock-version.ts';
import { refuseCancelled } from './mark-cancelled.ts';
import { insertMove } from './move-store.ts';
import { isSamePlan, movedFrom, offerIssues, timeAndPlaceOf } from './moves.ts';
import { changeStop, selectPreparation } from './preparation-store.ts';
import { lacksForPublication, lacksForSale, offerOfDraft, refuseWhenLacking } from './publishable.ts';
import { readDraft } from './read-draft.ts';
import { scoreEarlierJobs } from './score-earlier-jobs.ts';
import { learnWords } from './search-store.ts';
import { timesAfter } from './stand-ins.ts';
import { type EventColumns, type EventRow, updateEventRow } from './store.ts';

type UpdateEventCall = Pick<
  Call<{ eventId: EventId }, unknown, EventPatch, 'team'>,
  'operation' | 'caller' | 'params' | 'body' | 'retry' | 'ifMatch'
> &
  ActingCall;

/** A change of the seat map that comes from a drawing (seat-plans/). */
interface DrawnSeats {
  tellMoved: boolean;
  /** Runs first in the transaction: throws if the drawing is another one now. */
  check: (trx: Transaction) => Promise<void>;
  /** Runs last in the transaction. */
  applied: (trx: Transaction) => Promise<void>;
}

/**
 * Edits an event if its version is still the one that the caller saw. Throws Refused('version_mismatch') with the
 * present version, 'event_cancelled', 'invalid_request' with issues, 'event_has_sales', 'capacity_below_taken', 'code_taken', and
 * 'event_not_publishable' if a published event would lose something that it needs.
 */
export async function updateEvent(
  app: App,
  call: UpdateEventCall,
  drawn: DrawnSeats | null = null,
): Promise<ManagedEvent> {
  // Before the event is locked, because the ledger expires holds in its own transaction. A hold that expires between
  // the two counts as taken.
  if (changesSale(call.body)) await expireHolds(app, call.params.eventId);
  const { eventId } = call.params;
  const { refundUntil, ...patch } = call.body;
  const change = () =>
    once(app, call, async (trx) => {
      const row = await lockVersion(trx, call.params.eventId, call.ifMatch);
      refuseCancelled(row);
      await drawn?.check(trx);
      const before = await readDraft(app, trx, row);
      const changed = { ...before, ...patch } satisfies EventDraft as EventDraft;
      const after = { ...changed, ...timesAfter(changed, patch) };
      const { stopped_at: stoppedAt } = await selectPreparation(trx, row.id);
      const was = timeAndPlaceOf(before);
      const isMove = row.published_at !== null && !isSamePlan(was, timeAndPlaceOf(after));
      const offer = offerIssues(refundUntil, { isMove, startsAt: after.startsAt }, app.clock.now());
      checkDraft(after, knownIn(before), offer);
      if (after.coverUrl !== before.coverUrl) await keepCover(trx, after.coverUrl, row.organisation_id);
      if (patch.seatLayout) await keepLayoutPictures(trx, after.seatLayout, row.organisation_id, row.id);
      if (patch.products) await keepProductPictures(trx, after.products, row.organisation_id);
      if (row.status === 'published') keepSellable(app, before, after, row.attendance);
      if (stoppedAt)
        await changeStop(trx, row.id, after.saleEndsAt === null ? null : new Date(after.saleEndsAt));
      if (changesSale(call.body))
        await redefineSale(app, trx, row, { before, after, tellMoved: drawn?.tellMoved ?? false });
      // People may know the address of an event once it was published. Before that, the slug follows the title.
      const renamed = row.published_at === null && after.title !== row.title;
      const columns = columnsOf(after);
      const written = {
        ...row,
        ...columns,
        // A sale that the team has stopped stays stopped.
        sale_ends_at: stoppedAt ?? columns.sale_ends_at,
        slug: renamed ? await giveSlug(trx, after.title, row.id) : row.slug,
        version: row.version + 1,
        moved_from: isMove ? movedFrom(was, timeAndPlaceOf(after), row.moved_from) : row.moved_from,
      };
      await updateEventRow(trx, written);
      refreshPassesOfEvent(trx, row.id);
      if (row.status === 'published') tellChanged(trx, written, app.clock.now());
      if (isMove) {
        const { version } = written;
        const until = refundUntil ? new Date(refundUntil) : null;
        insertMove(trx, row.id, { version, was, refundUntil: until, movedAt: app.clock.now() });
        tellMoved(trx, written, app.clock.now());
        writeJobs(trx, [{ task: 'tell-moved', payload: { eventId: row.id }, key: `tell-moved:${row.id}` }]);
      }
      // From now on orders are compared with all orders before.
      if (before.orderReview === null && after.orderReview !== null)
        writeJobs(trx, scoreEarlierJobs(row.id, app.clock.now()));
      noteAct(app, trx, call, {
        act: 'event.changed',
        organisationId: row.organisation_id,
        subject: { type: 'event', id: row.id, title: after.title },
        before: eventForAudit(before),
        // Read again, because new ticket types have their ids only now.
        after: {
          ...eventForAudit(await readDraft(app, trx, written)),
          ...(refundUntil && { refundUntil }),
        },
      });
      if (row.status === 'published') await learnWords(trx, row.id);
      await drawn?.applied(trx);
      return readManaged(app, trx, row.id);
    });
  return changeListed(app, eventId, () => retryWhenSlugTaken(change));
}

/** The places of a pass are those that its dates keep (date-passes/). Its prices may change. */
const isSameInventory = (before: EventDraft, after: EventDraft): boolean =>
  before.seatLayout === after.seatLayout && isDeepStrictEqual(before.pools, after.pools);

/** Tells open pages of the event that its time or place is another now. */
function tellMoved(trx: Transaction, { id: eventId, starts_at }: EventColumns, now: Date): void {
  const data = { startsAt: starts_at.toISOString() };
  enqueueEffects(trx, [{ type: 'admit.event.moved.v1', eventId, data }], now);
}

/** Tells programs of the team that the event is another now. */
function tellChanged(
  trx: Transaction,
  { id: eventId, version }: Pick<EventRow, 'id' | 'version'>,
  now: Date,
): void {
  enqueueEffects(trx, [{ type: 'admit.event.changed.v1', eventId, data: { version } }], now);
}

/** A published event may be edited, but not moved into the past or left with nothing to sell. */
function keepSellable(app: App, before: EventDraft, after: EventDraft, attendance: Attendance): void {
  const moved = new Date(after.startsAt).getTime() !== new Date(before.startsAt).getTime();
  const offer = offerOfDraft(after, attendance);
  refuseWhenLacking(moved ? lacksForPublication(offer, app.clock.now()) : lacksForSale(offer));
}

/** True for changes that concern the inventory. Others do not take the ledger's lock. */
const changesSale = (patch: EventPatch): boolean =>
  patch.pools !== undefined ||
  patch.ticketTypes !== undefined ||
  patch.products !== undefined ||
  patch.seatLayout !== undefined ||
  patch.promoCodes !== undefined ||
  patch.bookingFee !== undefined ||
  patch.currency !== undefined;

/**
 * Checks what is frozen after the ledger is locked, so that no hold comes in between. A refusal rolls back the
 * writes.
 */
async function redefineSale(
  app: App,
  trx: Transaction,
  row: EventRow,
  { before, after, tellMoved }: { before: EventDraft; after: EventDraft; tellMoved: boolean },
): Promise<void> {
  if (!isSameInventory(before, after)) await refusePass(trx, row.id);
  await defineSale(app, trx, row.id, after, { unseen: row.published_at === null, tellMoved });
  const had = new Set(before.promoCodes.map(({ code }) => code));
  const added = after.promoCodes.flatMap(({ code }) => (had.has(code) ? [] : code));
  const taken = added.length > 0 ? await readTakenCodes(trx, row.id, added) : [];
  if (taken.length > 0) throw new Refused('code_taken', { codes: taken });
  const now = app.clock.now();
  const pools = (await readPools(trx, [row.id], now)).get(row.id) ?? [];
  if (pools.some((pool) => pool.held + pool.sold > 0)) {
    if (after.currency !== before.currency)
      throw new Refused('event_has_sales', {
        detail: 'The currency cannot change once places are held or sold.',
      });
  }
  const sold = (draft: EventDraft) => [...draft.ticketTypes, ...variantsAsTypes(draft)];
  const kept = new Set(sold(after).map((type) => type.id));
  const used = await readUsedTicketTypes(trx, row.id, now);
  const lost = sold(before).find((type) => type.id && used.has(type.id) && !kept.has(type.id));
  if (lost)
    throw new Refused('event_has_sales', {
      detail: `Places of "${lost.name}" are held or sold, so it cannot be removed.`,
    });
  const ofPasses = await selectTypesOfPasses(trx, row.id);
  const isUnfit = ({ id }: { id?: TicketTypeId | undefined }) =>
    id &&
    ofPasses.has(id) &&
    (!kept.has(id) || after.ticketTypes.some((type) => type.id === id && type.zone));
  const bound = ofPasses.size > 0 && before.ticketTypes.find(isUnfit);
  if (bound)
    throw new Refused('event_has_sales', {
      detail: `A pass takes places of "${bound.name}", so it cannot be removed or get numbered seats.`,
    });
}
