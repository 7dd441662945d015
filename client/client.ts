import { type ArgumentsOf, type CallerOptions, createCaller } from './call.ts';
import type { Endpoint, RefusalOf, ReplyOf } from './endpoint.ts';
import * as endpoints from './endpoints.generated.ts';
import type { Fetch } from './platform.ts';
import { isProblem } from './problem.ts';

type Endpoints = typeof endpoints;
export type OperationId = keyof Endpoints;
export type OperationOf<Id extends OperationId> = Endpoints[Id] extends Endpoint<infer Op> ? Op : never;

/** The outcome of a call as a value. `code` says which refusal it is; `members` has the members of that code. */
export type Outcome<Op> = { ok: true; reply: ReplyOf<Op> } | { ok: false; problem: RefusalOf<Op> };

type Calls = {
  [Id in OperationId]: (...call: ArgumentsOf<OperationOf<Id>>) => Promise<ReplyOf<OperationOf<Id>>>;
};
type Tries = {
  [Id in OperationId]: (...call: ArgumentsOf<OperationOf<Id>>) => Promise<Outcome<OperationOf<Id>>>;
};

/** Every operation of the contract by its id. `client.placeHold({ params, body })` throws an ApiProblem if refused. */
export type Client = Calls & {
  /** The same operations, but a refusal is a value: `client.try.placeHold(…)` returns an Outcome. */
  try: Tries;
};

export interface ClientOptions extends Omit<CallerOptions, 'fetch'> {
  /** The server's URL, without a slash at the end. */
  baseUrl: string;
  /** Defaults to the platform's fetch. Called with a whole URL. */
  fetch?: Fetch;
  /** The language of mails and texts, as in `Accept-Language`. Called before each attempt. */
  language?: () => string;
  /** The session's token, sent as `Authorization: Bearer`; undefined without a session. Called before each attempt. */
  token?: () => string | null | undefined;
}

/**
 * The API for a program: an app, a script, another service. It uses no cookies and stores nothing; you keep the token from
 * signing in. A page that must stay small uses createCaller (call.ts) and only the endpoints that it needs.
 */
export function createClient({
  baseUrl,
  fetch = (globalThis as unknown as { fetch: Fetch }).fetch,
  language,
  token,
  headers,
  ...options
}: ClientOptions): Client {
  const call = createCaller({
    ...options,
    fetch: (address, sent) => fetch(baseUrl + address, sent),
    headers() {
      const given = token?.();
      return {
        ...(language && { 'accept-language': language() }),
        ...(given && { authorization: `Bearer ${given}` }),
        ...headers?.(),
      };
    },
  });
  const anyCall = call as AnyCall;
  return {
    ...bindAll(anyCall),
    try: bindAll((endpoint, given) => outcomeOf(anyCall(endpoint, given))),
  } as Client;
}

type AnyCall = (endpoint: string, given?: object) => Promise<unknown>;

const bindAll = (call: AnyCall) =>
  Object.fromEntries(
    Object.entries(endpoints).map(([id, endpoint]) => [id, (given?: object) => call(endpoint, given)]),
  );

async function outcomeOf(called: Promise<unknown>): Promise<unknown> {
  try {
    return { ok: true, reply: await called };
  } catch (problem) {
    if (!isProblem(problem)) throw problem;
    return { ok: false, problem };
  }
}
