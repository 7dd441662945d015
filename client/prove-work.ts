import type { EventId } from '../contract/ids.ts';
import type { QueueChallenge } from '../contract/waiting-room.ts';
import type { Caller } from './call.ts';
import { getQueueChallenge } from './endpoints.generated.ts';
import type { Signal } from './platform.ts';
import type { ApiProblem } from './problem.ts';

/** Where the platform has WebCrypto. Browsers have it only on pages that came over https, or from the machine itself. */
interface Subtle {
  importKey(
    format: 'raw',
    key: Uint8Array,
    algorithm: 'PBKDF2',
    extractable: false,
    use: ['deriveBits'],
  ): Promise<unknown>;
  deriveBits(
    by: { name: 'PBKDF2'; hash: 'SHA-256'; salt: Uint8Array; iterations: number },
    key: unknown,
    bits: number,
  ): Promise<ArrayBuffer>;
}
declare const crypto: { subtle?: Subtle };
declare const btoa: (text: string) => string;

/** Solves a challenge for the queue that refused the call. Throws the refusal where the platform cannot solve it. */
export async function proveFor(
  problem: ApiProblem,
  call: Caller,
  { params, signal }: { params?: Record<string, string | number>; signal?: Signal | undefined },
): Promise<string> {
  if (!crypto.subtle) throw problem;
  const { eventId } = params as { eventId: EventId };
  const challenge = await call(getQueueChallenge, { params: { eventId }, ...(signal && { signal }) });
  return solveChallenge(challenge, signal);
}

/** Attempts that run side by side: the platform derives keys on several threads. */
const atOnce = 4;

/**
 * Tries counters until one fits, and returns the value of `Queue-Proof`. It needs only WebCrypto, which works outside the thread
 * of the page, so a page needs no worker.
 */
export async function solveChallenge(challenge: QueueChallenge, signal?: Signal): Promise<string> {
  const { parameters } = challenge;
  const { attempts } = parameters.data;
  for (let first = 0; first < attempts; first += atOnce) {
    if (signal?.aborted) throw signal.reason;
    const counters = Array.from({ length: atOnce }, (_, i) => first + i);
    const keys = await Promise.all(counters.map((counter) => deriveKey(parameters, counter)));
    const found = keys.findIndex((key) => key.startsWith(parameters.keyPrefix));
    if (found >= 0) {
      const solution = { counter: first + found, derivedKey: keys[found] };
      return btoa(JSON.stringify({ challenge, solution }));
    }
  }
  throw new Error('no counter solves this challenge');
}

async function deriveKey(of: QueueChallenge['parameters'], counter: number): Promise<string> {
  const nonce = bytesOf(of.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  const subtle = crypto.subtle as Subtle;
  const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
  const by = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(of.salt), iterations: of.cost } as const;
  return hexOf(new Uint8Array(await subtle.deriveBits(by, key, of.keyLength * 8)));
}

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
