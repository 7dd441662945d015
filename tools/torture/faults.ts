import { setTimeout as wait } from 'node:timers/promises';
import { points } from '../../server/points.ts';
import type { Random } from '../../server/seeded-random.ts';
import type { Child } from '../../server/testing/child.ts';
import { kill, type Victim } from '../../server/testing/own-postgres.ts';
import type { Wire } from './wire.ts';

/** Faults for a running Admit. */
interface Patient {
  random: Random;
  victim: Victim;
  wire: Wire;
  server(): Child;
  /** Moves the clock of this server process and of the next one. */
  stepClock(byMs: number): Promise<void>;
}

export type Fault = (patient: Patient) => Promise<void>;

async function stopFor(pids: number[], forMs: number): Promise<void> {
  for (const pid of pids) kill(pid, 'SIGSTOP');
  await wait(forMs);
  for (const pid of pids) kill(pid, 'SIGCONT');
}

const briefMs = ({ random }: Patient): number => random.between(200, 2500);

export const faults: Record<string, Fault> = {
  'kill -9 of the server': async ({ server }) => server().signal('SIGKILL'),
  'kill -9 of the postmaster': async ({ victim }) => kill(victim.postmasterPid(), 'SIGKILL'),
  'kill -9 of all of PostgreSQL': async ({ victim }) => victim.killAll(),
  'restart of PostgreSQL, fast': async ({ victim }) => victim.restart('fast'),
  'restart of PostgreSQL, at once': async ({ victim }) => victim.restart('immediate'),
  'all connections terminated': async ({ victim }) => victim.terminate(),
  'connections of accounts terminated': async ({ victim }) => victim.terminate('admit accounts'),
  'connections of the ledger terminated': async ({ victim }) => victim.terminate('admit ledger'),
  'connections of workers terminated': async ({ victim }) => victim.terminate('admit worker'),
  'kill -9 of a backend': async ({ victim, random }) => kill(random.pick(victim.childPids()), 'SIGKILL'),
  'SIGSTOP of the server': async (patient) => stopFor([patient.server().pid], briefMs(patient)),
  'SIGSTOP of all of PostgreSQL': async (patient) =>
    stopFor([patient.victim.postmasterPid(), ...patient.victim.childPids()], briefMs(patient)),
  'connections cut': async ({ wire }) => wire.cut(),
  'connections clogged, then cut': async (patient) => {
    patient.wire.clog();
    await wait(briefMs(patient));
    patient.wire.cut();
    patient.wire.letGo();
  },
  'connections clogged': async (patient) => {
    patient.wire.clog();
    await wait(briefMs(patient));
    patient.wire.letGo();
  },
  'clock forward': async ({ stepClock, random }) => stepClock(random.pick([5000, 240_000, 601_000])),
  'clock back': async ({ stepClock, random }) => stepClock(-random.pick([2000, 60_000, 300_000])),
  ...Object.fromEntries(
    points.map((point): [string, Fault] => [
      `kill -9 of the server when ${point}`,
      async ({ server, random }) => server().dieAt(point, random.below(4)),
    ]),
  ),
};
