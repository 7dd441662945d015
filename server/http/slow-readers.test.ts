import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConnection, requestHead } from '../testing/raw-connection.ts';
import { sampleOf } from '../testing/thorough.ts';
import { createWorld, type World } from '../testing/world.ts';
import { createServer } from './server.ts';
import { allowLongAnswer } from './slow-readers.ts';

/** More than the two ends of a connection keep for a client that does not read. */
const size = 64 * 1024 * 1024;
let world: World;
let http: FastifyInstance;
let url: string;
let answerLate = Promise.withResolvers<void>();
let isOpen = false;
beforeAll(async () => {
  world = await createWorld({ RESPONSE_SECONDS: '1' });
  http = await createServer(world.app);
  answerLarge(http);
  http.get('/pieces', (_, reply) => reply.send(pieces()));
  http.get('/late', async () => {
    await answerLate.promise;
    return 'late';
  });
  url = await http.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await http.close();
  await world.close();
});

/** An answer in pieces, like a file. It has no end. */
function pieces(): ReadableStream {
  const piece = Buffer.alloc(64 * 1024, 'x');
  return new ReadableStream({
    pull: (controller) => controller.enqueue(piece),
    cancel: () => {
      isOpen = false;
    },
    start: () => {
      isOpen = true;
    },
  });
}

const answerLarge = (server: FastifyInstance) =>
  server.get('/large', (_, reply) => reply.send(Buffer.alloc(size, 'x')));

const cutOff = async () => {
  const { values } = await world.app.metrics.slowReaders.get();
  return values[0]?.value ?? 0;
};

/** Takes one chunk of the answer at a time, several times a second: there is some progress all the time. */
async function readSlowly(path: string): Promise<number> {
  const { socket, write, closed } = openConnection(url);
  let received = 0;
  socket.on('data', (text: string) => {
    received += text.length;
    socket.pause();
  });
  write(requestHead('GET', path));
  const timer = setInterval(() => socket.resume(), 100);
  await closed;
  clearInterval(timer);
  return received;
}

test.each(sampleOf(['/pieces', '/large'], 1))(
  'a client that reads %s slowly loses its connection, though it makes progress',
  async (path) => {
    const before = await cutOff();
    const received = await readSlowly(path);
    expect(received).toBeGreaterThan(0);
    expect(received).toBeLessThan(size);
    expect(await cutOff()).toBe(before + 1);
    await expect.poll(() => isOpen).toBe(false);
  },
);

test('a long answer goes on while the client takes enough of it, and ends when the client takes no more', async () => {
  const before = await cutOff();
  const { app } = world;
  // The two ends of a connection keep some megabytes, and a client that reads moves them on in large steps. Within three
  // seconds there are several.
  const server = await createServer({ ...app, config: { ...app.config, responseSeconds: 3 } });
  server.get('/long', (_, reply) => {
    allowLongAnswer(reply.raw);
    return reply.send(pieces());
  });
  try {
    const { socket, write } = openConnection(await server.listen({ host: '127.0.0.1', port: 0 }));
    let received = 0;
    socket.on('data', (text: string) => {
      received += text.length;
      socket.pause();
    });
    write(requestHead('GET', '/long'));
    // At most 64 KiB in ten milliseconds, so 32 MB take longer than the deadline.
    const timer = setInterval(() => socket.resume(), 10);
    await expect.poll(() => received > 32e6, { timeout: 90_000 }).toBe(true);
    clearInterval(timer);
    expect([await cutOff(), isOpen]).toEqual([before, true]);
    await expect.poll(cutOff, { timeout: 60_000 }).toBe(before + 1);
    await expect.poll(() => isOpen).toBe(false);
    socket.destroy();
  } finally {
    await server.close();
  }
});

test('a client that reads as fast as it can gets all of it', async () => {
  const before = await cutOff();
  // On a busy machine even a fast client needs more than the second that the others have.
  const { app } = world;
  const patient = await createServer({ ...app, config: { ...app.config, responseSeconds: 120 } });
  answerLarge(patient);
  try {
    const address = await patient.listen({ host: '127.0.0.1', port: 0 });
    expect((await (await fetch(`${address}/large`)).arrayBuffer()).byteLength).toBe(size);
    expect(await cutOff()).toBe(before);
  } finally {
    await patient.close();
  }
});

test('an answer that has not begun is waited for, however long its command takes', async () => {
  answerLate = Promise.withResolvers();
  const before = await cutOff();
  const late = openConnection(url);
  late.write(requestHead('GET', '/late'));
  const answer = late.answer();
  // A slow reader beside it is cut off meanwhile: a whole deadline has passed.
  await readSlowly('/large');
  answerLate.resolve();
  expect(await answer).toMatchObject({ status: 200 });
  expect(await cutOff()).toBe(before + 1);
  late.socket.destroy();
});
