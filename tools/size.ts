/**
 * Says how much machine an on-sale needs, from measured costs: prints the table of docs/scaling.md.
 *
 *   node tools/size.ts
 */
import { type HoldCosts, simulateHolds } from './size/hold-model.ts';

/** Measured on the two cores of docs/performance.md, by the benches named there. CPU of the process and of PostgreSQL together, in ms. */
const cpu = {
  /** `reads`: an event page or its availability, at most. */
  read: 0.2,
  /** `newcomers`: a hold of somebody without a session. */
  hold: 0.382,
  /** `purchases`: order, payment, webhook and tickets, at most. */
  purchase: 4.6,
  /** `mail-burst`: it rests while buyers need the thread. */
  mail: 5.2,
  /** `check-ins`, at most. */
  checkIn: 1.1,
};
/**
 * One process. `newcomers` holds 2,680 places a second, where its thread is the bound; `idle` has one hold after 1.44 ms; and
 * PostgreSQL works for 0.05 ms on a hold (docs/performance.md, entry 50).
 */
const holdCosts: HoldCosts = { threadMs: 0.37, batchMs: 1.1, batchMsPerHold: 0.05 };

const minutes = 60_000;
/** Half of the people come within the first minute, the others within ten. */
const rushMs = 10 * minutes;
const readsPerPerson = 3;
/** One person in four buys, within the ten minutes after the hold, and two come in for each order. */
const buys = 0.25;
const ticketsPerOrder = 2;
/** The doors admit everybody within an hour. */
const doorsMs = 60 * minutes;
/** Cores are planned to be busy for this share of the time. */
const busy = 0.6;

for (const people of [10_000, 100_000, 1_000_000]) {
  const atMs = Array.from(
    { length: people },
    (_, i) => ((i * 0.6180339887498949) % 1) * (i % 2 ? minutes : rushMs),
  );
  const holds = simulateHolds(holdCosts, { atMs });
  const perSecond = (people * (0.5 + 0.05)) / 60;
  const orders = people * buys;
  const rushCores = (perSecond * (readsPerPerson * cpu.read + cpu.hold)) / 1000 / busy;
  const saleCores = ((orders / (rushMs / 1000)) * cpu.purchase) / 1000 / busy;
  const mailMinutes = (orders * cpu.mail) / minutes;
  const doorCores = ((orders * ticketsPerOrder) / (doorsMs / 1000)) * (cpu.checkIn / 1000 / busy);
  const cells = [
    people.toLocaleString('en'),
    `${Math.round(perSecond).toLocaleString('en')} people/s`,
    `${time(holds.p50Ms)}, ${time(holds.p99Ms)}`,
    time(Math.max(0, holds.lastMs - rushMs)),
    cores(rushCores),
    cores(saleCores),
    `${mailMinutes.toFixed(1)} min of one core`,
    cores(doorCores),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

function time(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function cores(count: number): string {
  return count < 1 ? 'less than 1' : String(Math.ceil(count));
}
