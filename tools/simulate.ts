/**
 * Runs random sales against a simple model.
 *
 *   npm run simulate -- --seed 1 --steps 10000000
 *   npm run simulate -- --seed 7 --replay '[…]'       a history in the form that a failure prints
 */
import { parseArgs } from 'node:util';
import { play } from './simulate/play.ts';
import { describe, simulate } from './simulate/run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '1000000' },
    replay: { type: 'string' },
  },
});
const seed = Number(values.seed);
if (values.replay !== undefined) {
  const failed = play(seed, JSON.parse(values.replay));
  console.log(failed ? `step ${failed.step + 1}: ${failed.wrong}` : 'every promise was kept');
  process.exitCode = failed ? 1 : 0;
} else {
  const startedMs = performance.now();
  const { done, failure } = simulate(seed, Number(values.steps));
  const seconds = (performance.now() - startedMs) / 1000;
  console.log(failure ? describe(failure) : `${done} steps from seed ${seed}: every promise was kept`);
  console.log(`${seconds.toFixed(1)} s, ${Math.round(done / seconds)} steps/s`);
  process.exitCode = failure ? 1 : 0;
}
