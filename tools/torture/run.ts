import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../server/clock.ts';
import { createRandom, type Random } from '../../server/seeded-random.ts';
import { type Child, startChild } from '../../server/testing/child.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { startVictim, type Victim } from '../../server/testing/own-postgres.ts';
import { buy, type Load, signIn, stir } from './buyers.ts';
import { crowd } from './crowd.ts';
import { type Fault, faults } from './faults.ts';
import { type House, openHouse } from './house.ts';
import { createJournal, type Journal } from './journal.ts';
import { countCalledOff, judge, settle } from './judge.ts';
import { countResold } from './judge-line.ts';
import { startWire, type Wire } from './wire.ts';

export interface TortureOptions {
  rounds: number;
  seed: number;
  /** The approximate number of answers before each fault. */
  answersPerFault?: number;
  buyers?: number;
  /** What must have happened before the load of a round ends: a slow machine may not come to it between the faults. */
  enough?: (journal: Journal) => boolean;
  /** Only these faults, by name. */
  only?: string[];
  /** These faults, in this order, in each round. */
  all?: string[];
  /** Settings of PostgreSQL. The control run switches durability off. */
  settings?: Record<string, string>;
  report?: (line: string) => void;
}

export interface TortureResult {
  /** Every broken promise, with its round. It must be empty. */
  broken: string[];
  answered: number;
  unanswered: number;
  /** How many of those requests got no answer at all, not even 503. */
  silent: number;
  acknowledged: number;
  signedUp: number;
  admitted: number;
  /** Orders of cancelled events that were refunded. */
  calledOff: number;
  movedEvents: number;
  outsideRefunds: number;
  /** Payments whose bank opened a dispute. */
  disputed: number;
  /** Offers of the waitlist that reached their people, tickets that were resold, and transfers that were accepted. */
  offers: number;
  resold: number;
  passedOn: number;
  /** Orders that the team has sold at the door. */
  doorSales: number;
  /** How many times the server was started again. */
  starts: number;
  /** How many times each fault was injected. */
  done: Map<string, number>;
}

interface Scene {
  options: TortureOptions;
  random: Random;
  victim: Victim;
  wire: Wire;
  port: number;
  server: Child;
  offsetMs: number;
  journal: Journal;
  done: Map<string, number>;
  starts: number;
  /** Whether the supervisor may restart the server. */
  running: boolean;
}

/** Runs rounds of load and faults. After each it looks for anything lost, doubled, leaked or stuck. */
export async function torture(options: TortureOptions): Promise<TortureResult> {
  const { rounds, seed, settings = {}, report = () => {} } = options;
  const victim = await startVictim(settings);
  const wire = await startWire(victim.connectionString);
  const port = await freePort();
  const scene: Scene = {
    options,
    random: createRandom(seed),
    victim,
    wire,
    port,
    server: await start(victim, wire, port, 0),
    offsetMs: 0,
    journal: createJournal(),
    done: new Map(),
    starts: 0,
    running: true,
  };
  const keeper = keepRunning(scene);
  const broken: string[] = [];
  let calledOff = 0;
  let resold = 0;
  try {
    const house = await openHouse(victim, scene.server.url, `${victim.directory}/secrets`);
    for (let round = 1; round <= rounds && broken.length === 0; round++) {
      const names = chooseFaults(scene, round);
      const found = await playRound(scene, house, await house.publish(), names);
      broken.push(...found.map((line) => `round ${round} (${names.join(', ')}): ${line}`));
      const { answered, unanswered } = scene.journal;
      report(
        `round ${round}: ${names.join(', ')}: ${found.length === 0 ? 'kept' : 'BROKEN'} (${answered} answered, ${unanswered} not)`,
      );
    }
    calledOff = await countCalledOff(victim.db, scene.journal);
    resold = await countResold(victim.db);
    await house.close();
  } finally {
    scene.running = false;
    await scene.server.kill();
    await keeper;
    await wire.close();
    await victim.close();
  }
  const {
    answered,
    unanswered,
    silent,
    entries,
    signedUp,
    admitted,
    moved,
    outside,
    disputed,
    offers,
    passedOn,
    doorSales,
  } = scene.journal;
  return {
    broken,
    calledOff,
    movedEvents: moved.length,
    outsideRefunds: outside.length,
    disputed: disputed.length,
    offers: offers.length,
    resold,
    passedOn: passedOn.length,
    doorSales: doorSales.length,
    answered,
    unanswered,
    silent,
    signedUp: signedUp.length,
    admitted: admitted.length,
    starts: scene.starts,
    acknowledged: entries.filter((entry) => entry.held).length,
    done: scene.done,
  };
}

const start = (
  { directory }: Victim,
  { connectionString }: Wire,
  port: number,
  clockOffsetMs: number,
): Promise<Child> => startChild({ connectionString, dataDir: `${directory}/secrets`, port, clockOffsetMs });

/** Works like a supervisor: it restarts a server that has ended, even while its database is still unavailable. */
async function keepRunning(scene: Scene): Promise<void> {
  while (scene.running) {
    await scene.server.ended;
    while (scene.running) {
      const next = await start(scene.victim, scene.wire, scene.port, scene.offsetMs).catch(() => null);
      if (next) {
        scene.server = next;
        scene.starts++;
        break;
      }
      await wait(100);
    }
  }
}

/** All faults in turn, three a round, so that a long run combines each with each; then random ones. */
function chooseFaults({ options, random }: Scene, round: number): string[] {
  if (options.all) return options.all;
  const names = options.only ?? Object.keys(faults);
  const first = names[(round - 1 + options.seed) % names.length] as string;
  return [first, ...Array.from({ length: options.only ? 0 : 2 }, () => random.pick(names))];
}

async function playRound(
  scene: Scene,
  house: House,
  { events, calledOff, waitedFor }: Awaited<ReturnType<House['publish']>>,
  names: string[],
): Promise<string[]> {
  const { options, random, victim, journal } = scene;
  const { answersPerFault = 150, buyers: count = 12 } = options;
  const people = await Promise.all(Array.from({ length: count }, () => signIn(scene.server.url)));
  // Data from before the load is not checked: it is on disk, even if commits do not wait for that.
  await victim.db.run('checkpoint');
  const load: Load = {
    url: scene.server.url,
    events,
    calledOff,
    waitedFor,
    random,
    journal,
    house,
    atTheDoor: [],
    stopped: false,
    stir: (eventId) => void stir(load, eventId).catch(() => {}),
  };
  const buying = [...people.map((person) => buy(load, person)), crowd(load)];
  for (const name of names) {
    await answers(scene, random.between(answersPerFault / 3, answersPerFault));
    scene.done.set(name, (scene.done.get(name) ?? 0) + 1);
    await (faults[name] as Fault)({
      ...scene,
      server: () => scene.server,
      stepClock: (byMs) => stepClock(scene, byMs),
    });
  }
  await answers(scene, answersPerFault);
  await happened(() => options.enough?.(journal) ?? true);
  load.stopped = true;
  await Promise.all(buying);
  await isReady(scene.server.url);
  // First the work from webhooks is finished; then everything that is still held expires.
  const late = await settle(victim.db, now(scene));
  // Ten minutes, one more for a payment under way, and up to three times five that the clock was set back.
  await stepClock(scene, 30 * 60_000);
  const stuck = await settle(victim.db, now(scene));
  return [...late, ...stuck, ...(await judge(victim.db, journal, now(scene)))];
}

/** Waits for so much load, or for some seconds if hardly any request gets an answer. */
async function answers({ journal }: Scene, count: number): Promise<void> {
  const until = performance.now() + 6000;
  for (const enough = journal.answered + count; journal.answered < enough && performance.now() < until; )
    await wait(5);
}

/** Waits until something has happened, two minutes at most: what has not by then is what the caller finds missing. */
async function happened(has: () => boolean): Promise<void> {
  const until = performance.now() + 120_000;
  while (!has() && performance.now() < until) await wait(50);
}

const now = ({ offsetMs }: Scene): Date => new Date(systemClock.now().getTime() + offsetMs);

async function stepClock(scene: Scene, byMs: number): Promise<void> {
  scene.offsetMs += byMs;
  await scene.server.stepClockTo(scene.offsetMs);
}

async function isReady(url: string): Promise<void> {
  for (;;) {
    const ready = await fetch(`${url}/health/ready`).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (ready) return;
    await wait(50);
  }
}
