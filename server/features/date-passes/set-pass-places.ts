import { Refused } from '../../../contract/errors.ts';
import type { EventId, UserId } from '../../../contract/ids.ts';
import type { ManagedPass } from '../../../contract/passes.ts';
import type { App } from '../../app.ts';
import { type ActBy, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { writeJobs } from '../../work/jobs.ts';
import type { Caller } from '../accounts/accounts.ts';
import { touchEvent } from '../catalog/touch-event.ts';
import { readPool, setCapacity } from '../inventory/set-capacity.ts';
import { expireHolds } from '../inventory/sweep-holds.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { mayInEvent } from '../sale/event-team.ts';
import { isOpen, keepPlaces, passPool } from './keep-places.ts';
import { readManagedPass } from './show-pass.ts';
import { lockPass, movePass, type PassDate, selectDates, selectPass } from './store.ts';

/** A change that was interrupted is finished after this time. */
const finishAfterMs = 60_000;

/**
 * Sets how many passes there are. More: every date keeps the places first, and the pass has them only then. Fewer: the pass has
 * fewer first, and then the dates get the places back. So at every instant each date has a place for each pass, whatever crashes.
 */
export async function setPassPlaces(
  app: App,
  call: Call<{ eventId: EventId }, undefined, { places: number }, 'team'>,
): Promise<ManagedPass> {
  const passId = call.params.eventId;
  const { places } = call.body;
  const { userId } = call.caller;
  await expireHolds(app, passId);
  const sale = await readEventSale(app, passId);
  if (!sale?.isPass) throw new Refused('not_found');
  if (sale.status === 'cancelled') throw new Refused('event_cancelled');
  const dates = await selectDates(app.db, passId);
  await requireDates(app, call.caller, dates);
  const { turn, before } = await begin(app, sale, places, call);
  try {
    await keepPlaces(app, { passId, dates, size: places, turn, by: userId });
  } catch (error) {
    if (error instanceof Refused && error.code === 'pass_date_full')
      await takeBack(app, passId, turn, userId);
    throw error;
  }
  if (places > before) await finish(app, sale, { turn, places, before }, call);
  else await clear(app, passId, turn);
  return readManagedPass(app, call.caller, passId);
}

/** The places come from every date, so the caller needs the right there as well. */
async function requireDates(app: App, caller: Caller, dates: PassDate[]): Promise<void> {
  for (const date of dates) {
    if (!isOpen(date, app.clock.now()) || (await mayInEvent(app, caller, date.eventId, 'places.block')))
      continue;
    throw new Refused('forbidden', { detail: 'You may not block places of every date of this pass.' });
  }
}

/** Takes the turn. A pass that gets smaller has fewer places from here on. */
async function begin(
  app: App,
  sale: EventSale,
  places: number,
  by: ActBy,
): Promise<{ turn: number; before: number }> {
  const passId = sale.eventId;
  return app.db.transaction(async (trx) => {
    const pass = await lockPass(trx, passId);
    if (!pass) throw new Refused('not_found');
    const before = (await readPool(trx, passId, passPool))?.capacity ?? 0;
    const turn = pass.turn + 1;
    await movePass(trx, passId, { turn, changingTo: places });
    if (places < before) await change(app, trx, sale, { places, before }, by);
    writeFinish(app, trx, passId, turn);
    return { turn, before };
  });
}

function writeFinish(app: App, trx: Transaction, passId: EventId, turn: number): void {
  const runAt = new Date(app.clock.now().getTime() + finishAfterMs);
  writeJobs(trx, [{ task: 'finish-pass-change', payload: { passId, turn }, runAt }]);
}

/** Every date keeps the places now, so the pass can have them. */
function finish(
  app: App,
  sale: EventSale,
  { turn, places, before }: { turn: number; places: number; before: number },
  by: ActBy,
): Promise<void> {
  const passId = sale.eventId;
  return app.db.transaction(async (trx) => {
    const pass = await lockPass(trx, passId);
    if (pass?.turn !== turn) throw new Refused('pass_changing');
    await change(app, trx, sale, { places, before }, by);
    await movePass(trx, passId, { turn, changingTo: null });
  });
}

async function change(
  app: App,
  trx: Transaction,
  sale: EventSale,
  { places, before }: { places: number; before: number },
  by: ActBy,
): Promise<void> {
  const { eventId, organisationId, title } = sale;
  await touchEvent(trx, eventId);
  await setCapacity(app, trx, sale, { key: passPool, capacity: places });
  noteAct(app, trx, by, {
    act: 'pass.places_changed',
    organisationId,
    subject: { type: 'event', id: eventId, title },
    before: { places: before },
    after: { places },
  });
}

const clear = (app: App, passId: EventId, turn: number): Promise<void> =>
  app.db.transaction(async (trx) => {
    const pass = await lockPass(trx, passId);
    if (pass?.turn === turn) await movePass(trx, passId, { turn, changingTo: null });
  });

/** Gives the dates back what the change has kept. If the process dies before, the job does it. */
async function takeBack(app: App, passId: EventId, turn: number, by: UserId): Promise<void> {
  const size = (await readPool(app.db, passId, passPool))?.capacity ?? 0;
  const dates = await selectDates(app.db, passId);
  await keepPlaces(app, { passId, dates, size, turn, by });
  await clear(app, passId, turn);
}

/** Job: ends a change that was interrupted. The dates keep as many places as the pass has. */
export async function finishPassChange(
  app: App,
  { passId, turn }: { passId: EventId; turn: number },
): Promise<void> {
  const pass = await selectPass(app.db, passId);
  if (pass?.turn !== turn || pass.changingTo === null) return;
  await resize(app, passId);
}

/** Has every date keep as many places as the pass has now; none after the pass was cancelled. */
export async function resize(app: App, passId: EventId): Promise<void> {
  const sale = await readEventSale(app, passId);
  if (!sale?.isPass) return;
  const next = await app.db.transaction(async (trx) => {
    const pass = await lockPass(trx, passId);
    if (!pass) return null;
    const turn = pass.turn + 1;
    await movePass(trx, passId, { turn, changingTo: pass.changingTo ?? 0 });
    writeFinish(app, trx, passId, turn);
    return turn;
  });
  if (next === null) return;
  const capacity = (await readPool(app.db, passId, passPool))?.capacity ?? 0;
  const size = sale.status === 'cancelled' ? 0 : capacity;
  const dates = await selectDates(app.db, passId);
  await keepPlaces(app, { passId, dates, size, turn: next, by: systemUser });
  await clear(app, passId, next);
}

/** A hold of the system names a person who does not exist. It is there already, so nobody reads who made it. */
const systemUser: UserId = 'usr_00000000000000000000000000';
