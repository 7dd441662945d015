/**
 * What one person does at an on-sale, from the first visit to the last. It is a generator of wishes: the real run answers them
 * over HTTP (drive.ts), and the simulation in virtual time (virtual-sale.ts). So both have the same people.
 */
import type { Person, Plan } from './plan.ts';

/** What a person wants to do next. */
export type Wish =
  | { do: 'wait'; ms: number }
  | { do: 'join' }
  | { do: 'look' }
  /** Watches the state that everybody sees, until it is one's turn, the state ends the wait, or the time comes. */
  | { do: 'watch'; untilMs: number }
  | { do: 'leave' }
  | { do: 'hold'; quantity: number; choosesSeats: boolean }
  | { do: 'order' }
  | { do: 'pay'; card: string }
  | { do: 'release' }
  /** Reads whether the team looks at the order, and writes to it if so. */
  | { do: 'appeal' };

/** What came of a wish. */
export interface Answer {
  nowMs: number;
  /** The name of the refusal; null if the wish was granted. */
  code: string | null;
  /** Of `join` and `look`. */
  status?: 'before_draw' | 'waiting' | 'active' | 'ended';
  /** Of `watch`: why it returned. */
  saw?: 'turn' | 'drawn' | 'sold_out' | 'over' | 'time';
  /** Of a hold that was refused because too few places were free. */
  available?: number;
  /** Of `pay`. */
  paid?: boolean;
}

/** How a visit ended. */
export type End =
  | 'bought'
  | 'sold out'
  | 'gave up waiting'
  | 'changed their mind'
  | 'missed the turn'
  | 'refused'
  | 'the run ended';

const declined = '4000000000000002';
/** The page reads the place so often while its owner chooses. That is also a sign of life. */
const signOfLifeMs = 30_000;
const mostTries = 8;
/** The mail about the order says if its tickets wait. Programs do not read mails. */
const readsMailMs = 20_000;
/** How long people stay at a queue that says that everything is sold. */
const hopesMs = 60_000;

export function* live(person: Person, plan: Plan): Generator<Wish, End, Answer> {
  const turn = yield* waitForTurn(person, plan);
  if (turn !== 'turn') return turn;
  if (person.dropsOut === 'before holding') {
    yield* spend(person.chooseMs);
    return yield* goAway(person, 'changed their mind');
  }
  yield* spend(person.chooseMs);
  const held = yield* holdPlaces(person);
  if (held !== 'held') return held === 'refused' ? 'refused' : yield* goAway(person, held);
  yield* spend(person.typeMs);
  if (person.dropsOut === 'in the cart') {
    if (person.saysGoodbye) yield { do: 'release' };
    return yield* goAway(person, 'changed their mind');
  }
  return yield* buy(person);
}

function* waitForTurn(person: Person, plan: Plan): Generator<Wish, End | 'turn', Answer> {
  const givesUpMs = Math.min(person.arriveMs + person.patienceMs, plan.endsMs);
  let answer = yield { do: 'join' };
  if (answer.code) return 'refused';
  let offline = person.offline;
  let reloadMs = answer.nowMs + person.reloadEveryMs;
  while (answer.status !== 'active') {
    if (answer.status === 'ended') return 'missed the turn';
    const offlineMs = offline ? person.arriveMs + offline.fromMs : Number.POSITIVE_INFINITY;
    const watched: Answer = yield { do: 'watch', untilMs: Math.min(givesUpMs, reloadMs, offlineMs) };
    if (watched.saw === 'over') return 'the run ended';
    if (watched.saw === 'sold_out') {
      // Some places come back, so people look once more before they go.
      const { nowMs } = yield { do: 'wait', ms: hopesMs + person.typeMs };
      const again: Answer = yield { do: 'watch', untilMs: nowMs };
      if (again.saw === 'sold_out') return yield* goAway(person, 'sold out');
      if (again.saw !== 'turn') continue;
    }
    if (watched.nowMs >= givesUpMs)
      return yield* goAway(person, watched.nowMs >= plan.endsMs ? 'the run ended' : 'gave up waiting');
    if (offline && watched.nowMs >= offlineMs) {
      yield { do: 'wait', ms: offline.forMs };
      offline = null;
    }
    const reloads = watched.nowMs >= reloadMs;
    if (reloads) reloadMs = watched.nowMs + person.reloadEveryMs;
    // A reload joins again, which answers with the place that one has.
    answer = reloads ? yield { do: 'join' } : yield { do: 'look' };
    if (answer.code) return 'refused';
  }
  return 'turn';
}

/** Spends time on the page, which shows signs of life meanwhile. */
function* spend(ms: number): Generator<Wish, void, Answer> {
  let left = ms;
  while (left > signOfLifeMs) {
    yield { do: 'wait', ms: signOfLifeMs };
    left -= signOfLifeMs;
    yield { do: 'look' };
  }
  yield { do: 'wait', ms: left };
}

function* holdPlaces(person: Person): Generator<Wish, 'held' | End, Answer> {
  let { quantity, choosesSeats } = person;
  for (let tries = 0; tries < mostTries; tries++) {
    const { code, available = 0 }: Answer = yield { do: 'hold', quantity, choosesSeats };
    if (code === null) return 'held';
    if (code === 'seats_taken') {
      // Somebody was faster. After some disappointments people take what the shop proposes.
      if (tries >= 2) choosesSeats = false;
    } else if (code === 'sold_out') {
      if (available > 0 && available < quantity) quantity = available;
      else {
        // Places come back from carts, so most people look again for a while.
        yield* spend(10_000 + person.typeMs);
        continue;
      }
    } else if (code === 'not_admitted') return 'missed the turn';
    else if (code === 'network_limit' || code === 'hold_again_later') {
      yield* spend(20_000);
      continue;
    } else return 'refused';
    yield { do: 'wait', ms: Math.min(3000, person.chooseMs) };
  }
  return 'sold out';
}

function* buy(person: Person): Generator<Wish, End, Answer> {
  const ordered = yield { do: 'order' };
  if (ordered.code) return ordered.code === 'hold_expired' ? 'missed the turn' : 'refused';
  yield { do: 'wait', ms: person.cardMs };
  if (person.mistypes) {
    const wrong = yield { do: 'pay', card: declined };
    if (wrong.code) return 'refused';
    yield* spend(person.cardMs);
  }
  const { code, paid } = yield { do: 'pay', card: person.card };
  if (code !== null || !paid) return 'refused';
  if (!person.isBot) {
    yield { do: 'wait', ms: readsMailMs };
    yield { do: 'appeal' };
  }
  return 'bought';
}

function* goAway(person: Person, end: End): Generator<Wish, End, Answer> {
  if (person.saysGoodbye) yield { do: 'leave' };
  return end;
}
