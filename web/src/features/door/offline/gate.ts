import type { Caller } from '../../../../../client/call.ts';
import { type ApiProblem, isProblem } from '../../../../../client/problem.ts';
import type { OfflineScan } from '../../../../../contract/check-ins.ts';
import { isExtraType, type VerifySignature } from '../../../../../contract/door-manifest.ts';
import { readGateCode } from '../../../../../contract/gate-code.ts';
import { groupNonce } from '../../../../../contract/group-nonce.ts';
import type { EventId, TicketId } from '../../../../../contract/ids.ts';
import { isMistyped, readShortNumber } from '../../../../../contract/short-number.ts';
import { groupOutcome, type ScanOutcome } from '../scan-outcome.ts';
import { bodyOf, createAsker, type GateScan, type GroupScan, placeOf, type What } from './ask-server.ts';
import type { Beat } from './beat.ts';
import { chooseReading } from './choose-reading.ts';
import { startContactLoop } from './contact-loop.ts';
import { decideHere, type GatePlace, type Presented } from './decide-here.ts';
import type { DeviceDatabase } from './device-database.ts';
import { type FoundTicket, findHere, toFound } from './find-here.ts';
import { type GateState, holdState, knownOf, type Surprise } from './gate-state.ts';
import { type GateTime, openTime } from './gate-time.ts';
import { handIn } from './hand-in.ts';
import type { Knowledge } from './knowledge.ts';
import { openKeeper, Untrusted } from './manifest-keeper.ts';
import { openOwnMovements } from './own-admissions.ts';
import { createPassages } from './passages.ts';
import { movementOf, openScanQueue, type QueuedScan } from './scan-queue.ts';

/** The parts of the platform that a gate uses, so that a test can give others. */
export interface Platform {
  wallMs(): number;
  /** Counts the time since some moment, and never jumps. */
  steadyMs(): number;
  isVisible(): boolean;
  isOnline(): boolean;
  /** Calls back when the device gets a network or the page is shown again. */
  onChance(call: () => void): void;
}

interface GateOptions {
  eventId: EventId;
  /** The event and who scans at it: what the device keeps for one person, it does not show to another. */
  scope: string;
  headers(): Record<string, string>;
  call: Caller;
  database: DeviceDatabase | null;
  verify: VerifySignature;
  platform: Platform;
  beat: Beat;
  /** When the right to scan ends by itself, in milliseconds. */
  endsMs?: number | undefined;
  /** False as soon as another tab has the gate of this scope. */
  isHeld?(): boolean;
  /** Hands in what other gates of this device have left on it, when this one has reached the server. */
  handInOthers?(time: GateTime, isMeasured: boolean): Promise<Surprise[]>;
}

/** What a look-up has found. */
interface Found {
  tickets: FoundTicket[];
  hasMore: boolean;
  /** By what the device knows, because the server was not reached or had a problem. */
  isLocal: boolean;
  problem: ApiProblem | null;
}

export interface Gate {
  state(): GateState;
  subscribe(listen: () => void): () => void;
  scan(scan: GateScan): Promise<ScanOutcome>;
  /** Several tickets of one order at once. */
  group(scan: GroupScan): Promise<ScanOutcome>;
  /** The other tickets of the same order: how many there are, and which of them may go through now. */
  othersOf(ticketId: TicketId, place: GatePlace): { ready: TicketId[]; of: number };
  /** Finds tickets by what a guest can say. */
  find(q: string): Promise<Found>;
  /** Which of these readings of a hand scanner's keys is a code. */
  choose(readings: readonly [string, ...string[]]): Promise<string>;
  /** The page is open. Returns a function for when it is closed. */
  use(): () => void;
  isInUse(): boolean;
  /** What is being decided is finished, and then nothing more. `taken`: another tab has the gate now. */
  close(why: 'left' | 'taken'): Promise<void>;
}

/** A gate at one event: it asks the server while there is one, decides by itself otherwise, and hands in what it decided. */
export async function openGate(options: GateOptions): Promise<Gate> {
  const { eventId, scope, call, database, verify, platform, headers } = options;
  const [queue, keeper, own, time] = await Promise.all([
    openScanQueue(database, scope),
    openKeeper(database, { eventId, scope, call, verify, steadyMs: platform.steadyMs }),
    openOwnMovements(database, scope, platform.steadyMs),
    openTime(database, scope, platform),
  ]);
  const passages = createPassages();
  for (const scan of queue.all()) passages.add(scan.nonce, movementOf(scan));
  for (const { nonce, ...movement } of own.all()) passages.add(nonce, movement);
  const holder = holdState(eventId);
  let number = queue.all().at(-1)?.number ?? 0;
  let isUsed = 0;
  let isClosed = false;
  const running = new Set<Promise<unknown>>();
  let known = knownOf(keeper.knowledge());
  /** How many came in first through this gate, and are not in the manifest yet. */
  const countSince = () => {
    const tickets = keeper.knowledge()?.tickets;
    return passages.entered().filter((id) => tickets?.get(id)?.state !== 'used').length;
  };
  const show = (change: Partial<GateState> = {}) => {
    const waiting = queue.all().length;
    holder.set({
      waiting,
      isKept: queue.isKept(),
      known: known && { ...known, admitted: known.admitted + countSince() },
      ...change,
    });
  };
  show();

  const server = createAsker({
    call,
    eventId,
    headers,
    ended: end,
    admitted(nonce, { gate, place }, { ticketId }) {
      const movement = { ticketId, atMs: time.now(), gate: gate ?? null, ...place };
      own.add(nonce, movement);
      passages.add(nonce, movement);
      show();
    },
  });

  async function decideAlone(scan: GateScan): Promise<ScanOutcome> {
    const { what, nonce, place } = scan;
    const knowledge = keeper.knowledge();
    if (!knowledge) return { kind: 'unanswered' };
    const nowMs = time.now();
    const read = await present(what, knowledge);
    if ('refused' in read) return { kind: 'refused', code: read.refused };
    const outcome = decideHere(knowledge, read.presented, place, passages, nowMs);
    if (outcome.kind !== 'admitted') return outcome;
    if (!isHeld()) return isElsewhere;
    const { ticketId, issue } = read.presented;
    const body: OfflineScan = {
      ...bodyOf(what),
      ...('ticketId' in what && { issue }),
      nonce,
      ...placeOf(scan),
      scannedAt: new Date(nowMs).toISOString(),
      offline: { admitted: true },
    };
    const queued: QueuedScan = { nonce, number: ++number, ticketId, body, shiftedMs: time.clock().shiftedMs };
    passages.add(nonce, movementOf(queued));
    // On the disk before anybody sees green: a crash in the next instant loses nothing.
    await queue.add(queued);
    show();
    return outcome;
  }

  /** The ticket of a text or of a look-up. */
  async function present(
    what: What,
    { head, tickets }: Knowledge,
  ): Promise<{ presented: Presented } | { refused: string }> {
    if ('ticketId' in what) {
      const found = tickets.get(what.ticketId);
      if (!found) return { refused: 'unknown_ticket' };
      return { presented: { ticketId: found.id, issue: found.issue, shown: 'found' } };
    }
    if (readShortNumber(what.text) !== null) return { refused: 'number_offline' };
    const read = await readGateCode(what.text, head, verify);
    return 'refused' in read ? read : { presented: read.code };
  }

  /** The server lets this gate scan no more. What it knows of guests goes; what it has to hand in stays. */
  async function end(problem: ApiProblem): Promise<void> {
    await keeper.forget();
    show({ contact: 'online', problem, hasEnded: true });
  }

  async function meet(): Promise<'again' | 'failed'> {
    // Somebody left the page: the gate stays only for what it has to hand in.
    if (isUsed === 0 && queue.all().length === 0 && holder.get().contact !== 'starting') return 'again';
    let isMeasured = false;
    let isReached = true;
    try {
      const { ending, ...clocks } = await compareClocks();
      isMeasured = clocks.isMeasured;
      const hands = { call, eventId, queue, headers: headers(), nowMs: time.now, isMeasured };
      const { shiftedMs } = time.clock();
      const refused = await handIn({ ...hands, laterMs: (scan) => shiftedMs - scan.shiftedMs }, (scans) => {
        for (const scan of scans) own.add(scan.nonce, movementOf(scan));
        show();
      });
      nameGuests(refused);
      // The server takes what was scanned before the end, so the gate hands in first.
      if (ending) throw ending;
      const settle = own.ask();
      await keeper.refresh(headers());
      for (const nonce of await settle()) passages.remove(nonce);
      known = knownOf(keeper.knowledge());
      show({ contact: 'online', problem: null, hasEnded: false, isUntrusted: false });
      await time.keep();
      return 'again';
    } catch (error) {
      isReached = isProblem(error) ? error.code !== 'unreachable' : error instanceof Untrusted;
      if (isProblem(error) && !error.outcomeUnknown && !error.retryable) await end(error);
      else show({ contact: 'offline', problem: error, isUntrusted: error instanceof Untrusted });
      return 'failed';
    } finally {
      // What ends or hinders this gate must not keep the scans of others.
      if (isReached) nameGuests((await options.handInOthers?.(time, isMeasured).catch(() => [])) ?? []);
    }
  }

  /** Guests who were let in, and whom the server refuses. */
  function nameGuests(refused: Surprise[]): void {
    if (refused.length > 0) show({ surprises: [...refused, ...holder.get().surprises] });
  }

  async function compareClocks(): Promise<{ isMeasured: boolean; ending: ApiProblem | null }> {
    try {
      const version = keeper.knowledge()?.head.version;
      const isMeasured = await time.compareWhile(() => options.beat(queue.all().length, version));
      return { isMeasured, ending: null };
    } catch (error) {
      if (isProblem(error) && !error.outcomeUnknown && !error.retryable)
        return { isMeasured: false, ending: error };
      throw error;
    }
  }

  const isHeld = () => !isClosed && (options.isHeld?.() ?? true);
  const loop = startContactLoop(platform, meet);

  /** Why nothing can be decided; null if it can. */
  function refuseAll(): ScanOutcome | null {
    if (!isHeld()) return isElsewhere;
    const isOver = holder.get().hasEnded || time.now() > (options.endsMs ?? Number.POSITIVE_INFINITY);
    return isOver ? { kind: 'refused', code: 'door_link_ended' } : null;
  }

  const isReachable = () => holder.get().contact !== 'offline' && platform.isOnline();
  const wasSilent = () => {
    show({ contact: 'offline' });
    loop.wake();
  };

  /** Decides without the server. If the server was asked and gave no answer, it may have admitted the ticket all the same. */
  async function decideUnanswered(scan: GateScan, wasAsked: boolean): Promise<ScanOutcome> {
    const decided = await decideAlone(scan);
    if (!wasAsked || !isUsedUp(decided)) return decided;
    // Perhaps it was this scan that used the ticket up: its answer got lost, and a delta came. The nonce tells.
    return (await server.scan(scan)) ?? decided;
  }

  async function scan(given: GateScan): Promise<ScanOutcome> {
    const refused = refuseAll();
    if (refused) return refused;
    // A typing mistake must not cost the device one of its attempts.
    if ('text' in given.what && isMistyped(given.what.text)) return { kind: 'refused', code: 'wrong_number' };
    const asks = isReachable();
    const answer = asks ? await server.scan(given) : null;
    if (answer) return answer;
    if (asks) wasSilent();
    return decideUnanswered(given, asks);
  }

  async function group(given: GroupScan): Promise<ScanOutcome> {
    const refused = refuseAll();
    if (refused) return refused;
    const asks = isReachable();
    const answer = asks ? await server.group(given) : null;
    const kind = given.place.direction === 'out' ? 'exit' : 'entry';
    if (Array.isArray(answer)) return groupOutcome(answer, kind);
    if (asks && answer === null) wasSilent();
    const outcomes: ScanOutcome[] = [];
    for (const ticketId of given.ticketIds) {
      const { gate, place } = given;
      const one = { what: { ticketId }, nonce: groupNonce(given.nonce, ticketId), gate, place };
      outcomes.push(answer === 'singly' ? await scan(one) : await decideUnanswered(one, asks));
    }
    return groupOutcome(outcomes, kind);
  }

  /** What is being decided, so that another tab can wait for it. */
  async function finish<T>(work: Promise<T>): Promise<T> {
    running.add(work);
    return work.finally(() => running.delete(work));
  }

  return {
    state: holder.get,
    subscribe: holder.subscribe,
    scan: (given) => finish(scan(given)),
    group: (given) => finish(group(given)),
    othersOf(ticketId, place) {
      const knowledge = keeper.knowledge();
      const ticket = knowledge?.tickets.get(ticketId);
      if (!knowledge || !ticket) return { ready: [], of: 0 };
      const isExtra = isExtraType(knowledge.head, ticket.type);
      const others = (knowledge.byOrder.get(ticket.orderId) ?? []).filter((id) => {
        const other = knowledge.tickets.get(id);
        const isEnded = other?.state === 'cancelled' || other?.state === 'refunded';
        // A ticket that was passed on belongs to another person, who brings it.
        const isAlike = other && isExtraType(knowledge.head, other.type) === isExtra;
        return id !== ticketId && isAlike && !isEnded && other.isTransferred === ticket.isTransferred;
      });
      const nowMs = time.now();
      const ready = others.filter((id) => {
        const presented = {
          ticketId: id,
          issue: knowledge.tickets.get(id)?.issue ?? 0,
          shown: 'found',
        } as const;
        return decideHere(knowledge, presented, place, passages, nowMs).kind === 'admitted';
      });
      return { ready, of: others.length };
    },
    async find(q) {
      const answer = isReachable() ? await server.find(q) : { problem: null };
      if ('tickets' in answer) return { ...answer, isLocal: false, problem: null };
      // Whatever is wrong with the server: what the gate knows helps the guest more than an error.
      const local = { ...answer, isLocal: true };
      const knowledge = keeper.knowledge();
      if (!knowledge) return { tickets: [], hasMore: false, ...local };
      const { tickets, hasMore } = findHere(knowledge, q);
      const cameIn = (id: TicketId) => passages.of(id).at(-1)?.direction === 'in';
      return { tickets: tickets.map((each) => toFound(knowledge, each, cameIn)), hasMore, ...local };
    },
    choose: (readings) => chooseReading(readings, keeper.knowledge()?.head, verify),
    use() {
      isUsed++;
      loop.wake();
      return () => void isUsed--;
    },
    isInUse: () => isUsed > 0,
    async close(why) {
      isClosed = true;
      loop.stop();
      if (why === 'taken') show({ isElsewhere: true });
      await Promise.allSettled(running);
    },
  };
}

const isElsewhere: ScanOutcome = { kind: 'refused', code: 'gate_elsewhere' };

const isUsedUp = (outcome: ScanOutcome): boolean =>
  outcome.kind === 'refused' && usedUp.includes(outcome.code);

const usedUp = ['already_used', 'already_inside', 'not_inside', 'handout_used'];
