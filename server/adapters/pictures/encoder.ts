import { fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Refused } from '../../../contract/errors.ts';
import type { Encoded } from './encode.ts';

/**
 * Encodes pictures in processes of their own, one at a time. A file that crashes a decoder, or makes it eat memory or time, ends
 * such a process and not the one that sells tickets.
 */
export interface PictureEncoder {
  /** Throws Refused('pictures_busy') if too many wait. */
  encode(task: 'picture' | 'avif', bytes: Buffer): Promise<Encoded>;
}

const program = fileURLToPath(new URL('encode-process.ts', import.meta.url));
/** A large photo takes two seconds of a free core, and its AVIF ten. */
const patienceMs = { picture: 30_000, avif: 120_000 };
const mostWaiting = 8;
/** Below the process that answers buyers. */
const niceness = 10;

export function createPictureEncoder(): PictureEncoder {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    async encode(task, bytes) {
      if (waiting >= mostWaiting) throw new Refused('pictures_busy', { retryAfterSeconds: 5 });
      waiting++;
      const mine = last
        .then(() => encodeApart(task, bytes))
        .finally(() => {
          waiting--;
        });
      last = mine.catch(() => {});
      return mine;
    },
  };
}

function encodeApart(task: 'picture' | 'avif', bytes: Buffer): Promise<Encoded> {
  return new Promise((resolve, reject) => {
    const child = fork(program, {
      serialization: 'advanced',
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // A process that ends without an answer met a file that its decoder could not survive.
    let encoded: Encoded = { fault: 'damaged' };
    const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs[task]);
    child.once('spawn', () => {
      try {
        setPriority(child.pid as number, niceness);
      } catch {
        // The process has ended already, or the system allows no priorities.
      }
    });
    child.once('message', (answer) => {
      encoded = answer as Encoded;
    });
    // There is no process: that is not the file's fault.
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(patience);
      resolve(withBuffers(encoded));
    });
    child.send({ task, bytes }, () => {});
  });
}

/** Between processes a Buffer becomes a plain Uint8Array. */
const withBuffers = (encoded: Encoded): Encoded =>
  'fault' in encoded
    ? encoded
    : {
        ...encoded,
        files: Object.fromEntries(
          Object.entries(encoded.files).map(([name, bytes]) => [name, Buffer.from(bytes)]),
        ),
      };
