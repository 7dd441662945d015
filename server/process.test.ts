import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** Fills the young generation, and returns how many MB it takes. */
const fill = `
  const { getHeapSpaceStatistics } = process.getBuiltinModule('node:v8');
  function fill() {
    let [kept, mostMb] = [[], 0];
    for (let i = 0; i < 1_500_000; i++) {
      kept.push({ i, list: [i] });
      if (kept.length > 60_000) kept = [];
      if (i % 10_000 > 0) continue;
      const space = getHeapSpaceStatistics().find((each) => each.space_name === 'new_space');
      mostMb = Math.max(mostMb, space.space_size / 2 ** 20);
    }
    return mostMb;
  }`;

test('the thread that draws tickets gets small semi-spaces, and the main thread keeps its own', () => {
  const thread = `${fill}; process.getBuiltinModule('node:worker_threads').parentPort.postMessage(fill())`;
  const program = `
    import { once } from 'node:events';
    import { Worker } from 'node:worker_threads';
    import { giveBackMemory } from ${JSON.stringify(fileURLToPath(new URL('process.ts', import.meta.url)))};
    ${fill}
    giveBackMemory({ seeded: false });
    const [threadMb] = await once(new Worker(${JSON.stringify(thread)}, { eval: true }), 'message');
    console.log(JSON.stringify({ threadMb, mainMb: fill() }));`;
  const args = ['--max-semi-space-size=8', '--input-type=module', '--eval', program];
  const { threadMb, mainMb } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  // Two semi-spaces of 2 MB, and two of 8 MB. V8 may add a page to either.
  expect(threadMb).toBeLessThan(6);
  expect(mainMb).toBeGreaterThanOrEqual(16);
});
