/**
 * Runs a real server on a real PostgreSQL, and kills, stops and disconnects both during sales.
 *
 *   npm run torture -- --rounds 50 --seed 1
 *   npm run torture -- --only 'restart of PostgreSQL, fast' --only 'all connections terminated'
 *   npm run torture -- --control          without synchronous commits: the checks must find lost data
 */
import { parseArgs } from 'node:util';
import { controlRun } from './torture/control.ts';
import { torture } from './torture/run.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    control: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
});
// Child processes end with this process: PostgreSQL by its own hook, the server when its parent is gone.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
const startedMs = performance.now();
const chosen = {
  rounds: Number(values.rounds),
  seed: Number(values.seed),
  report: console.log,
  ...(values.only && { only: values.only }),
};
const result = await (values.control ? controlRun(chosen) : torture(chosen));
const { broken, acknowledged, answered, unanswered, silent, signedUp, admitted, done } = result;
for (const line of broken) console.log(line);
for (const [name, times] of [...done].sort()) console.log(`${String(times).padStart(4)} times ${name}`);
console.log(
  `${acknowledged} acknowledged holds, ${signedUp} sign-ups, ${admitted} admissions, ${answered} answers, ${unanswered} requests without one or with 503 (${silent} without), ${Math.round((performance.now() - startedMs) / 1000)} s`,
);
console.log(
  `${result.calledOff} orders of cancelled events refunded, ${result.movedEvents} events moved, ${result.outsideRefunds} refunds at the provider, ${result.disputed} disputed payments`,
);
console.log(
  `${result.offers} offers of the waitlist, ${result.resold} tickets resold, ${result.passedOn} passed on, ${result.doorSales} door sales`,
);
const caught = broken.length > 0;
if (values.control)
  console.log(
    caught ? 'the control was caught, as it must be' : 'THE CONTROL WAS NOT CAUGHT: this test has no teeth',
  );
else console.log(caught ? 'BROKEN' : 'every promise was kept');
process.exitCode = caught === values.control ? 0 : 1;
