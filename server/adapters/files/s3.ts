import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { Refused } from '../../../contract/errors.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { readBounded } from '../read-bounded.ts';
import type { Files } from './files.ts';
import { pathOfKey } from './keys.ts';
import { readListing } from './s3-listing.ts';
import type { S3Settings } from './settings.ts';

const readTimeoutMs = 5000;
const writeTimeoutMs = 20_000;
/** After the first attempt. A store in trouble says 503 for a moment, and an idle connection may be dead. */
const pausesMs = [150, 600];
/** No file of ours is larger, so a longer answer is not one of them. */
const mostBytes = 16 * 1024 * 1024;
const mostListingBytes = 4 * 1024 * 1024;
const deletedAtOnce = 8;

interface Ask {
  method: 'GET' | 'PUT' | 'DELETE';
  /** Of the file. Undefined asks the bucket itself. */
  key?: string;
  query?: Record<string, string>;
  body?: Buffer;
  timeoutMs: number;
  mostBytes: number;
}
interface Answer {
  status: number;
  bytes: Buffer;
}

/**
 * Keeps files in a bucket of any store that speaks S3's API (AWS, MinIO, Ceph, R2, Garage …), so that machines need no folder that they
 * share. If the store cannot be reached, or answers that something is wrong with it or with our settings, every function throws
 * Refused('pictures_unavailable') and the log says why. `mostReads` files are read at the same time. Other readers are told to come back, so
 * a store that hangs costs no more memory.
 */
export function createS3Files(
  settings: S3Settings,
  { clock, log, mostReads = 256 }: { clock: Clock; log: Log; mostReads?: number },
): Files {
  const { endpoint, bucket, region, prefix, accessKeyId, secretAccessKey } = settings;
  const aws = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  const pathOf = (key: string) => `${prefix}${pathOfKey(key)}`;

  /** One attempt. Throws if no answer comes, or one that another attempt may change. */
  async function attempt(ask: Ask): Promise<Answer> {
    const url = new URL(`${endpoint}/${bucket}${ask.key === undefined ? '' : `/${ask.key}`}`);
    for (const [name, value] of Object.entries(ask.query ?? {})) url.searchParams.set(name, value);
    const body = ask.body === undefined ? null : new Uint8Array(ask.body);
    const signed = await aws.sign(url.href, {
      method: ask.method,
      body,
      headers: {
        // The store checks it, so it keeps no file that was damaged on its way.
        'x-amz-content-sha256': createHash('sha256')
          .update(ask.body ?? '')
          .digest('hex'),
        ...(ask.key && ask.body && { 'content-type': mediaTypeOf(ask.key) }),
      },
      aws: {
        datetime: clock
          .now()
          .toISOString()
          .replace(/[:-]|\.\d{3}/g, ''),
      },
    });
    const answer = await fetch(signed, { redirect: 'manual', signal: AbortSignal.timeout(ask.timeoutMs) });
    const bytes = await readBounded(answer, ask.mostBytes);
    if (answer.status >= 500 || answer.status === 429) throw new Error(`${answer.status} ${codeOf(bytes)}`);
    return { status: answer.status, bytes };
  }

  async function send(ask: Ask): Promise<Answer> {
    for (let n = 0; ; n++) {
      try {
        return await attempt(ask);
      } catch (error) {
        const pause = pausesMs[n];
        if (pause === undefined) throw unavailable(ask, reasonOf(error));
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  function unavailable({ method, key }: Ask, reason: string): Refused {
    log.error({ method, key, reason }, 'the store of pictures failed');
    return new Refused('pictures_unavailable', { retryAfterSeconds: 10 });
  }

  /** Gives up on an answer that another attempt would not change: a wrong key, region or bucket. */
  const expectAnswer = (ask: Ask, { status, bytes }: Answer): void => {
    if (status < 200 || status >= 300) throw unavailable(ask, `${status} ${codeOf(bytes)}`);
  };

  async function list(query: Record<string, string>) {
    const ask: Ask = {
      method: 'GET',
      query: { 'list-type': '2', ...query },
      timeoutMs: writeTimeoutMs,
      mostBytes: mostListingBytes,
    };
    const answer = await send(ask);
    expectAnswer(ask, answer);
    return readListing(answer.bytes.toString('utf8'));
  }

  /** All pages of a listing. */
  async function* pages(query: Record<string, string>) {
    for (let token: string | null = ''; token !== null; ) {
      const page: ReturnType<typeof readListing> = await list(
        token === '' ? query : { ...query, 'continuation-token': token },
      );
      yield page;
      token = page.next;
    }
  }

  /** What is being read now, by key: people who open a page at the same moment cost one request to the store. */
  const reading = new Map<string, Promise<Buffer | null>>();
  async function fetchFile(key: string): Promise<Buffer | null> {
    const ask: Ask = { method: 'GET', key: pathOf(key), timeoutMs: readTimeoutMs, mostBytes };
    const answer = await send(ask);
    if (answer.status === 404 && codeOf(answer.bytes) === 'NoSuchKey') return null;
    expectAnswer(ask, answer);
    return answer.bytes;
  }

  return {
    async write(key, bytes) {
      const ask: Ask = {
        method: 'PUT',
        key: pathOf(key),
        body: bytes,
        timeoutMs: writeTimeoutMs,
        mostBytes: 65_536,
      };
      expectAnswer(ask, await send(ask));
    },
    read(key) {
      const running = reading.get(key);
      if (running) return running;
      if (reading.size >= mostReads)
        return Promise.reject(new Refused('pictures_unavailable', { retryAfterSeconds: 10 }));
      const mine = fetchFile(key).finally(() => reading.delete(key));
      reading.set(key, mine);
      return mine;
    },
    // A bucket grows. The question finds out before a picture is encoded whether the bucket can be reached.
    async hasRoom() {
      await list({ prefix, 'max-keys': '1' });
      return true;
    },
    async removeFolder(folder) {
      for await (const { keys } of pages({ prefix: `${pathOf(folder)}/` })) {
        for (let first = 0; first < keys.length; first += deletedAtOnce)
          await Promise.all(
            keys.slice(first, first + deletedAtOnce).map(async ({ key }) => {
              const ask: Ask = { method: 'DELETE', key, timeoutMs: writeTimeoutMs, mostBytes: 65_536 };
              const answer = await send(ask);
              if (answer.status !== 404) expectAnswer(ask, answer);
            }),
          );
      }
    },
    async *listFolders(folder) {
      const start = `${pathOf(folder)}/`;
      for await (const { folders } of pages({ prefix: start, delimiter: '/' }))
        for (const name of folders) yield name.slice(start.length, -1);
    },
    async changedAt(folder) {
      let latest: Date | null = null;
      for await (const { keys } of pages({ prefix: `${pathOf(folder)}/` }))
        for (const { changedAt } of keys) if (!latest || changedAt > latest) latest = changedAt;
      return latest;
    },
  };
}

const mediaTypes: Record<string, string> = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' };
const mediaTypeOf = (key: string): string =>
  mediaTypes[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

/** `NoSuchKey`, `AccessDenied` …: the code in an error of S3, empty if there is none. */
const codeOf = (bytes: Buffer): string =>
  bytes
    .subarray(0, 2000)
    .toString('utf8')
    .match(/<Code>([A-Za-z0-9]{1,60})<\/Code>/)?.[1] ?? '';

/** `fetch` says why in the cause. */
const reasonOf = (error: unknown): string =>
  [error, (error as Error).cause]
    .filter((each) => each instanceof Error)
    .map(({ message }) => message)
    .join(': ');
