/**
 * Rehearses an on-sale with simulated people over HTTP against a real Admit of its own, recounts every promise and writes a
 * report of one page (docs/on-sale.md). Exits with 1 if a promise was broken.
 *
 *   npm run onsale -- --people 2000 --seats 720 --bots 0.3 --report out.html
 *   npm run onsale -- --url http://127.0.0.1:3000 --event EVENT --people 200     against a shop that runs already, with test money
 *   npm run onsale -- --simulate --people 1000000      in virtual time, with Admit's decisions and without a server
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Outcome } from '../server/features/rehearsals/outcome.ts';
import { cardsOf } from '../server/features/rehearsals/plan.ts';
import { simulateSale } from '../server/features/rehearsals/virtual-sale.ts';
import { compareRuns } from './onsale/compare.ts';
import { isKept, reportOf, targetsOf } from './onsale/report.ts';
import { runOnSale, runTheirs } from './onsale/run.ts';
import { CannotRehearse } from './onsale/their-shop.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '2000' },
    seats: { type: 'string' },
    bots: { type: 'string', default: '0.3' },
    seed: { type: 'string', default: '1' },
    lead: { type: 'string', default: '5' },
    pace: { type: 'string' },
    minutes: { type: 'string', default: '8' },
    speed: { type: 'string', default: '5' },
    url: { type: 'string' },
    event: { type: 'string' },
    sessions: { type: 'string' },
    simulate: { type: 'boolean', default: false },
    report: { type: 'string', default: 'on-sale.html' },
  },
});

const minute = 60_000;
/** The keeper of the queue looks so often in real time. */
const keepEveryMs = 500;
const number = (
  name: Exclude<keyof typeof values, 'simulate' | 'url' | 'event' | 'sessions' | 'report'>,
  least: number,
  most: number,
): number => {
  const value = Number(values[name]);
  if (values[name]?.trim() && value >= least && value <= most) return value;
  console.error(`--${name} must be a number from ${least} to ${most}`);
  process.exit(2);
};

const isTheirs = values.url !== undefined || values.event !== undefined;
if (isTheirs && (!values.url || !values.event || values.simulate)) {
  console.error('a shop that runs already needs --url and --event, and is not simulated');
  process.exit(2);
}
const people = Math.floor(number('people', 1, values.simulate ? 5_000_000 : 200_000));
const speed = number('speed', 0.1, 100);
const opensMs = number('lead', 0.1, 600) * minute;
const plan = {
  people,
  // As many people for each seat as 50,000 for an arena of 18,000.
  seats:
    values.seats === undefined
      ? Math.max(4, Math.round(people * 0.36))
      : Math.floor(number('seats', 4, values.simulate ? 5_000_000 : 100_000)),
  bots: number('bots', 0, 0.9),
  seed: Math.floor(number('seed', 0, 2 ** 31)),
  peoplePerMinute: values.pace === undefined ? null : Math.floor(number('pace', 1, 100_000)),
  opensMs,
  lastArrivalMs: 20 * minute,
  endsMs: number('minutes', 0.1, 600) * minute * speed,
};
if (!values.simulate && cardsOf(plan) > 1000) {
  console.error(
    'the sandbox has cards for a thousand persons: choose fewer --people or --bots, or --simulate',
  );
  process.exit(2);
}
if (!isTheirs && plan.endsMs <= opensMs) {
  console.error('the sale would end before its opening: --minutes times --speed must be more than --lead');
  process.exit(2);
}
const outcome = await run();
// The same people in virtual time, to compare the simulation with the real run of the same shop.
if (!values.simulate && !isTheirs)
  outcome.simulated = (await simulateSale(plan, keepEveryMs * speed)).journal;
writeFileSync(values.report, reportOf(outcome));
for (const { name, broken } of outcome.promises)
  console.log(
    `${broken.length === 0 ? 'kept' : 'BROKEN'}: ${name}${broken
      .slice(0, 3)
      .map((each) => `\n  ${each}`)
      .join('')}`,
  );
for (const { name, value, isReached } of targetsOf(outcome))
  console.log(`${isReached ? 'reached' : 'MISSED'}: ${name}: ${value}`);
if (outcome.simulated)
  for (const { name, real, simulated, apart } of compareRuns(outcome.journal, outcome.simulated))
    console.log(
      `simulated: ${name}: ${Math.round(real)} real, ${Math.round(simulated)} simulated${apart === null ? '' : `, ${(apart * 100).toFixed(1)}% apart`}`,
    );
console.log(`the report is in ${values.report}`);
process.exitCode = isKept(outcome) ? 0 : 1;

async function run(): Promise<Outcome> {
  const say = (line: string) => console.log(line);
  if (values.simulate) return simulateSale(plan, keepEveryMs * speed);
  if (!values.url || !values.event) return runOnSale({ plan, speed, say });
  const { bots, seed } = plan;
  const { url, event, sessions } = values;
  try {
    return await runTheirs({
      url: url.replace(/\/+$/, ''),
      event,
      people,
      bots,
      seed,
      endsMs: number('minutes', 0.1, 600) * minute,
      ...(sessions && { sessions }),
      say,
    });
  } catch (error) {
    if (!(error instanceof CannotRehearse)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
