import { type Act, newKey } from './act.ts';
import { addressOf, type Endpoint, type FileReply, type PartsOf, type ReplyOf } from './endpoint.ts';
import { type Fetch, type FileBody, randomBytes, type Signal, wait, within } from './platform.ts';
import { ApiProblem, problemOf, unreachable } from './problem.ts';

export interface CallerOptions {
  /** Called with a path that begins with a slash. */
  fetch: Fetch;
  /** Called before each attempt. Returns your own headers, such as `authorization` and `accept-language`. */
  headers?: () => Record<string, string>;
  /** How many times a call is retried: for reads, and for all other calls. */
  retries?: { reads: number; acts: number };
  /** The time limit of one attempt, in milliseconds. */
  timeoutMs?: number;
  /** True if there is certainly no connection, so that a retry is useless. */
  isOffline?: () => boolean;
  /** The waits between retries. */
  wait?: (ms: number, signal?: Signal) => Promise<void>;
}

export interface CallOptions {
  /**
   * Makes several calls one act, which is carried out once (act.ts). Without it each call is its own act: its retries share
   * a key, and if you call again, the server acts again.
   */
  act?: Act;
  /** How many times this call is retried. */
  retries?: number;
  signal?: Signal;
  /** The file, for an operation whose body is one. Say its `content-type` in `headers`. */
  bytes?: FileBody;
  /** Headers of this call only. */
  headers?: Record<string, string>;
}

export type CallOf<Op> = PartsOf<Op> & CallOptions;
/** The argument of a call. It is optional if none of its members is required. */
export type ArgumentsOf<Op> =
  Record<never, never> extends CallOf<Op> ? [call?: CallOf<Op>] : [call: CallOf<Op>];

export type Caller = <Op>(endpoint: Endpoint<Op>, ...call: ArgumentsOf<Op>) => Promise<ReplyOf<Op>>;

/** A call in the form that the implementation uses. The compiler has already checked its parts. */
interface Given extends CallOptions {
  params?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
  ifMatch?: number;
}

const firstWaitMs = 400;
/** In milliseconds. If the server asks for a longer wait, the client does not retry: a person decides. */
const longestWaitMs = 5_000;
/** The second one, if the work has grown meanwhile. */
const mostProofs = 2;

/** Makes the function that calls operations: `call(placeHold, { params, body })`. It throws an ApiProblem if refused. */
export function createCaller(options: CallerOptions): Caller {
  const { retries = { reads: 3, acts: 3 }, timeoutMs = 30_000, isOffline, wait: pause = wait } = options;

  async function call(endpoint: Endpoint<unknown>, given: Given = {}): Promise<unknown> {
    const { act, signal } = given;
    const [method, , once] = endpoint.split(' ');
    const reads = method === 'GET';
    const key = reads || once ? undefined : (act?.keyFor([endpoint, given.params, given.body]) ?? newKey());
    let proofs = 0;
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
        if (problem.code === 'proof_required' && proofs++ < mostProofs) {
          // Few callers need it, and a page that stays small loads it only then.
          const { proveFor } = await import('./prove-work.ts');
          const proof = await proveFor(problem, call as Caller, given);
          given = { ...given, headers: { ...given.headers, 'queue-proof': proof } };
          continue;
        }
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
        // A random wait, so that not all clients return to the server at the same moment.
        const spread = 0.5 + (randomBytes(1)[0] as number) / 255;
        await pause(problem.retryAfterMs + firstWaitMs * 2 ** tries * spread, signal);
      }
    }
  }

  /** One attempt. Throws an ApiProblem if the server answered. Any other error means that no answer came. */
  async function send(
    method: string,
    endpoint: Endpoint<unknown>,
    { params, query, body, bytes, ifMatch, headers }: Given,
    key: string | undefined,
    signal: Signal,
  ): Promise<unknown> {
    const address = addressOf<unknown>(endpoint, { params } as never);
    const response = await options.fetch(address + search(query), {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
        ...(key && { 'idempotency-key': key }),
        ...options.headers?.(),
        ...headers,
      },
      body: bytes ?? JSON.stringify(body),
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
 * Whether the same request may succeed a moment later: no answer came, or the server or a proxy is unavailable or too
 * busy. After a server error (500) nobody knows what the server did, and "sold out" (409) is an answer for a person.
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
