import type { decide } from '../../server/features/inventory/decide.ts';
import { historyOf, play } from './play.ts';
import { shrink } from './shrink.ts';
import type { Step } from './steps.ts';

interface Failure {
  seed: number;
  wrong: string;
  /** The shrunk history: the fewest steps that still fail. */
  steps: Step[];
}

const historyLength = 150;

/** Plays the histories of `seed`, `seed + 1`, … until so many steps are done or one fails. */
export function simulate(
  seed: number,
  steps: number,
  decideBy?: typeof decide,
): { done: number; failure: Failure | null } {
  for (let done = 0; done < steps; seed++) {
    const history = historyOf(seed, Math.min(historyLength, steps - done));
    const failed = play(seed, history, decideBy);
    if (failed) return { done, failure: explain(seed, history.slice(0, failed.step + 1), decideBy) };
    done += history.length;
    if (done >= steps) return { done, failure: null };
  }
  return { done: 0, failure: null };
}

function explain(seed: number, history: Step[], decideBy?: typeof decide): Failure {
  const steps = shrink(history, (left) => play(seed, left, decideBy) !== null);
  return { seed, steps, wrong: play(seed, steps, decideBy)?.wrong ?? '' };
}

/** Prints a failure for a person, with the command that replays it. */
export function describe({ seed, wrong, steps }: Failure): string {
  const lines = steps.map((step, i) => `  ${i + 1}. ${JSON.stringify(step)}`);
  return `seed ${seed}: ${wrong}\n${lines.join('\n')}\nreplay: npm run simulate -- --seed ${seed} --replay '${JSON.stringify(steps)}'`;
}
