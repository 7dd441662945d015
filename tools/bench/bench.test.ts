import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { encodeRequest } from './http-requests.ts';
import { drive, type Script } from './load-engine.ts';
import { median, percentile } from './percentiles.ts';
import { type Report, toJson } from './report.ts';
import { ratioOver } from './rounds.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A server that answers each request by writing these pieces, one per turn of the event loop. */
async function answering(pieces: string[]): Promise<number> {
  const answer = async (socket: Socket) => {
    for (const piece of pieces) {
      socket.write(piece);
      await wait(2);
    }
  };
  server = createServer({ noDelay: true }, (socket) => socket.on('data', () => void answer(socket)));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const request = encodeRequest({ method: 'POST', path: '/', body: { a: 1 } });

test('an answer counts once, when its last piece has arrived', async () => {
  const port = await answering([
    'HTTP/1.1 409 Conflict\r\ncontent-',
    'length: 19\r\n\r',
    '\n{"code":"sold',
    '_out"}',
  ]);
  const bodies: string[] = [];
  let sent = 0;
  const script: Script = {
    next(_slot, status, body) {
      if (body) bodies.push(`${status} ${body}`);
      return sent++ < 3 ? request : null;
    },
  };
  const slice = await drive(script, { ports: [port], connections: 1, seconds: 10 });
  expect(bodies).toEqual(Array(3).fill('409 {"code":"sold_out"}'));
  expect(slice).toMatchObject({ answered: 3, statuses: { 409: 3 }, codes: { sold_out: 3 } });
});

test('pauses are kept, and nothing is sent after the end', async () => {
  const port = await answering(['HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n']);
  let asked = 0;
  const script: Script = { next: (_slot, status) => (status > 0 ? 50 : asked++ < 100 ? request : null) };
  const slice = await drive(script, { ports: [port], connections: 1, seconds: 0.3 });
  expect(slice.answered).toBeGreaterThan(1);
  expect(slice.answered).toBeLessThanOrEqual(6);
});

test('answers of the lead are load, and count for no rate or latency', async () => {
  const port = await answering(['HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n']);
  let asked = 0;
  // All requests but the last are answered within the lead, which lasts longer than they take.
  const script: Script = {
    next: () => (asked++ < 3 ? request : asked === 4 ? 1000 : asked === 5 ? request : null),
  };
  const slice = await drive(script, { ports: [port], connections: 1, leadSeconds: 0.5, seconds: 2 });
  expect(slice).toMatchObject({ answered: 4, statuses: { 200: 4 }, leadSeconds: 0.5 });
  expect(slice.rate * slice.seconds).toBeCloseTo(1);
});

test('a connection that the server closes fails the run', async () => {
  server = createServer((socket) => socket.on('data', () => socket.end()));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await expect(drive({ next: () => request }, { ports: [port], connections: 2, seconds: 5 })).rejects.toThrow(
    'closed a connection',
  );
});

test('percentiles and medians', () => {
  expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.5)).toBe(5);
  expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.99)).toBe(10);
  expect(percentile([], 0.5)).toBeNaN();
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 9])).toBe(3);
});

test('a ratio is the median of the ratios of neighbours, so that a slow minute does not matter', () => {
  const admit = [{ rate: 50 }, { rate: 5 }, { rate: 60 }];
  const empty = [{ rate: 100 }, { rate: 10 }, { rate: 100 }];
  expect(ratioOver(admit, empty)).toBe(0.5);
});

test('the JSON has the reached figures', () => {
  const report: Report = {
    bench: 'holds',
    rate: 1234.5678,
    emptyRate: null,
    ratioToEmpty: 0.49999,
    singleTxRate: null,
    ratioToSingleTx: null,
    p50Ms: 1,
    p99Ms: Number.NaN,
    serverRssMb: 100,
    audit: 'ok',
    targets: [
      { what: 'enough', value: 0.5, least: 0.5 },
      { what: 'too much', value: 1.4, most: 1.3 },
      { what: 'unknown', value: Number.NaN, most: 1 },
    ],
  };
  const read = JSON.parse(toJson(report));
  expect(read).toMatchObject({ bench: 'holds', rate: 1234.57, p99Ms: null, reached: false });
  expect(read.targets.map((target: { reached: boolean }) => target.reached)).toEqual([true, false, false]);
});
