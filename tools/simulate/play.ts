import { keepClock } from '../../server/features/inventory/clocks.ts';
import { decide } from '../../server/features/inventory/decide.ts';
import type { Command, HoldRecord } from '../../server/features/inventory/inventory.ts';
import type { Decision } from '../../server/features/inventory/state.ts';
import { sumOf } from '../../server/features/sale/split.ts';
import { placesOf } from './cancelling.ts';
import { balancesOf, followAll, hear, isAllGone } from './disputing.ts';
import { countMarks } from './hoarding.ts';
import { enterNews, followDisputes, refundOf } from './memory-books.ts';
import { keepNewPlaces, moveEntries as moveEntryRows, openEntries, wakeLine } from './memory-line.ts';
import { createMemoryStore, load, loadFresh, type MemoryStore, write } from './memory-store.ts';
import { createModel, judge, type Model, type ModelHold, passTime, resize } from './model.ts';
import { blocked, changePlan } from './plan.ts';
import { createRandom } from './random.ts';
import { randomSteps, type Step } from './steps.ts';
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
  if (step.do !== 'send' && step.do !== 'admit' && step.do !== 'dispute') event.settledMs = null;
  if (step.do === 'send') {
    // The outcomes of a batch show holds as they are at its end. So an exchange is the first command of its batch.
    const wrong = step.command.kind === 'exchange' ? runBatch(event, 'done', nowMs, decideBy) : null;
    event.queue.push(step.command);
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
  if (step.do === 'admit') return admit(event, step.holdId, step.position);
  return null;
}

/** A guest shows a ticket at the door: it admits once, and never if it is cancelled. */
function admit({ store, model }: Played, holdId: HoldRecord['id'], position: number): string | null {
  const ticket = store.sold.get(holdId)?.tickets[position];
  const known = model.holds.find((hold) => hold.id === holdId)?.tickets[position];
  if (ticket?.status !== known?.state)
    return `a ticket of ${holdId} is ${ticket?.status} and not ${known?.state}`;
  if (ticket?.status !== 'valid' || !known) return null;
  ticket.status = 'used';
  known.state = 'used';
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
  if (commands[0]?.kind === 'exchange' && mayOffer) {
    // What is offered at this instant is offered in a batch of its own, because the exchange may be of an offer.
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
  return wrong ?? compareLine(model, store) ?? compare(store, model);
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
  if (command.kind === 'join') return command.retry ? [{ ...command, entryId: `${command.entryId}r` }] : [];
  if (command.kind !== 'place' && command.kind !== 'block') return [command];
  return command.retry ? [{ ...command, holdId: `${command.holdId}r` }] : [];
}

const states = {
  active: 'waiting',
  released: 'let go',
  expired: 'run out',
  forfeited: 'paid in vain',
  blocked: 'blocked',
} as const;

function stateOf({ status, returned, places }: HoldRecord): ModelHold['state'] {
  if (status !== 'confirmed') return states[status];
  return returned === places ? 'given back' : 'bought';
}

const seatStatusIn: Record<string, number> = { waiting: 1, blocked };

/** Checks promises 1 to 3 in the committed rows: each counter, seat and hold must match the model. */
function compare(store: MemoryStore, model: Model): string | null {
  const states = new Map(model.holds.map((hold) => [hold.id, hold.state]));
  for (const pool of store.pools.values()) {
    const names = model.slots.get(pool.id) ?? [];
    let [held, sold, kept] = [0, 0, 0];
    for (const name of names) {
      if (name === '') continue;
      if (states.get(name) === 'waiting') held++;
      else if (states.get(name) === 'blocked') kept++;
      else sold++;
    }
    if (
      held !== pool.held ||
      sold !== pool.sold ||
      kept !== pool.blocked ||
      names.length !== pool.capacity ||
      held + sold + kept > pool.capacity
    ) {
      return `${pool.id} is at ${pool.held} + ${pool.sold} + ${pool.blocked} of ${pool.capacity} instead of ${held} + ${sold} + ${kept} of ${names.length}`;
    }
  }
  for (const [seat, name] of model.seats.entries()) {
    const isGone = model.sale.seats?.zoneOf[seat] === undefined;
    const status = name === '' ? (isGone ? blocked : 0) : (seatStatusIn[states.get(name) ?? ''] ?? 2);
    if ((store.owners[seat] ?? '') !== name || store.statuses?.[seat] !== status) {
      return `the seat ${seat} is ${store.statuses?.[seat]} of ${store.owners[seat]} instead of ${status} of ${name}`;
    }
  }
  const live = new Map<string, number>();
  for (const hold of model.holds) {
    if (hold.state !== 'waiting' && hold.state !== 'bought') continue;
    live.set(hold.buyer, (live.get(hold.buyer) ?? 0) + placesOf(hold));
  }
  for (const [buyer, places] of store.places) {
    if (places !== (live.get(buyer) ?? 0))
      return `${buyer} is said to have ${places} places instead of ${live.get(buyer)}`;
  }
  const marks = countMarks(model);
  for (const mark of new Set([...store.marked.keys(), ...marks.keys()])) {
    if ((store.marked.get(mark) ?? 0) !== (marks.get(mark) ?? 0))
      return `under ${mark} there are said to be ${store.marked.get(mark)} places instead of ${marks.get(mark)}`;
  }
  if (store.holds.size !== model.holds.length)
    return `${store.holds.size} holds instead of ${model.holds.length}`;
  for (const hold of store.holds.values()) {
    if (states.get(hold.id) !== stateOf(hold))
      return `${hold.id} is ${hold.status} instead of ${states.get(hold.id)}`;
  }
  return first(model.holds, (hold) => compareTickets(store, hold) ?? compareBooks(store, hold));
}

/** Checks each ticket and the refunds of its order against the model. */
function compareTickets({ sold }: MemoryStore, hold: ModelHold): string | null {
  const { tickets = [], refundedMinor = 0 } = sold.get(hold.id as HoldRecord['id']) ?? {};
  const [said, known] = [
    tickets,
    hold.tickets.map(({ state, backMinor }) => ({ status: state, refundedMinor: backMinor })),
  ].map((some) => some.map(({ status, refundedMinor: back }) => `${status} ${back}`).join(', '));
  if (said !== known) return `the tickets of ${hold.id} are ${said} instead of ${known}`;
  return refundedMinor === hold.refundedMinor
    ? null
    : `${refundedMinor} went back for ${hold.id} instead of ${hold.refundedMinor}`;
}

/** The books balance, and each account has what the model says. */
function compareBooks({ books, sold }: MemoryStore, hold: ModelHold): string | null {
  const order = books.get(hold.id as HoldRecord['id']);
  if (!order) return hold.tickets.length === 0 ? null : `${hold.id} has tickets and no charge`;
  const { provider, platform, refunds, dispute: disputed, feesTaken, fees } = order;
  const given = {
    provider,
    parts: sumOf(order.parts),
    platform,
    refunds,
    dispute: disputed,
    feesTaken,
    fees,
  };
  const known = balancesOf(hold);
  const wrong = Object.entries(known).find(([name, minor]) => given[name as keyof typeof given] !== minor);
  if (wrong)
    return `the account ${wrong[0]} of ${hold.id} has ${JSON.stringify(given)} instead of ${wrong[1]}`;
  if (Object.values(given).reduce((sum, minor) => sum + minor, 0) !== 0)
    return `the books of ${hold.id} do not balance: ${JSON.stringify(given)}`;
  const { disputedMinor } = sold.get(hold.id as HoldRecord['id']) ?? {};
  return disputedMinor === hold.disputedMinor
    ? null
    : `${disputedMinor} of ${hold.id} are disputed instead of ${hold.disputedMinor}`;
}

function first<T>(all: T[], look: (each: T) => string | null): string | null {
  for (const each of all) {
    const found = look(each);
    if (found) return found;
  }
  return null;
}
