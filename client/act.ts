import { randomBytes } from './platform.ts';
import { isProblem } from './problem.ts';

/** A new key: 128 random bits. randomUUID would need a secure context, and a phone on the LAN has none. */
export const newKey = (): string =>
  Array.from(randomBytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * One intention that several calls may carry out, but only once. While its outcome is unknown, the same request goes with
 * the same Idempotency-Key. A different request gets a new key.
 */
export interface Act {
  /** Returns the key for this request. */
  keyFor(request: unknown): string;
  /** Call it when an answer came. If the outcome is unknown, do not: then a retry reuses the key and cannot act twice. */
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
