import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '../contract/operations.ts';
import { createWorld, type World } from '../server/testing/world.ts';

/** The alert rules and the dashboard of `deploy/` name metrics that exist, and each alert is explained. */
const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const rules = read('deploy/prometheus/alerts.yaml');
const dashboard = read('deploy/grafana/admit.json');

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const named = (text: string) => [...new Set(text.match(/\b(?:admit|process|nodejs)_[a-z0-9_]+/g))];

test.each([
  ['the alert rules', rules],
  ['the dashboard', dashboard],
])('%s name only metrics that Admit has', async (_what, text) => {
  const shown = (await world.client().get('/metrics')).body as string;
  const types = [...shown.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  const names = new Set(
    types.flatMap(([, name, type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
  // Only a process with Redis has this one.
  names.add('admit_redis_failures_total');
  // Only a process with a certificate for Apple Wallet has this one.
  names.add('admit_apple_wallet_certificate_seconds');
  expect(named(text).filter((name) => !names.has(name))).toEqual([]);
});

test('the dashboard names operations that exist', () => {
  const asked = /operation=~\\"([^"\\]+)\\"/.exec(dashboard)?.[1]?.split('|') ?? [];
  const ids = new Set(operations.map(({ id }) => id as string));
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((id) => !ids.has(id))).toEqual([]);
});

test('panels have ids of their own and do not overlap', () => {
  const { panels } = JSON.parse(dashboard) as {
    panels: { id: number; gridPos: { x: number; y: number; w: number; h: number } }[];
  };
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
});

test('docs/operations.md says what to do for each alert, and for no other', () => {
  const alerts = [...rules.matchAll(/^ +- alert: (\w+)$/gm)].map(([, name]) => name);
  const explained = [...read('docs/operations.md').matchAll(/^\*\*`(Admit\w+)`\.\*\*/gm)].map(
    ([, name]) => name,
  );
  expect(explained).toEqual(alerts);
});

test.skipIf(!process.env.ADMIT_PROMTOOL)('promtool accepts the alert rules', () => {
  const { status, stdout, stderr } = spawnSync(
    process.env.ADMIT_PROMTOOL as string,
    ['check', 'rules', join(root, 'deploy/prometheus/alerts.yaml')],
    { encoding: 'utf8' },
  );
  expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
});
