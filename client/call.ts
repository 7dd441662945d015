import { type Act, newKey } from './act.ts';
import { addressOf, type Endpoint, type FileReply, type PartsOf, type ReplyOf } from './endpoint.ts';
import { type Fetch, randomBytes, type Signal, wait, within } from './platform.ts';
import { ApiProblem, problemOf, unreachable } from './problem.ts';

export interface CallerOptions {
  /** Is given an address that begins with a slash. */
  fetch: Fetch;
  /** Asked before each try: headers of your own, such as `authorization` and `accept-language`. */
  headers?: () => Record<string, string>;
  /** How often a call is tried again by itself, for reading and for everything else. */
  retries?: { reads: number; acts: number };
  /** How long one try may take, in milliseconds. */
  timeoutMs?: number;
  /** Whether there is certainly no connection, so that waiting for a better moment is of no use. */
  isOffline?: () => boolean;
  /** The clock of the retries. */
  wait?: (ms: number, signal?: Signal) => Promise<void>;
}

export interface CallOptions {
  /**
   * What is to be done once, over all of its calls (act.ts). Without one, a call is an act of its own: its retries
   * share a key, and a call that you make again is done again.
   */
  act?: Act;
  /** How often this call is tried again by itself. */
  retries?: number;
  signal?: Signal;
  /** Headers that only this call has. */
  headers?: Record<string, string>;
}

export type CallOf<Op> = PartsOf<Op> & CallOptions;
/** The one argument of a call, which may be left out where nothing in it is required. */
export type ArgumentsOf<Op> =
  Record<never, never> extends CallOf<Op> ? [call?: CallOf<Op>] : [call: CallOf<Op>];

export type Caller = <Op>(endpoint: Endpoint<Op>, ...call: ArgumentsOf<Op>) => Promise<ReplyOf<Op>>;

/** A call whose parts the compiler has checked already. */
interface Given extends CallOptions {
  params?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
  ifMatch?: number;
}

const firstWaitMs = 400;
/** A server that asks for a longer wait is not waited for: a person decides. */
const longestWaitMs = 5_000;

/** Makes the function that calls operations: `call(placeHold, { params, body })`. Throws an ApiProblem for each refusal. */
export function createCaller(options: CallerOptions): Caller {
  const { retries = { reads: 3, acts: 3 }, timeoutMs = 30_000, isOffline, wait: pause = wait } = options;

  async function call(endpoint: Endpoint<unknown>, given: Given = {}): Promise<unknown> {
    const { act, signal } = given;
    const [method, , once] = endpoint.split(' ');
    const reads = method === 'GET';
    const key = reads || once ? undefined : (act?.keyFor([endpoint, given.params, given.body]) ?? newKey());
    for (let tries = 0; ; tries++) {
      try {
        const reply = await within(timeoutMs, signal, (stop) =>
          send(method as string, endpoint, given, key, stop),
        );
        act?.settle();
        return reply;
      } catch (error) {
        if (signal?.aborted) throw signal.reason ?? error;
        const problem = error instanceof ApiProblem ? error : unreachable();
        const again =
          tries < (given.retries ?? (reads ? retries.reads : retries.acts)) &&
          !once &&
          !isOffline?.() &&
          problem.retryAfterMs <= longestWaitMs &&
          maySucceedNow(problem, reads);
        if (!again) {
          act?.settle(problem);
          throw problem;
        }
        // Spread out, so that a server that was away is not met by everyone at once.
        const spread = 0.5 + (randomBytes(1)[0] as number) / 255;
        await pause(problem.retryAfterMs + firstWaitMs * 2 ** tries * spread, signal);
      }
    }
  }

  /** One try. Throws an ApiProblem where the server answered; anything else means that no answer came. */
  async function send(
    method: string,
    endpoint: Endpoint<unknown>,
    { params, query, body, ifMatch, headers }: Given,
    key: string | undefined,
    signal: Signal,
  ): Promise<unknown> {
    const address = addressOf<unknown>(endpoint, { params } as never);
    const response = await options.fetch(address + search(query), {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(ifMatch && { 'if-match': `"${ifMatch}"` }),
        ...(key && { 'idempotency-key': key }),
        ...options.headers?.(),
        ...headers,
      },
      body: JSON.stringify(body),
      signal,
    });
    const type = response.headers.get('content-type');
    if (response.ok && type && !/json/.test(type))
      return { type, bytes: new Uint8Array(await response.arrayBuffer()) } satisfies FileReply;
    const reply = parse(await response.text());
    if (response.ok) return reply;
    throw problemOf(response.status, reply, Number(response.headers.get('retry-after')) * 1000 || 0);
  }

  return call as Caller;
}

/**
 * Whether the same request may succeed a moment later: no answer came, or the server or a proxy is away or too busy. Of a
 * failure of the server (500) nobody knows what it did, and "sold out" (409) is for a person to hear.
 */
const maySucceedNow = ({ status, retryable }: ApiProblem, reads: boolean): boolean =>
  retryable && (reads || (status !== 409 && status !== 500));

function search(query: Record<string, unknown> = {}): string {
  let text = '';
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '')
      text += `${text ? '&' : '?'}${name}=${encodeURIComponent(value as string)}`;
  }
  return text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
