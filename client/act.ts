import { randomBytes } from './platform.ts';
import { isProblem } from './problem.ts';

/** A fresh key: 128 random bits. randomUUID would need a secure context, which a phone on the LAN lacks. */
export const newKey = (): string =>
  Array.from(randomBytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * What a person or a program wants done once, over all of its calls. As long as nobody knows whether it was done, the
 * same request goes under the same Idempotency-Key; another request is another act.
 */
export interface Act {
  /** The key for this request. */
  keyFor(request: unknown): string;
  /** Says that an answer came. Where the outcome is unknown the key stays, so that a retry can't do it twice. */
  settle(error?: unknown): void;
}

export function createAct(): Act {
  let current: { request: string; key: string } | null = null;
  return {
    keyFor(request) {
      const text = JSON.stringify(request);
      if (current?.request !== text) current = { request: text, key: newKey() };
      return current.key;
    },
    settle(error) {
      if (!isProblem(error) || !error.outcomeUnknown) current = null;
    },
  };
}
