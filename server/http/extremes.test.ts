import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { errorCodesOf, type Operation } from '../../contract/operation.ts';
import { operations } from '../../contract/operations.ts';
import { type Cast, callerOf, createCast, send } from '../testing/cast.ts';
import { type Possible, possible } from '../testing/possible.ts';
import { drawnOf, sampleOf } from '../testing/thorough.ts';
import { createWorld, type World } from '../testing/world.ts';

/*
 * Sends the least and the most that the contract admits in every number and every text of every body, in a request that
 * succeeds otherwise. What the contract admits its column must hold: an answer of 500 names a column that is too narrow.
 */
let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await createWorld({ TRUST_PROXY: '1' });
  cast = await createCast(world);
});
afterAll(() => world.close());

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
}

interface Leaf {
  path: (string | number)[];
  schema: Schema;
}

function leavesOf(root: Schema & { $defs?: Record<string, Schema> }): Leaf[] {
  const found: Leaf[] = [];
  const walk = (schema: Schema, path: Leaf['path']): void => {
    const target = schema.$ref?.split('/').at(-1);
    if (target) walk(root.$defs?.[target] ?? {}, path);
    for (const branch of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
      walk(branch, path);
    for (const [key, each] of Object.entries(schema.properties ?? {})) walk(each, [...path, key]);
    if (schema.items) walk(schema.items, [...path, 0]);
    if (['integer', 'number', 'string'].includes(schema.type ?? '')) found.push({ path, schema });
  };
  walk(root, []);
  return found;
}

const isText = ({ type }: Schema) => type === 'string';
const isChosen = (schema: Schema) => schema.enum !== undefined || schema.const !== undefined;

/** The ends of what the schema admits; none for a text of a form of its own. */
function extremesOf(schema: Schema): unknown[] {
  // Each value takes a request that succeeds, so of a long list, as that of the currencies, a short run tries some.
  if (isChosen(schema)) return sampleOf(schema.enum ?? [schema.const], 12);
  if (!isText(schema)) return [schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1, schema.maximum];
  if (schema.pattern || schema.format) return [];
  const { minLength = 0, maxLength = 0 } = schema;
  // The longest in bytes too: a letter beyond the basic plane counts as two and takes four.
  return ['x'.repeat(minLength), 'x'.repeat(maxLength), '\u{1d518}'.repeat(Math.floor(maxLength / 2))];
}

/** The body with one value put in; null where it has no such part. */
function withValue(body: unknown, [key, ...rest]: Leaf['path'], value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof body !== 'object' || body === null) return null;
  const inner = (body as Record<string, unknown>)[key];
  const changed = rest.length === 0 ? value : withValue(inner, rest, value);
  if (changed === null) return null;
  return Array.isArray(body) ? Object.assign([...body], { [key]: changed }) : { ...body, [key]: changed };
}

const bodySchema = (op: Operation) =>
  z.toJSONSchema(op.body as z.ZodType, { io: 'input', unrepresentable: 'any' }) as Schema;
const withBody = operations.filter((op) => op.body && op.access !== 'signature');

test.each(withBody.map((op) => [op.id, op] as const))('the body of %s is bounded everywhere', (_, op) => {
  const open = leavesOf(bodySchema(op)).filter(({ schema }) => {
    if (isChosen(schema)) return false;
    if (isText(schema)) return schema.maxLength === undefined && !schema.pattern && !schema.format;
    return schema.maximum === undefined || (schema.minimum ?? schema.exclusiveMinimum) === undefined;
  });
  expect(open.map(({ path }) => path.join('.'))).toEqual([]);
});

test.each(withBody.map((op) => [op.id, op] as const))(
  '%s stores every end of what it admits',
  async (_, op) => {
    const caller = callerOf[op.access];
    let request: Possible | undefined;
    const ends = leavesOf(bodySchema(op)).flatMap(({ path, schema }) =>
      extremesOf(schema).map((value) => ({ path, value })),
    );
    for (const { path, value } of drawnOf(ends, 12, op.id)) {
      request ??= await possible(world, cast, op, caller);
      const body = withValue(request.body, path, value);
      if (body === null) continue;
      const client = request.person?.client ?? world.client();
      const answer = await send(client, op, request.path, body, request.headers);
      const what = `${path.join('.')} = ${JSON.stringify(value)?.slice(0, 40)}: ${JSON.stringify(answer.body).slice(0, 300)}`;
      expect(answer.status, what).toBeLessThan(500);
      if (answer.status >= 400) expect(errorCodesOf(op), what).toContain(answer.body.code);
      // What was there for this request is used up.
      else request = undefined;
    }
  },
);
