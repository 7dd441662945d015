/*
 * What the client needs from its environment. Node, browsers, workers and React Native all have it. The client needs no
 * document, cookies or storage. The types are declared here, because each platform declares its own.
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

/** A file that is sent: bytes, or what the platform calls a Blob or File. */
export type FileBody = Uint8Array | { readonly size: number; readonly type: string };

export interface Sent {
  method: string;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: a text or a FileBody, and every platform's fetch has its own type of a Blob
  body?: any;
  // biome-ignore lint/suspicious/noExplicitAny: every platform's fetch wants its own AbortSignal, which this is
  signal: any;
}

export type Fetch = (address: string, sent: Sent) => Promise<Reply>;

declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array };
declare const setTimeout: (run: () => void, ms: number) => unknown;
declare const clearTimeout: (timer: unknown) => void;
declare const AbortController: new () => { signal: Signal; abort(): void };

export const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

/** Runs a function with a signal that aborts with the given signal, or after so many milliseconds. */
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

/** Resolves after so many milliseconds, or when the signal aborts. The signal must not be aborted yet. */
export const wait = (ms: number, signal?: Signal): Promise<void> =>
  within(ms, signal, (over) => new Promise((done) => over.addEventListener('abort', done)));
