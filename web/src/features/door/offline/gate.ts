import type { Caller } from '../../../../../client/call.ts';
import { checkIn } from '../../../../../client/endpoints.generated.ts';
import { type ApiProblem, isProblem, type ProblemCode } from '../../../../../client/problem.ts';
import type { VerifySignature } from '../../../../../contract/door-manifest.ts';
import { codeToSend, readGateCode } from '../../../../../contract/gate-code.ts';
import type { EventId } from '../../../../../contract/ids.ts';
import { outcomeOf, outcomeOfError, type ScanOutcome } from '../scan-outcome.ts';
import type { Beat } from './beat.ts';
import { chooseReading } from './choose-reading.ts';
import { startContactLoop } from './contact-loop.ts';
import { decideHere, type GatePlace, type OwnMovement } from './decide-here.ts';
import type { DeviceDatabase } from './device-database.ts';
import { compare, type GateClock, lookAt, startClock, timeOf } from './gate-clock.ts';
import { type GateState, holdState, knownOf } from './gate-state.ts';
import { handIn } from './hand-in.ts';
import { openKeeper } from './manifest-keeper.ts';
import { openOwnMovements } from './own-admissions.ts';
import { openScanQueue, type QueuedScan } from './scan-queue.ts';

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
}

/** A scan as the steward makes it. */
interface GateScan {
  text: string;
  nonce: string;
  gate: string | undefined;
  place: GatePlace;
  /** A manager admits a ticket whose payment is disputed. Only the server can. */
  overrides?: 'ticket_disputed'[];
}

export interface Gate {
  state(): GateState;
  subscribe(listen: () => void): () => void;
  scan(scan: GateScan): Promise<ScanOutcome>;
  /** Which of these readings of a hand scanner's keys is a code. */
  choose(readings: readonly [string, ...string[]]): Promise<string>;
  /** The page is open. Returns a function for when it is closed. */
  use(): () => void;
}

/** How long a guest waits for the server. Then the gate decides by what it knows. */
const patienceMs = 1_500;

/** A gate at one event: it asks the server while there is one, decides by itself otherwise, and hands in what it decided. */
export async function openGate(options: GateOptions): Promise<Gate> {
  const { eventId, scope, call, database, verify, platform, headers } = options;
  const params = { eventId };
  const [queue, keeper, own, time] = await Promise.all([
    openScanQueue(database, scope),
    openKeeper(database, { eventId, scope, call, verify, steadyMs: platform.steadyMs }),
    openOwnMovements(database, scope, platform.steadyMs),
    openTime(options),
  ]);
  const holder = holdState(eventId);
  let number = queue.all().at(-1)?.number ?? 0;
  let isUsed = 0;
  let known = knownOf(keeper.knowledge());
  /** How many came in first through this gate, and are not in the manifest yet. */
  const countSince = () => {
    const entries = [...queue.all().map(admissionOf), ...own.all()].filter(isEntry);
    const tickets = new Set(entries.map(({ ticketId }) => ticketId));
    return [...tickets].filter((id) => keeper.knowledge()?.tickets.get(id)?.state !== 'used').length;
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

  /** Null if no answer comes in time: nobody knows then whether the server has admitted the ticket. */
  async function askServer(scan: GateScan): Promise<ScanOutcome | null> {
    const { nonce, gate, place, overrides } = scan;
    const signal = AbortSignal.timeout(patienceMs);
    const body = { ...bodyOf(scan), ...(overrides && { overrides }) };
    try {
      const admitted = await call(checkIn, { params, body, headers: headers(), retries: 0, signal });
      own.add(nonce, { ticketId: admitted.ticketId, atMs: time.now(), gate: gate ?? null, ...place });
      show();
      return outcomeOf(admitted);
    } catch (error) {
      if (!isProblem(error) || error.outcomeUnknown || error.retryable) return null;
      if (endings.includes(error.code)) await end(error);
      return outcomeOfError(error);
    }
  }

  async function decideAlone(scan: GateScan): Promise<ScanOutcome> {
    const { text, nonce, place } = scan;
    const knowledge = keeper.knowledge();
    if (!knowledge) return { kind: 'unanswered' };
    const nowMs = time.now();
    const read = await readGateCode(text, knowledge.head, verify);
    if ('refused' in read) return { kind: 'refused', code: read.refused };
    const { ticketId } = read.code;
    const before = [...own.all(), ...queue.all().map(admissionOf)].sort((a, b) => a.atMs - b.atMs);
    const outcome = decideHere(knowledge, read.code, place, before, nowMs);
    if (outcome.kind !== 'admitted') return outcome;
    const scannedAt = new Date(nowMs).toISOString();
    // On the disk before anybody sees green: a crash in the next instant loses nothing.
    await queue.add({
      nonce,
      number: ++number,
      ticketId,
      body: { ...bodyOf(scan), scannedAt, offline: { admitted: true } },
    });
    show();
    return outcome;
  }

  /** The server lets this gate scan no more. What it knows of guests goes; what it has to hand in stays. */
  async function end(problem: ApiProblem): Promise<void> {
    await keeper.forget();
    show({ contact: 'online', problem, hasEnded: true });
  }

  async function meet(): Promise<'again' | 'failed'> {
    // Somebody left the page: the gate stays only for what it has to hand in.
    if (isUsed === 0 && queue.all().length === 0 && holder.get().contact !== 'starting') return 'again';
    try {
      const refused = await handIn({ call, eventId, queue, headers: headers(), nowMs: time.now }, (scans) => {
        for (const scan of scans) own.add(scan.nonce, admissionOf(scan));
        show();
      });
      if (refused.length > 0) show({ surprises: [...refused, ...holder.get().surprises] });
      const settle = own.ask();
      await time.compareWhile(() => options.beat(queue.all().length, keeper.knowledge()?.head.version));
      await keeper.refresh(headers());
      await settle();
      known = knownOf(keeper.knowledge());
      show({ contact: 'online', problem: null, hasEnded: false });
      await time.keep();
      return 'again';
    } catch (error) {
      if (isProblem(error) && !error.outcomeUnknown && !error.retryable) await end(error);
      else show({ contact: 'offline', problem: error });
      return 'failed';
    }
  }

  const loop = startContactLoop(platform, meet);
  return {
    state: holder.get,
    subscribe: holder.subscribe,
    async scan(scan) {
      if (holder.get().hasEnded || time.now() > (options.endsMs ?? Number.POSITIVE_INFINITY))
        return { kind: 'refused', code: 'door_link_ended' };
      const isReachable = holder.get().contact !== 'offline' && platform.isOnline();
      const answer = isReachable ? await askServer(scan) : null;
      if (answer) return answer;
      if (isReachable) {
        show({ contact: 'offline' });
        loop.wake();
      }
      const decided = await decideAlone(scan);
      if (!isReachable || !isUsedUp(decided)) return decided;
      // Perhaps it was this scan that used the ticket up: its answer got lost, and a delta came. The nonce tells.
      return (await askServer(scan)) ?? decided;
    },
    choose: (readings) => chooseReading(readings, keeper.knowledge()?.head, verify),
    use() {
      isUsed++;
      loop.wake();
      return () => void isUsed--;
    },
  };
}

const endings: ProblemCode[] = ['unauthenticated', 'forbidden', 'not_found', 'suspended', 'door_link_ended'];

const isUsedUp = (outcome: ScanOutcome): boolean =>
  outcome.kind === 'refused' && usedUp.includes(outcome.code);

const usedUp = ['already_used', 'already_inside', 'not_inside', 'handout_used'];

const isEntry = ({ direction, checkpointId }: GatePlace) => direction === 'in' && checkpointId === null;

const admissionOf = ({ ticketId, body }: QueuedScan): OwnMovement => ({
  ticketId,
  atMs: Date.parse(body.scannedAt ?? ''),
  gate: body.gate ?? null,
  direction: body.direction ?? 'in',
  checkpointId: body.checkpointId ?? null,
});

const bodyOf = ({ text, nonce, gate, place: { direction, checkpointId } }: GateScan) => ({
  code: codeToSend(text),
  nonce,
  ...(gate && { gate }),
  ...(direction === 'out' && { direction }),
  ...(checkpointId && { checkpointId }),
});

/** The gate's time, which the device keeps through a restart. */
async function openTime({ database, scope, platform }: GateOptions) {
  const kept = await database?.get<GateClock>('clock', scope).catch(() => undefined);
  let wasHidden = false;
  const look = () => ({ wallMs: platform.wallMs(), steadyMs: platform.steadyMs(), mayHaveSlept: wasHidden });
  let clock = startClock(look(), kept ?? null);
  return {
    now(): number {
      clock = lookAt(clock, look());
      wasHidden = !platform.isVisible();
      return timeOf(clock);
    },
    /** Does something that tells the server's time, and learns how far the device's clock is off. */
    async compareWhile(ask: () => Promise<number | null>): Promise<void> {
      const sentWallMs = platform.wallMs();
      const serverMs = await ask();
      if (serverMs === null) return;
      clock = compare(lookAt(clock, look()), { sentWallMs, gotWallMs: platform.wallMs(), serverMs });
    },
    keep: async (): Promise<void> => database?.put('clock', scope, clock).catch(() => {}),
  };
}
