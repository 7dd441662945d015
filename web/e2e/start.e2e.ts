import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { removeEmbeddedPostgres } from '../../server/adapters/postgres/embedded.ts';
import { demoAccounts, demoPassword } from '../../server/demo/accounts.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { proof } from '../../server/testing/thorough.ts';

const root = join(import.meta.dirname, '../..');
const started: { child: ChildProcess; ended: Promise<unknown> }[] = [];
afterEach(endAll);

test('npm start fills an empty directory, keeps it over a stop and a crash, and says what to try', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'admit-start-'));
  onTestFinished(async () => {
    await endAll();
    await removeEmbeddedPostgres(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  });
  const port = await freePort();
  const env = { PORT: String(port), DATA_DIR: dataDir };

  const first = await start(env);
  expect(first.said).toContain(`Admit is up at http://localhost:${port} `);
  expect(first.said).toContain('with demo events');
  expect(first.said).toContain(demoPassword);
  for (const { email } of demoAccounts) expect(first.said).toContain(email);
  expect(first.said).toContain(`http://localhost:${port}/mailbox`);
  expect(first.said).toContain(`http://localhost:${port}/api/docs`);
  expect(first.said.trim().split('\n').length).toBeLessThan(12);
  const before = await events(port);
  expect(before.length).toBeGreaterThan(20);
  // A page with a live connection is still open.
  const live = new WebSocket(`ws://localhost:${port}/socket.io/?EIO=4&transport=websocket`);
  await new Promise((open) => live.addEventListener('open', open));
  // The terminal and npm both pass on a Ctrl-C.
  first.child.kill('SIGINT');
  first.child.kill('SIGINT');
  expect(await first.ended).toEqual([0, null]);
  expect(first.heard().slice(first.said.length)).toBe('\nStopping …\n');

  const second = await start(env);
  expect(second.said).not.toContain('with demo events');
  expect(await events(port)).toEqual(before);
  second.child.kill('SIGKILL');
  await second.ended;

  const third = await start(env);
  expect(await events(port)).toEqual(before);
  third.child.kill('SIGTERM');
  expect(await third.ended).toEqual([0, null]);
});

proof('a port that is taken is said plainly, and nothing is left behind', async () => {
  const taken = createServer();
  await new Promise<void>((listening) => taken.listen(0, 'localhost', listening));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as { port: number };
  const { said, code } = await failToStart({ PORT: String(port), DATA_DIR: '/nowhere/to/be/written' });
  expect(code).toBe(1);
  expect(said.trim()).toBe(
    `Port ${port} on localhost is taken. Stop what uses it, or start with PORT=<another>.`,
  );
});

proof('what is missing or wrong in the environment is named, in production the secrets too', async () => {
  const wrong = await failToStart({ PORT: 'eighty', SMTP_URL: 'mail.example.com' });
  expect(wrong.said).toMatch(/^ {2}PORT: /m);
  expect(wrong.said).toMatch(/^ {2}SMTP_URL: /m);
  const bare = await failToStart({ NODE_ENV: 'production' });
  for (const name of ['SESSION_SECRET', 'TICKET_SIGNING_KEY', 'PUBLIC_URL', 'SANDBOX_WEBHOOK_SECRET'])
    expect(bare.said).toMatch(new RegExp(`^ {2}${name}: `, 'm'));
  expect(bare.code).toBe(1);
  expect(bare.said).not.toContain(' at ');
});

type Env = Record<string, string>;

/** Runs like `npm start`, and returns when Admit is ready. */
async function start(env: Env): Promise<ReturnType<typeof run> & { said: string }> {
  const running = run(env);
  const { child, heard, ended } = running;
  const up = new Promise<void>((done) => {
    child.stdout?.on('data', () => heard().includes('Stop with Ctrl-C') && done());
  });
  await Promise.race([
    up,
    ended.then(() => {
      throw new Error(`It ended: ${heard()}`);
    }),
  ]);
  return { ...running, said: heard() };
}

async function failToStart(env: Env): Promise<{ code: number | null; said: string }> {
  const { child, heard, ended } = run(env);
  await ended;
  return { code: child.exitCode, said: heard() };
}

function run(env: Env) {
  const child = spawn(process.execPath, ['tools/start.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Without the environment of the tests themselves.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      text += part;
    });
  }
  const ended = once(child, 'close');
  started.push({ child, ended });
  return { child, heard: () => text, ended };
}

async function endAll(): Promise<void> {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
}

async function events(port: number): Promise<string[]> {
  const response = await fetch(`http://localhost:${port}/api/events?limit=100`);
  const { items } = (await response.json()) as { items: { id: string }[] };
  return items.map(({ id }) => id);
}
