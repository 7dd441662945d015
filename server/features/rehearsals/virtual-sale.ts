/**
 * Simulates an on-sale in virtual time: the same people as a real run (live.ts), and Admit's own decisions about draw, admission,
 * rate, estimates and scores. Events follow each other in a heap, so a million people take minutes and not days.
 */
import { systemClock } from '../../clock.ts';
import { createAgenda } from './agenda.ts';
import { createJournal, type Journal, newVisit, noteTold, noteTurn, type Visit } from './journal.ts';
import { type Answer, type End, live, type Wish } from './live.ts';
import type { Kept, Outcome } from './outcome.ts';
import { type Person, type Plan, personOf } from './plan.ts';
import { whatItMeans } from './queue-view.ts';
import { createVirtualPlaces, type VirtualPlaces } from './virtual-places.ts';
import { createVirtualRoom, type VirtualRoom } from './virtual-room.ts';

interface VirtualPerson {
  person: Person;
  visit: Visit;
  life: Generator<Wish, End, Answer>;
  wish: Wish;
  /** Grows with each wish, so that an appointment of an earlier one is void. */
  turn: number;
  heldMs: number;
  orderedMs: number;
}

interface Sale {
  plan: Plan;
  journal: Journal;
  room: VirtualRoom;
  places: VirtualPlaces;
  present: Map<number, VirtualPerson>;
  /** Appointments of people: the number is that of the list below. */
  agenda: ReturnType<typeof createAgenda>;
}

/** A request and its answer. */
const requestMs = 50;
const teamEveryMs = 5000;
const sampleEveryMs = 2000;

/** `keepEveryMs`: how often the keeper looks, in the time of the sale. */
export async function simulateSale(plan: Plan, keepEveryMs = 500): Promise<Outcome> {
  const startedMs = systemClock.monotonicMs();
  const journal = createJournal(plan);
  const sale: Sale = {
    plan,
    journal,
    room: createVirtualRoom(plan),
    places: createVirtualPlaces(plan),
    present: new Map(),
    agenda: createAgenda(),
  };
  const coming = arrivalsOf(plan);
  let next = 0;
  let nowMs = 0;
  let keptMs = 0;
  let isDrawn = false;
  let steps = 0;
  while (nowMs < plan.endsMs && (next < plan.people || sale.present.size > 0)) {
    keptMs += keepEveryMs;
    // Everything until the next look of the keeper.
    for (;;) {
      const n = coming.order[next];
      const arrivalMs = n === undefined ? Number.POSITIVE_INFINITY : (coming.atMs[n] as number);
      const dueMs = sale.agenda.nextMs();
      if (Math.min(arrivalMs, dueMs) > keptMs) break;
      steps++;
      if (n !== undefined && arrivalMs <= dueMs) {
        next++;
        arrive(sale, n, arrivalMs);
      } else act(sale, sale.agenda.take(), dueMs);
    }
    nowMs = keptMs;
    if (!isDrawn && nowMs >= plan.opensMs) {
      isDrawn = true;
      await sale.room.draw(nowMs);
    }
    keep(sale, nowMs, keepEveryMs);
  }
  for (const { visit } of sale.present.values()) journal.end(visit, 'the run ended');
  sale.places.review(Number.POSITIVE_INFINITY);
  sample(sale, nowMs);
  const seconds = (systemClock.monotonicMs() - startedMs) / 1000;
  return {
    journal,
    tickets: sale.places.tickets(),
    promises: recountVirtual(sale),
    how: [
      [
        'against',
        'a model in virtual time, with Admit’s own decisions about draw, admission, rate, estimates and scores',
      ],
      ['the keeper looks', `every ${keepEveryMs} ms of the sale`],
      ['time', `${seconds.toFixed(1)} s for ${steps} steps`],
      ['seed', String(plan.seed)],
    ],
  };
}

/** The numbers of the people in the order in which they come, and when each comes. */
function arrivalsOf(plan: Plan): { order: Uint32Array; atMs: Float64Array } {
  const atMs = Float64Array.from({ length: plan.people }, (_, n) => personOf(plan, n).arriveMs);
  const order = Uint32Array.from({ length: plan.people }, (_, n) => n);
  // Of people who come at the same instant, the one with the smaller number is first.
  order.sort((a, b) => (atMs[a] as number) - (atMs[b] as number) || a - b);
  return { order, atMs };
}

function arrive(sale: Sale, n: number, nowMs: number): void {
  const person = personOf(sale.plan, n);
  const life = live(person, sale.plan);
  const first = life.next().value as Wish;
  sale.journal.arrived++;
  sale.present.set(n, {
    person,
    visit: newVisit(person),
    life,
    wish: first,
    turn: 0,
    heldMs: 0,
    orderedMs: 0,
  });
  begin(sale, n, nowMs);
}

/** Makes the appointment at which the wish is granted. */
function begin(sale: Sale, n: number, nowMs: number): void {
  const { wish, visit, turn } = sale.present.get(n) as VirtualPerson;
  let atMs = nowMs + (wish.do === 'wait' ? wish.ms : requestMs);
  if (wish.do === 'watch') {
    const saw = whatItMeans(sale.room.queue(), visit, nowMs);
    atMs = saw ? nowMs + delayOf(n, saw) : Math.max(nowMs, wish.untilMs);
  }
  appoint(sale, atMs, n, turn);
}

/** Person and turn in one number. Nobody has a thousand turns. */
const turns = 1024;
const appoint = (sale: Sale, atMs: number, n: number, turn: number): void =>
  sale.agenda.add(atMs, n * turns + (turn % turns));

/** Pages look once a second, and do not all ask in the same instant. */
const delayOf = (n: number, saw: NonNullable<Answer['saw']>): number =>
  500 + (saw === 'drawn' ? 60 : saw === 'turn' ? 1 : 0) * (n % 997);

function act(sale: Sale, appointment: number, nowMs: number): void {
  const n = Math.floor(appointment / turns);
  const someone = sale.present.get(n);
  if (!someone || someone.turn % turns !== appointment % turns) return;
  const answer = grant(sale, someone, nowMs);
  const { value, done } = someone.life.next(answer);
  if (done) {
    sale.journal.end(someone.visit, value);
    sale.present.delete(n);
    return;
  }
  someone.wish = value;
  someone.turn++;
  begin(sale, n, nowMs);
}

function grant(sale: Sale, someone: VirtualPerson, nowMs: number): Answer {
  const { room, places, journal } = sale;
  const { person, visit, wish } = someone;
  const { n } = person;
  const granted = { nowMs, code: null };
  switch (wish.do) {
    case 'wait':
      return granted;
    case 'watch':
      return { ...granted, saw: whatItMeans(room.queue(), visit, nowMs) ?? 'time' };
    case 'join':
      room.join(n);
      return told(sale, visit, nowMs);
    case 'look':
      return told(sale, visit, nowMs);
    case 'leave':
      room.leave(n);
      return granted;
    case 'hold': {
      if (!room.isAdmitted(n)) return refused(journal, visit, 'not_admitted', wish.quantity, nowMs);
      const { code, available } = places.hold(n, wish.quantity, nowMs);
      if (code) return { ...refused(journal, visit, code, wish.quantity, nowMs), available };
      room.noteHold(n, true);
      someone.heldMs = nowMs;
      return granted;
    }
    case 'release':
      places.release(n);
      room.noteHold(n, false);
      return granted;
    case 'order':
      someone.orderedMs = nowMs;
      return granted;
    case 'appeal':
      places.appeal(n);
      return granted;
    case 'pay': {
      if (wish.card !== person.card) return { ...granted, paid: false };
      const paid = places.buy(person, (someone.orderedMs - someone.heldMs) / 1000, nowMs);
      room.noteHold(n, false);
      if (paid) room.noteBought(n);
      return { ...granted, paid };
    }
  }
}

function told({ room, journal }: Sale, visit: Visit, nowMs: number): Answer {
  const { status, position, waitSeconds } = room.tell(visit.person.n, nowMs);
  visit.lookedMs = nowMs;
  visit.position = position;
  noteTold(visit, waitSeconds, nowMs);
  if (status === 'active') noteTurn(journal, visit, nowMs);
  return { nowMs, code: null, status };
}

function refused(journal: Journal, { person }: Visit, code: string, quantity: number, nowMs: number): Answer {
  const { n, isBot } = person;
  journal.refuse({ n, isBot, step: 'hold', code, sentMs: nowMs, atMs: nowMs, quantity, quietMs: 0 });
  return { nowMs, code };
}

/** The keeper looks, and whoever watches sees what changed. */
function keep(sale: Sale, nowMs: number, everyMs: number): void {
  const { room, places, present } = sale;
  for (const n of places.expire(nowMs)) room.noteHold(n, false);
  if (isDue(nowMs, teamEveryMs, everyMs)) places.review(nowMs);
  const before = room.queue();
  const people = room.keep(nowMs, { left: places.left(), paying: places.paying() });
  for (const n of people) wake(sale, n, nowMs);
  const after = room.queue();
  const isNewForAll =
    (before.state !== after.state && after.state === 'sold_out') ||
    (before.peoplePerMinute === null && after.peoplePerMinute !== null);
  // The draw is between two looks, so the first one after it finds people who do not know their position.
  if (isNewForAll || isFirstAfterDraw(sale.plan, nowMs, everyMs))
    for (const n of present.keys()) wake(sale, n, nowMs);
  if (isDue(nowMs, sampleEveryMs, everyMs)) sample(sale, nowMs);
}

const isDue = (nowMs: number, everyMs: number, stepMs: number): boolean => nowMs % everyMs < stepMs;
const isFirstAfterDraw = ({ opensMs }: Plan, nowMs: number, stepMs: number): boolean =>
  nowMs >= opensMs && nowMs - opensMs < stepMs;

function wake(sale: Sale, n: number, nowMs: number): void {
  const someone = sale.present.get(n);
  if (someone?.wish.do !== 'watch') return;
  const saw = whatItMeans(sale.room.queue(), someone.visit, nowMs);
  if (saw) appoint(sale, nowMs + delayOf(n, saw), n, someone.turn);
}

function sample({ journal, room, places }: Sale, nowMs: number): void {
  journal.samples.push({
    atMs: nowMs,
    arrived: journal.arrived,
    waiting: room.queue().waiting,
    admitted: journal.admitted.honest + journal.admitted.bots,
    holds: places.held(),
    sold: places.sold(),
  });
}

function recountVirtual({ journal, plan, places, room }: Sale): Kept[] {
  const most = Math.max(0, ...journal.samples.map(({ holds, sold }) => holds + sold));
  const { honest, bots } = places.tickets();
  return [
    {
      name: 'No more places are held and sold than there are',
      how: 'counted every two seconds of the sale',
      broken: most > plan.seats ? [`${most} of ${plan.seats}`] : [],
    },
    {
      name: 'Every sold place has one owner',
      how: 'what people have, compared with what was sold',
      broken: honest + bots === places.sold() ? [] : [`${honest + bots} tickets, ${places.sold()} sold`],
    },
    {
      name: 'Nobody is let in ahead of somebody who waits',
      how: 'each person who was let in, compared with the first who waited then',
      broken: room.overtaken(),
    },
  ];
}
