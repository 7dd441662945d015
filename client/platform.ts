/*
 * What the client needs of the program that it runs in. Node, browsers, workers and React Native all have it, and none
 * of it is a page's: no document, no cookies, no storage. The types are our own, because each of them brings its own.
 */
export interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listen: () => void): void;
  removeEventListener(type: 'abort', listen: () => void): void;
}

interface Reply {
  ok: boolean;
  status: number;
  headers: { get(name: string): string | null };
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface Sent {
  method: string;
  headers: Record<string, string>;
  body?: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: every platform's fetch wants its own AbortSignal, which this is
  signal: any;
}

export type Fetch = (address: string, sent: Sent) => Promise<Reply>;

declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array };
declare const setTimeout: (run: () => void, ms: number) => unknown;
declare const clearTimeout: (timer: unknown) => void;
declare const AbortController: new () => { signal: Signal; abort(): void };

export const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

/** Runs something that is aborted with the given signal, or after so many milliseconds. */
export async function within<T>(
  ms: number,
  signal: Signal | undefined,
  run: (signal: Signal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  const timer = setTimeout(abort, ms);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  try {
    return await run(stop.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** Done after so many milliseconds, or as soon as the signal, which is not yet, is aborted. */
export const wait = (ms: number, signal?: Signal): Promise<void> =>
  within(ms, signal, (over) => new Promise((done) => over.addEventListener('abort', done)));
