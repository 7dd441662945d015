import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import { errorCodesOf, isRepeatable, type Operation } from '../contract/operation.ts';
import { operations } from '../contract/operations.ts';
import { bodyOf, type Cast, callerOf, createCast } from '../server/testing/cast.ts';
import { createWorld, type World } from '../server/testing/world.ts';
import { describeEndpoints } from '../tools/make-endpoints.ts';
import { type Client, createClient, type OperationId, type OperationOf } from './client.ts';
import type { FileReply, PartsOf, RefusalOf, ReplyOf } from './endpoint.ts';
import * as endpoints from './endpoints.generated.ts';
import { ApiProblem } from './problem.ts';

let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await createWorld();
  cast = await createCast(world);
});
afterAll(() => world?.close());

test('the endpoints match the contract', async () => {
  expect(readFileSync(join(import.meta.dirname, 'endpoints.generated.ts'), 'utf8')).toBe(
    await describeEndpoints(),
  );
  expect(Object.keys(endpoints).sort()).toEqual(operations.map(({ id }) => id).sort());
});

/*
 * Calls each operation by its name as somebody who may, with the body of its documented example, and then calls it again
 * with the same act, as after a lost answer. The second call must not be refused, unless the contract says not repeatable.
 */
let repeated = 0;
test.each(operations.map((op) => [op.id, op] as const))('%s is called', async (_, op) => {
  const sent: { operation: string; key: string | undefined }[] = [];
  const admit = createClient({
    baseUrl: world.url,
    headers: () => ({ cookie: cast.callers[callerOf[op.access]].cookie() }),
    fetch(address, request) {
      const { pathname } = new URL(address);
      const reached = operations.filter(
        ({ method, path }) => method === request.method && matches(path, pathname),
      );
      sent.push({ operation: reached.map(({ id }) => id).join(), key: request.headers['idempotency-key'] });
      return fetch(address, request);
    },
    retries: { reads: 0, acts: 0 },
  }) as unknown as Record<string, (call: object) => Promise<unknown>>;
  const call = {
    ...(op.params && { params: paramsOf(op, cast.params) }),
    ...(op.body && { body: bodyOf(op, cast.params) }),
    ...(op.query && { query: queries[op.id] ?? {} }),
    ...(op.ifMatch && { ifMatch: 1 }),
    headers: op.method === 'GET' || !isRepeatable(op) ? {} : { 'idempotency-key': `key-of-${op.id}` },
  };
  const came = await admit[op.id]?.(call).catch((error: unknown) => error);
  expect(sent).toEqual([
    {
      operation: op.id,
      key: op.method === 'GET' || !isRepeatable(op) ? undefined : `key-of-${op.id}`,
    },
  ]);
  if (came instanceof ApiProblem) {
    expect(errorCodesOf(op), JSON.stringify(came.members)).toContain(came.code);
    expect(came.outcomeUnknown).toBe(false);
  } else if (op.produces) {
    expect(came).toEqual({ type: expect.any(String), bytes: expect.any(Uint8Array) });
  } else {
    expect(op.reply === null ? came : op.reply.safeParse(came).success).toBe(
      op.reply === null ? undefined : true,
    );
  }
  if (op.method === 'GET' || !isRepeatable(op) || came instanceof ApiProblem) return;
  repeated++;
  expect(await admit[op.id]?.(call)).toEqual(came === undefined ? undefined : expect.anything());
});

test('many of the unsafe operations were carried out and repeated', () => {
  expect(repeated).toBeGreaterThan(10);
});

/** The required parameters of an operation's query. */
const queries: Record<string, object> = {
  verifyEmail: { token: 'unknown' },
  getSandboxPayment: { clientSecret: 'unknown' },
};

const paramsOf = ({ path }: Operation, known: Record<string, string>) =>
  Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, known[name]]));

const matches = (path: string, pathname: string): boolean =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname);

/* What follows is tested by the compiler. Each type collects the operations for which something does not hold. */
type NamesIn<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type ParamsOf<Op> = PartsOf<Op> extends { params: infer Params } ? keyof Params : never;
type PathOf<Op> = Op extends { path: infer Path } ? Path : never;
type Same<A, B> = [A, B] extends [B, A] ? true : false;
type IsAny<T> = 0 extends 1 & T ? true : false;

/** Values for the parameters in the operation's path. */
type WrongParams = {
  [Id in OperationId]: Same<ParamsOf<OperationOf<Id>>, NamesIn<PathOf<OperationOf<Id>>>> extends true
    ? never
    : Id;
}[OperationId];

type Untyped = {
  [Id in OperationId]: IsAny<PartsOf<OperationOf<Id>>> extends true
    ? Id
    : unknown extends ReplyOf<OperationOf<Id>>
      ? Id
      : [ReplyOf<OperationOf<Id>>] extends [never]
        ? Id
        : [RefusalOf<OperationOf<Id>>] extends [never]
          ? Id
          : never;
}[OperationId];

test('each operation can be called with its types', () => {
  expectTypeOf<WrongParams>().toEqualTypeOf<never>();
  expectTypeOf<Untyped>().toEqualTypeOf<never>();
  expectTypeOf<Exclude<keyof Client, 'try'>>().toEqualTypeOf<OperationId>();
  expectTypeOf<ReturnType<Client['getTicketPdf']>>().toEqualTypeOf<Promise<FileReply>>();
  expectTypeOf<ReturnType<Client['releaseHold']>>().toEqualTypeOf<Promise<undefined>>();
  expectTypeOf<Parameters<Client['updateEvent']>[0]>().toExtend<{ ifMatch: number }>();
  type Refusals = RefusalOf<OperationOf<'checkIn'>>['code'];
  expectTypeOf<Extract<Refusals, 'already_used' | 'unreachable' | 'sold_out'>>().toEqualTypeOf<
    'already_used' | 'unreachable'
  >();
  const call = (admit: Client) => {
    // @ts-expect-error the version to change is missing
    admit.updateEvent({ params: { eventId: 'evt_1' }, body: {} });
    // @ts-expect-error the id of an order is not the id of an event
    admit.getEvent({ params: { orderId: 'ord_1' } });
    // @ts-expect-error a hold has no such field
    admit.placeHold({ params: { eventId: 'evt_1' }, body: { places: 2 } });
    admit.listEvents();
  };
  expect(call).toBeTypeOf('function');
});
