import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { createS3Files } from './s3.ts';
import { readListing } from './s3-listing.ts';

/* What no real server does when asked: answers that are slow, endless or broken. s3.services.ts has a real one. */
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Files in a bucket of a server that answers one request after the other as it is told; the last answer stays. */
async function filesOf(...answers: Answer[]) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    request.resume();
    (answers[Math.min(asked.length, answers.length) - 1] as Answer)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const logged: unknown[] = [];
  const log = { error: (what: unknown) => logged.push(what) };
  const { port } = server.address() as AddressInfo;
  const settings = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'covers',
    region: 'auto',
    accessKeyId: 'key',
    secretAccessKey: 'a secret of somebody',
    prefix: '',
  };
  // The log of the program has more functions than are called here.
  return {
    files: createS3Files(settings, { clock: systemClock, log: log as never, mostReads: 20 }),
    asked,
    logged,
  };
}
const says =
  (status: number, body = ''): Answer =>
  (_, response) => {
    response.writeHead(status).end(body);
  };
const coded = (status: number, code: string) => says(status, `<Error><Code>${code}</Code></Error>`);
const breaks: Answer = (request) => void request.socket.destroy();
const unavailable = { code: 'pictures_unavailable' };

test('a store that is busy for a moment, or drops a connection, is asked again', async () => {
  const { files, asked } = await filesOf(coded(503, 'SlowDown'), breaks, says(200, 'a picture'));
  expect(`${await files.read('pictures/a/720.webp')}`).toBe('a picture');
  expect(asked).toHaveLength(3);
});

test('what another attempt would not change is not tried again, and the log says the reason without the secret', async () => {
  const { files, asked, logged } = await filesOf(coded(403, 'SignatureDoesNotMatch'));
  await expect(files.write('pictures/a/720.webp', Buffer.from('x'))).rejects.toMatchObject(unavailable);
  expect(asked).toHaveLength(1);
  expect(logged).toEqual([
    { method: 'PUT', key: 'pictures/a/720.webp', reason: '403 SignatureDoesNotMatch' },
  ]);
});

test('only a missing key is a missing file: a missing bucket and a move to another region are failures', async () => {
  expect(await (await filesOf(coded(404, 'NoSuchKey'))).files.read('a/b')).toBe(null);
  for (const answer of [coded(404, 'NoSuchBucket'), coded(301, 'PermanentRedirect'), says(404)])
    await expect((await filesOf(answer)).files.read('a/b')).rejects.toMatchObject(unavailable);
});

test('an endless answer is given up before it fills the memory', async () => {
  let sent = 0;
  const { files } = await filesOf((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536;
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  await expect(files.read('a/b')).rejects.toMatchObject(unavailable);
  // Three attempts of 16 MiB, and what was on its way.
  expect(sent).toBeLessThan(3 * 32 * 2 ** 20);
});

test('people who read the same file at once cost one request, and too many files at once are refused', async () => {
  const waiting: ServerResponse[] = [];
  const { files, asked } = await filesOf((_, response) => void waiting.push(response));
  const same = Array.from({ length: 50 }, () => files.read('a/b'));
  const others = Array.from({ length: 19 }, (_, n) => files.read(`a/${n}`));
  await expect(files.read('a/last')).rejects.toMatchObject(unavailable);
  await expect.poll(() => waiting.length).toBe(20);
  for (const response of waiting) response.end('x');
  expect(new Set((await Promise.all([...same, ...others])).map(String))).toEqual(new Set(['x']));
  expect(asked).toHaveLength(20);
});

test('a listing is read with the token of its next page', () => {
  const xml = `<?xml version="1.0"?><ListBucketResult><Prefix>p/</Prefix><NextContinuationToken>a&amp;b&#x3d;=</NextContinuationToken>
    <Contents><Key>p/a/1.webp</Key><LastModified>2026-11-30T10:00:00.000Z</LastModified></Contents>
    <CommonPrefixes><Prefix>p/a/</Prefix></CommonPrefixes><CommonPrefixes><Prefix>p/b/</Prefix></CommonPrefixes></ListBucketResult>`;
  expect(readListing(xml)).toEqual({
    keys: [{ key: 'p/a/1.webp', changedAt: new Date('2026-11-30T10:00:00Z') }],
    folders: ['p/a/', 'p/b/'],
    next: 'a&b==',
  });
  expect(readListing('<ListBucketResult/>')).toEqual({ keys: [], folders: [], next: null });
});
