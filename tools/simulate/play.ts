import { keepClock } from '../../server/features/inventory/clocks.ts';
import { decide } from '../../server/features/inventory/decide.ts';
import type { Command, HoldRecord } from '../../server/features/inventory/inventory.ts';
import type { Decision } from '../../server/features/inventory/state.ts';
import { createRandom } from '../../server/seeded-random.ts';
import { compare, first } from './compare.ts';
import { followAll, hear, isAllGone } from './disputing.ts';
import { payAtDoor } from './issuing.ts';
import { enterNews, followDisputes, refundOf } from './memory-books.ts';
import { keepNewPlaces, moveEntries as moveEntryRows, openEntries, wakeLine } from './memory-line.ts';
import { endLost, moveSeller, openResales } from './memory-resale.ts';
import { createMemoryStore, load, loadFresh, type MemoryStore, write } from './memory-store.ts';
import { createModel, judge, type Model, passTime } from './model.ts';
import { changePlan } from './plan.ts';
import { compareResales } from './reselling.ts';
import { resize } from './slots.ts';
import { randomSteps, type Step } from './steps.ts';
import { passOn } from './transferring.ts';
import { compareLine, moveEntries, spellLine } from './waiting.ts';
import { dawn, randomEvents } from './worlds.ts';

/** The world of a seed, and a random generator for its steps. */
export function historyOf(seed: number, length: number): Step[] {
  const random = createRandom(seed);
  return randomSteps(random, randomEvents(random), length);
}

interface Played {
  store: MemoryStore;
  model: Model;
  /** Pools whose capacity follows from the seats and cannot change. */
  fixed: Set<string>;
  /** Whether new holds are decided from memory if that is allowed. */
  remembers: boolean;
  /** The organiser's choice, if the event is cancelled. */
  refund: 'full' | 'none' | null;
  /** What its job sends after the next commit: buyers may come first. */
  job: Command[];
  queue: Command[];
  /** The time of the last batch, if nothing but commands has changed the event since; otherwise null. */
  settledMs: number | null;
}

/**
 * Plays a history in the world of its seed. Returns null if every promise was kept, otherwise the first broken one.
 * `decideBy` replaces the ledger's decision, so that a test can use a broken one.
 */
export function play(
  seed: number,
  steps: Step[],
  decideBy: typeof decide = decide,
): { step: number; wrong: string } | null {
  const events: Played[] = randomEvents(createRandom(seed)).map((event) => ({
    store: createMemoryStore(event),
    model: createModel(event),
    fixed: new Set(event.sale.ticketTypes.flatMap((type) => (type.zone ? type.poolIds.slice(0, 1) : []))),
    remembers: seed % 2 === 1,
    refund: null,
    job: [],
    queue: [],
    settledMs: null,
  }));
  let nowMs = dawn;
  for (const [i, step] of steps.entries()) {
    let wrong: string | null = null;
    try {
      if (step.do === 'clock') nowMs += step.byMs;
      else if (step.do === 'commit')
        wrong = first(events, (event) => {
          const broken = runBatch(event, step.fate, nowMs, decideBy);
          event.queue.push(...event.job.splice(0));
          return broken;
        });
      else wrong = change(events[step.event] as Played, step, nowMs, decideBy);
    } catch (error) {
      wrong = (error as Error).message;
    }
    if (wrong) return { step: i, wrong };
  }
  return null;
}

function change(
  event: Played,
  step: Exclude<Step, { do: 'clock' | 'commit' }>,
  nowMs: number,
  decideBy: typeof decide,
): string | null {
  const { store, model } = event;
  if (!['send', 'admit', 'dispute', 'pass on'].includes(step.do)) event.settledMs = null;
  if (step.do === 'send') {
    // The outcomes of a batch show holds as they are at its end. So a command that changes lines of an earlier hold is the
    // first of its batch.
    const { command } = step;
    const isOutOfBlock = command.kind === 'issue' && command.blockHoldId !== null;
    const isFirst = command.kind === 'exchange' || isOutOfBlock || mayBuyResale(event, command);
    const wrong = isFirst ? runBatch(event, 'done', nowMs, decideBy) : null;
    event.queue.push(command.kind === 'issue' ? payAtDoor(model, command) : command);
    return wrong;
  }
  if (step.do === 'rules') {
    const { priceMinor, startsInHours, ...changed } = step.rules;
    // A cancelled event stays cancelled.
    const rules = model.sale.status === 'cancelled' ? { ...changed, status: 'cancelled' as const } : changed;
    const startsAt =
      startsInHours === undefined ? model.sale.startsAt : new Date(dawn + startsInHours * 60 * 60 * 1000);
    const ticketTypes = model.sale.ticketTypes.map((type) =>
      priceMinor === undefined ? type : { ...type, listMinor: priceMinor },
    );
    model.sale = { ...model.sale, ...rules, startsAt, ticketTypes };
    wakeLine(store);
  }
  if (step.do === 'call off') {
    model.sale = { ...model.sale, version: model.sale.version + 1, status: 'cancelled' };
    for (const { id, status } of store.holds.values())
      if (status === 'active') event.queue.push({ kind: 'close', holdId: id });
    const wrong = runBatch(event, 'done', nowMs, decideBy);
    event.refund ??= step.refund;
    const amountMinor = event.refund === 'full' ? null : 0;
    for (const { id, status, returned, places } of store.holds.values())
      if (status === 'confirmed' && returned < places) event.job.push({ ...refundOf(id), amountMinor });
    return wrong;
  }
  if (step.do === 'offer') {
    const version = model.sale.version + 1;
    const until = new Date(nowMs + step.hours * 60 * 60 * 1000);
    model.sale = { ...model.sale, version, refundOffers: [...model.sale.refundOffers, { version, until }] };
    wakeLine(store);
  }
  if (step.do === 'capacity') {
    const pool = [...store.pools.values()][step.pool];
    if (!pool || event.fixed.has(pool.id)) return null;
    const allowed = step.capacity >= pool.held + pool.sold + pool.blocked;
    if (allowed !== resize(model, pool.id, step.capacity))
      return `a capacity of ${step.capacity} is ${allowed ? '' : 'not '}possible`;
    if (!allowed) return null;
    pool.capacity = step.capacity;
    keepNewPlaces(store);
    wakeLine(store);
  }
  if (step.do === 'plan') {
    // Like an edit of an event: it releases expired holds first.
    event.queue.push({ kind: 'expire' });
    const wrong = runBatch(event, 'done', nowMs, decideBy) ?? changePlan(event, step.change);
    event.settledMs = null;
    keepNewPlaces(store);
    wakeLine(store);
    return wrong;
  }
  if (step.do === 'move') move(event, step.from, step.to, new Date(nowMs));
  if (step.do === 'dispute') return dispute(event, step, nowMs);
  if (step.do === 'pass on') return passOn(event, step);
  if (step.do === 'admit') return admit(event, step.holdId, step.position);
  return null;
}

/** Whoever orders a ticket on resale knows its hold, so an earlier batch has made the offer. */
const mayBuyResale = ({ store, queue }: Played, command: Command): boolean =>
  (command.kind === 'order' || command.kind === 'confirm') &&
  !store.holds.has(command.holdId) &&
  (openResales(store).length > 0 || queue.some(({ kind }) => kind === 'resell'));

/** A guest shows a ticket at the door: it admits once, and never if it is cancelled. */
function admit({ store, model, queue }: Played, holdId: HoldRecord['id'], position: number): string | null {
  const ticket = store.sold.get(holdId)?.tickets[position];
  const known = model.holds.find((hold) => hold.id === holdId)?.tickets[position];
  if (ticket?.status !== known?.state)
    return `a ticket of ${holdId} is ${ticket?.status} and not ${known?.state}`;
  if (ticket?.status !== 'valid' || !known) return null;
  ticket.status = 'used';
  known.state = 'used';
  queue.push(...endLost(store, holdId, 'used', position));
  return null;
}

/** News of a dispute change the order at once. If all of the money is gone, the tickets end in a later batch. */
function dispute(
  event: Played,
  { holdId, news }: Extract<Step, { do: 'dispute' }>,
  nowMs: number,
): string | null {
  const { store, model } = event;
  const hold = store.holds.get(holdId);
  const known = model.holds.find(({ id }) => id === holdId);
  // Nobody disputes what cost nothing.
  if (!hold || !known || hold.status !== 'confirmed' || hold.totalMinor === 0) return null;
  const ending = enterNews(store, hold, news, nowMs);
  hear(known, news, nowMs);
  if (known.disputedMinor > 0) event.queue.push(...endLost(store, holdId, 'disputed'));
  return endTickets(event, hold, ending) ?? compare(store, model);
}

/** Sends the command that ends the tickets of an order whose money is gone. */
function endTickets(
  { model, queue }: Played,
  { id }: HoldRecord,
  ending: ReturnType<typeof followDisputes>,
): string | null {
  const known = model.holds.find((hold) => hold.id === id);
  if (!known) return `${id} is unknown`;
  if (isAllGone(known) !== (ending !== null))
    return `the money of ${id} is ${ending ? '' : 'not '}said to be gone`;
  if (ending) queue.push(ending);
  return null;
}

/** A guest's holds move to an account. The unique index on the keys would refuse two equal ones. */
function move(
  { store, model }: Played,
  from: HoldRecord['buyerId'],
  to: HoldRecord['buyerId'],
  now: Date,
): void {
  const keysOf = (buyer: string) =>
    model.holds.flatMap((hold) => (hold.buyer === buyer && hold.key !== null ? [hold.key] : []));
  const taken = keysOf(to);
  if (keysOf(from).some((key) => taken.includes(key))) return;
  for (const hold of store.holds.values()) if (hold.buyerId === from) hold.buyerId = to;
  for (const hold of model.holds) if (hold.buyer === from) hold.buyer = to;
  const clocks = from === to ? undefined : store.clocks.get(from);
  store.clocks.delete(from === to ? 'net_0' : from);
  for (const clock of clocks?.values() ?? []) keepClock(store.clocks, { ...clock, owner: to });
  if (from !== to && store.places.has(from))
    store.places.set(to, (store.places.get(to) ?? 0) + (store.places.get(from) ?? 0)).set(from, 0);
  moveSeller(store, from, to);
  for (const resale of model.resales) if (resale.seller === from) resale.seller = to;
  moveEntryRows(store, from, to, now);
  moveEntries(model, from, to);
}

function runBatch(
  event: Played,
  fate: Extract<Step, { do: 'commit' }>['fate'],
  nowMs: number,
  decideBy: typeof decide,
): string | null {
  const { store, model, queue: commands } = event;
  if (commands.length === 0) return null;
  const mayOffer = openEntries(store).length > 0 && model.sale.status !== 'cancelled';
  if (mayOffer && (commands[0]?.kind === 'exchange' || commands.some((each) => mayBuyResale(event, each)))) {
    // What is offered at this instant is offered in a batch of its own, because the first command may be about an offer.
    event.queue = [{ kind: 'expire' }];
    const wrong = runBatch(event, 'done', nowMs, decideBy);
    if (wrong) return wrong;
    event.queue = commands;
  }
  const now = new Date(nowMs);
  const state = (event.remembers && loadFresh(store, commands, now)) || load(store, commands, now);
  const { outcomes, changes, facts } = decideBy(model.sale, state, commands, now);
  // Nothing has happened, and everyone retries.
  if (fate === 'lost') return null;
  event.queue = fate === 'unanswered' ? commands.flatMap(again) : [];
  const { dueAt } = store.line;
  write(store, model.sale, { changes, facts }, state.line);
  const early = begin(event, facts.offered, dueAt, nowMs);
  if (early) return early;
  for (const [i, command] of commands.entries()) {
    const outcome = outcomes[i];
    if (!outcome) return `${command.kind} has no outcome`;
    const wrong = judge(model, command, outcome, nowMs);
    if (wrong) return wrong;
  }
  const [surplus] = model.offers;
  if (surplus) return `${surplus.entry.id} is offered places that are not free for it`;
  followAll(model);
  const outside = facts.cancelled.filter(
    ({ command }) => command.kind === 'refund' && command.cause === 'refunded_outside',
  );
  const wrong = first(outside, ({ hold: { id } }) => {
    const hold = store.holds.get(id) as HoldRecord;
    return store.books.get(id)?.disputes.size ? endTickets(event, hold, followDisputes(store, hold)) : null;
  });
  return wrong ?? compareLine(model, store) ?? compareResales(model, store) ?? compare(store, model);
}

/**
 * Starts a batch in the model. If nothing but time has passed, and no hold ends, the line may move only at the time at which
 * the ledger wanted to look at it: otherwise nobody wakes the ledger, and the people in the line starve.
 */
function begin(
  event: Played,
  offers: Decision['facts']['offered'],
  dueAt: Date | null,
  nowMs: number,
): string | null {
  const { model, settledMs } = event;
  event.settledMs = nowMs;
  const line = spellLine(model);
  const held = model.holds.filter(({ state }) => state === 'waiting');
  const wrong = passTime(model, offers, nowMs);
  if (wrong || settledMs === null || nowMs < settledMs || spellLine(model) === line) return wrong;
  const isDue = dueAt !== null && dueAt.getTime() <= nowMs;
  return isDue || held.some(({ state }) => state !== 'waiting')
    ? null
    : `the line moves from "${line}" to "${spellLine(model)}", and the ledger would look at it ${dueAt ? `at ${dueAt.toISOString()}` : 'never'}`;
}

/** A client without an answer retries. The retried hold or entry gets a new id. A client without a key does not retry. */
function again(command: Command): Command[] {
  if (command.kind === 'join') return command.retry ? [{ ...command, entryId: `${command.entryId}R` }] : [];
  if (command.kind === 'resell')
    return command.retry ? [{ ...command, resaleId: `${command.resaleId}R` }] : [];
  if (command.kind !== 'place' && command.kind !== 'block' && command.kind !== 'issue') return [command];
  return command.retry ? [{ ...command, holdId: `${command.holdId}r` }] : [];
}
