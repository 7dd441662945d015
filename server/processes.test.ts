import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createClient } from './testing/client.ts';
import { compileCache } from './testing/compile-cache.ts';
import { freePort } from './testing/free-port.ts';
import { openLive } from './testing/live.ts';
import { childrenOf, kill } from './testing/own-postgres.ts';
import { proof } from './testing/thorough.ts';
import { createWorld, secrets, type TestEvent, type World } from './testing/world.ts';

/* `node server/main.ts` with WEB_CONCURRENCY=2: two processes on one port, and one for jobs. */
let world: World;
let event: TestEvent;
let dataDir: string;
let main: ChildProcess;
let url: string;
const said: string[] = [];

beforeAll(async () => {
  world = await createWorld();
  event = await world.event({ capacity: 5000 });
  dataDir = mkdtempSync(join(tmpdir(), 'admit-siblings-test-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  main = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      ...compileCache,
      NODE_ENV: 'test',
      WEB_CONCURRENCY: '2',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: world.connectionString,
      DATA_DIR: dataDir,
      DRAIN_SECONDS: '3',
      RATE_LIMIT_FACTOR: '1000',
      SESSION_SECRET: secrets.session,
      TICKET_SIGNING_KEY: secrets.ticketSigningKey,
      SANDBOX_WEBHOOK_SECRET: secrets.sandboxWebhook,
    },
  });
  createInterface({ input: main.stdout as NodeJS.ReadableStream }).on('line', (line) => said.push(line));
  await says('"processes":3');
});
afterAll(async () => {
  if (main && main.exitCode === null) {
    const ended = once(main, 'exit');
    main.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  }
  await world?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function says(text: string): Promise<void> {
  await vi.waitFor(() => expect(said.join('\n')).toContain(text), { timeout: 110_000, interval: 50 });
}
const pids = () => childrenOf(main.pid as number);

/** One request on a connection of its own, so that the processes answer in turn. */
function askAlone(path: string, body?: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, { agent: false, method: body ? 'POST' : 'GET' }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

test('both processes answer, and each request of a polling connection finds the process that has it', async () => {
  const path = '/socket.io/?EIO=4&transport=polling';
  const opened = await Promise.all(Array.from({ length: 4 }, () => askAlone(path)));
  const sids = opened.map(({ text }) => JSON.parse(text.slice(1)).sid as string);
  expect(new Set(sids.map((sid) => sid.split('.')[0])).size).toBe(2);
  for (const sid of sids) {
    expect((await askAlone(`${path}&sid=${sid}`, '40')).status).toBe(200);
    expect((await askAlone(`${path}&sid=${sid}`)).text).toMatch(/^40/);
    for (let i = 0; i < 4; i++)
      expect(await askAlone(`${path}&sid=${sid}`, '6')).toEqual({ status: 200, text: 'ok' });
  }
  // The change to a WebSocket finds it, too.
  for (const sid of sids) {
    const socket = new WebSocket(
      `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket&sid=${sid}`,
    );
    const probed = new Promise((resolve) => {
      socket.onmessage = ({ data }) => resolve(data);
    });
    socket.onopen = () => socket.send('2probe');
    expect(await probed).toBe('3probe');
    socket.close();
  }
  // Of a process that is gone.
  expect((await askAlone(`${path}&sid=99.AAAA`)).status).toBe(400);
});

proof('SIGHUP replaces all processes under load, and no request fails', { timeout: 180_000 }, async () => {
  const answers = new Map<string, number>();
  const note = (what: string, status: number | string) => {
    const key = `${what} ${status}`;
    answers.set(key, (answers.get(key) ?? 0) + 1);
  };
  let going = true;
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  async function comeAndGo(): Promise<void> {
    while (going) {
      const client = createClient(url);
      const guest = await client.post('/api/auth/sign-in/anonymous', {}).catch(() => null);
      note('guest', guest?.status ?? 'broken');
      const held = await client.post(`/api/events/${event.id}/holds`, { items }).catch(() => null);
      note('hold', held?.status ?? 'broken');
      if (held?.status !== 201) continue;
      const released = await client.delete(`/api/holds/${held.body.id}`).catch(() => null);
      note('release', released?.status ?? 'broken');
      const alone = await askAlone(`/api/events/${event.id}`).catch(() => null);
      note('alone', alone?.status ?? 'broken');
    }
  }
  const before = pids();
  const live = await openLive(url, { event: event.id });
  const load = Array.from({ length: 4 }, comeAndGo);
  main.kill('SIGHUP');
  await says('all processes are new');
  going = false;
  await Promise.all(load);
  await live.closed;
  expect(pids().filter((pid) => before.includes(pid))).toEqual([]);
  expect([...answers.keys()].sort()).toEqual(['alone 200', 'guest 200', 'hold 201', 'release 204']);
  expect(answers.get('hold 201')).toBeGreaterThan(30);
});

test('a process that dies is replaced, and jobs run in one process', async () => {
  const before = pids();
  const up = () => said.filter((line) => line.includes('"Admit is up"')).length;
  const upBefore = up();
  expect(before).toHaveLength(3);
  kill(before[0] as number, 'SIGKILL');
  await expect.poll(up, { timeout: 60_000 }).toBe(upBefore + 1);
  expect(pids()).toHaveLength(3);
  expect(pids()).not.toContain(before[0]);
  const workers = await world.app.db.query(
    "select distinct client_port, pid from pg_stat_activity where application_name = 'admit worker' and datname = current_database()",
  );
  // Four pools of one worker.
  expect(workers).toHaveLength(4);
});
