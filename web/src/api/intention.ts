import { useRef } from 'react';
import { ApiProblem } from './problem.ts';

/** A fresh key: 128 random bits. randomUUID would need a secure context, which a phone on the LAN lacks. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export interface Intention {
  /** The key for carrying out this payload: the same one until it is settled, another for another payload. */
  keyFor(payload: unknown): string;
  /** Says that an answer came. Where the outcome is unknown the key stays, so that a retry can't do it twice. */
  settle(error?: unknown): void;
}

export function createIntention(): Intention {
  let current: { payload: string; key: string } | null = null;
  return {
    keyFor(payload) {
      const text = JSON.stringify(payload);
      if (current?.payload !== text) current = { payload: text, key: newKey() };
      return current.key;
    },
    settle(error) {
      if (error instanceof ApiProblem && error.outcomeUnknown) return;
      current = null;
    },
  };
}

/** One intention of the person at this page. */
export function useIntention(): Intention {
  const ref = useRef<Intention>(null);
  ref.current ??= createIntention();
  return ref.current;
}
