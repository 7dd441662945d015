import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Refused } from '../../../contract/errors.ts';
import type { Encoded } from './encode.ts';

/**
 * Encodes pictures in processes of their own, one at a time. A file that crashes a decoder, or makes it eat memory or time, ends
 * such a process and not the one that sells tickets.
 */
export interface PictureEncoder {
  /** Throws Refused('pictures_busy') if too many wait, of this sender or of all. */
  encode(bytes: Buffer, sender: string): Promise<Encoded>;
  /** For a job, which waits as long as it takes. */
  encodeAvif(bytes: Buffer): Promise<Encoded>;
}

const program = fileURLToPath(new URL('encode-process.ts', import.meta.url));
/** A large photo takes two seconds of a free core, and its AVIF ten. */
const patienceMs = { picture: 30_000, avif: 120_000 };
const mostWaiting = 8;
const mostWaitingOfSender = 2;
const lookEveryMs = 100;
/** Below the process that answers buyers. */
const niceness = 10;

export function createPictureEncoder({ mostMemoryMb = 400 } = {}): PictureEncoder {
  const waiting: string[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (task: 'picture' | 'avif', bytes: Buffer): Promise<Encoded> => {
    const mine = last.then(() => encodeApart(task, bytes, mostMemoryMb));
    last = mine.catch(() => {});
    return mine;
  };
  return {
    async encode(bytes, sender) {
      const theirs = waiting.filter((each) => each === sender).length;
      if (waiting.length >= mostWaiting || theirs >= mostWaitingOfSender)
        throw new Refused('pictures_busy', { retryAfterSeconds: 5 });
      waiting.push(sender);
      try {
        return await inTurn('picture', bytes);
      } finally {
        waiting.splice(waiting.indexOf(sender), 1);
      }
    },
    encodeAvif: (bytes) => inTurn('avif', bytes),
  };
}

function encodeApart(task: 'picture' | 'avif', bytes: Buffer, mostMemoryMb: number): Promise<Encoded> {
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
    const memory = setInterval(() => {
      if (memoryMbOf(child.pid) > mostMemoryMb) child.kill('SIGKILL');
    }, lookEveryMs);
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
    child.once('error', (error) => {
      clearInterval(memory);
      reject(error);
    });
    child.once('close', () => {
      clearTimeout(patience);
      clearInterval(memory);
      resolve(withBuffers(encoded));
    });
    child.send({ task, bytes }, () => {});
  });
}

/** What a process has in memory, in MB. 0 where the system does not say: only Linux does. */
function memoryMbOf(pid: number | undefined): number {
  try {
    const [, pages = 0] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ').map(Number);
    return (pages * 4096) / 2 ** 20;
  } catch {
    return 0;
  }
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
