import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { scopeOf } from '../../contract/api-key-scopes.ts';
import { capabilityTexts } from '../../contract/capability-texts.ts';
import { doorScheme } from '../../contract/door-links.ts';
import {
  bodyLimitOf,
  isRepeatable,
  largeBodyBytes,
  type Operation,
  takesLargeBodies,
} from '../../contract/operation.ts';
import { type Capability, rolesWith } from '../../contract/team-roles.ts';
import { baseProblem, describeRefusals } from './openapi-problems.ts';

type Json = Record<string, unknown>;

interface ApiServer {
  url: string;
  /** The name of the cookie that carries the session. */
  sessionCookie: string;
}

/** Makes the OpenAPI 3.1 description of a server's operations from the contract. */
export function describeApi(operations: Operation[], server: ApiServer): Json {
  const steps = describing(operations, server);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same, one operation each time that the event loop turns, because all of them take a third of a second. */
export async function describeApiInTurns(operations: Operation[], server: ApiServer): Promise<Json> {
  const steps = describing(operations, server);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await nextTurn();
  }
}

/** Describes one operation in each step. */
function* describing(operations: Operation[], server: ApiServer): Generator<undefined, Json> {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  for (const op of operations) {
    paths[op.path] ??= {};
    (paths[op.path] as Json)[op.method.toLowerCase()] = describeOperation(op, components);
    yield;
  }
  components.Problem = baseProblem();
  return {
    openapi: '3.1.0',
    info: {
      title: 'Admit',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: [
        'Event ticketing over HTTP: find an event, hold places, order, pay, get signed tickets, check them in.',
        'Sign in through `/api/auth/*`; the session is an HTTP-only cookie, and `Authorization: Bearer` takes the session token or a JWT.',
        'Unsafe operations take an `Idempotency-Key`: send the same key again to retry safely. The few that do not, like signing in, say so by not naming the header.',
        'Every refusal is `application/problem+json` (RFC 9457) with a stable `code`. What is not a valid HTTP request is refused before any operation sees it: `malformed_http` (400), `request_timeout` (408), `uri_too_long` (414), `expectation_failed` (417), `headers_too_large` (431). Money is in minor units; times are RFC 3339.',
      ].join('\n\n'),
    },
    servers: [{ url: server.url }],
    tags: [...new Set(operations.map((op) => op.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: server.sessionCookie, description: cookieText },
        bearer: { type: 'http', scheme: 'bearer', description: bearerText },
        door: { type: 'apiKey', in: 'header', name: 'Authorization', description: doorText },
      },
    },
  };
}

const doorText = `A device of a door link sends \`${doorScheme} ddt_…\` (registerDoorDevice).`;
const bearerText =
  'A session token, a JWT, or for operations that name a scope an API key (`admit_…`, makeApiKey).';
const cookieText =
  'HTTP-only. A second cookie beside it spares the server a look-up; the server renews it with any answer.';

function describeOperation(op: Operation, components: Json): Json {
  return {
    operationId: op.id,
    tags: [op.tag],
    summary: op.summary,
    description: [op.description, accessOf(op), scopeText(op)].filter(Boolean).join('\n\n'),
    security: securityOf(op),
    parameters: [
      ...parametersOf(op.params, 'path', components),
      ...parametersOf(op.query, 'query', components),
      ...(op.method === 'GET' || op.access === 'signature' || !isRepeatable(op) ? [] : [idempotencyKey]),
      ...(op.ifMatch ? [ifMatch] : []),
      ...(op.etag === 'content' ? [ifNoneMatch] : []),
      ...Object.entries(op.headers ?? {}).map(([name, header]) => describeHeader(name, header)),
    ],
    ...(op.bytes && {
      requestBody: {
        required: true,
        description: bodyText(op),
        content: Object.fromEntries(
          op.bytes.map((type) => [type, { schema: { type: 'string', contentMediaType: type } }]),
        ),
      },
    }),
    ...(op.body && {
      requestBody: {
        required: !op.body.safeParse(undefined).success,
        description: bodyText(op),
        content: { 'application/json': withExample(op.body, 'input', op.example?.body, components) },
      },
    }),
    responses: {
      [op.status]: success(op, components),
      ...Object.fromEntries(
        Object.entries(op.alsoStatus ?? {}).map(([status, description]) => [status, { description }]),
      ),
      ...(op.redirect && {
        302: { description: op.redirect, headers: { Location: { ...header, required: true } } },
      }),
      ...(op.etag === 'content' && {
        304: { description: 'What you have is current.', headers: { ETag: etag } },
      }),
      ...describeRefusals(op, components),
    },
  };
}

/** Public operations need no session, but some show more to a known caller. */
function securityOf({ access }: Operation): Json[] {
  if (access === 'signature' || access === 'secret') return [];
  const known = [{ session: [] }, { bearer: [] }];
  if (access === 'door') return [...known, { door: [] }];
  return access === 'public' ? [{}, ...known] : known;
}

const header = { schema: { type: 'string' } };
const requestId = {
  ...header,
  required: true,
  description: 'The id of the request, which its entry in the audit log has too.',
};
const etag = { ...header, required: true, description: 'The version of what is in the reply.' };

const describeHeader = (name: string, { description, required = false, example }: HeaderRule): Json => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
  ...(example !== undefined && { example }),
});
type HeaderRule = NonNullable<Operation['headers']>[string];

function accessOf({ access, needs }: Operation): string {
  if (access !== 'team' && access !== 'holder-or-team' && access !== 'door') return accessText[access];
  const roles = rolesWith(needs as Capability).join(', ');
  const text = capabilityTexts[needs as Capability].replace(/\.$/, '');
  if (access === 'door')
    return `For members of the event's team with one of the roles ${roles} (capability \`${needs}\`: ${text}), and for devices of a door link that covers the event.`;
  return access === 'team'
    ? `For members of the team with one of the roles ${roles} (capability \`${needs}\`: ${text}).`
    : `For the person it belongs to, and for members of the event's team with one of the roles ${roles} (capability \`${needs}\`: ${text}); to others it does not exist.`;
}

const accessText: Record<Exclude<Operation['access'], 'team' | 'holder-or-team' | 'door'>, string> = {
  public: 'Open to anyone.',
  'signed-in': 'For anyone who is signed in, guests too.',
  holder: 'Only for the person it belongs to; to others it does not exist.',
  admin: 'For admins of the platform.',
  signature: 'The body must be signed.',
  secret: 'For whoever knows the secret of the thing.',
};

const scopeText = (op: Operation): string => {
  const scope = scopeOf(op);
  return scope ? `API keys need the scope \`${scope}\`.` : '';
};

function bodyText(op: Operation): string {
  const most = `At most ${bodyLimitOf(op) / 1024} KiB.`;
  return takesLargeBodies(op)
    ? `${most} Send bodies of more than ${largeBodyBytes / 1024} KiB one after the other: the next one when the last is answered.`
    : most;
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Any text of your own, one per intention: the same key again has no second effect.',
  schema: { type: 'string', maxLength: 255 },
  example: '5f1c2b9e-3d0f-4b6a-9d1b-0c8f0a7e2a11',
};

const ifMatch = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The version that you are changing.',
  schema: { type: 'string' },
  example: '"3"',
};

const ifNoneMatch = describeHeader('If-None-Match', {
  description: 'The ETag of what you have: where it is current, the answer is 304.',
  example: '"3"',
});

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query', components: Json): Json[] {
  if (!schema) return [];
  const object = toSchema(schema, 'input', components) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(object.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (object.required ?? []).includes(name),
    schema: property,
    ...(typeof property.description === 'string' && { description: property.description }),
  }));
}

function success(op: Operation, components: Json): Json {
  const headers = {
    ...(op.etag && { ETag: etag }),
    ...(op.acts && { 'X-Request-Id': requestId }),
    ...(op.produces &&
      op.produces !== 'image/svg+xml' && { 'Content-Disposition': { ...header, required: true } }),
  };
  const common = { description: op.summary, ...(Object.keys(headers).length > 0 && { headers }) };
  // A file of any type may be JSON, so nothing is said about what is in it.
  if (op.produces === '*/*') return { ...common, content: { '*/*': { schema: {} } } };
  if (op.produces) return { ...common, content: { [op.produces]: { schema: { type: 'string' } } } };
  if (!op.reply) return { ...common, description: 'Done; there is no body.' };
  return {
    ...common,
    content: { 'application/json': withExample(op.reply, 'output', op.example?.reply, components) },
  };
}

function withExample(schema: z.ZodType, io: 'input' | 'output', given: unknown, components: Json): Json {
  const json = toSchema(schema, io, components);
  return { schema: json, example: given ?? exampleOf(json, components) };
}

/** Converts a schema to JSON Schema. A schema with an id becomes a component, once. */
function toSchema(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const {
    $schema: _,
    $defs,
    ...json
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json;
  for (const [name, definition] of Object.entries(($defs as Record<string, Json>) ?? {})) {
    components[name] ??= withoutId(relocate(definition) as Json);
  }
  if (typeof json.id === 'string') {
    components[json.id] ??= withoutId(relocate(json) as Json);
    return { $ref: `#/components/schemas/${json.id}` };
  }
  return relocate(json) as Json;
}

const withoutId = ({ id: _, ...rest }: Json): Json => rest;

function relocate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocate);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === '$ref' && typeof each === 'string'
        ? each.replace('#/$defs/', '#/components/schemas/')
        : relocate(each),
    ]),
  );
}

/** Returns a plausible value of a schema: its own example, or one built from its parts. */
function exampleOf(schema: Json, components: Json, depth = 0): unknown {
  if (typeof schema.$ref === 'string') {
    const target = components[schema.$ref.split('/').at(-1) ?? ''] as Json | undefined;
    return target && depth < 8 ? exampleOf(target, components, depth + 1) : {};
  }
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if ('default' in schema) return schema.default;
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const choices = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as Json[] | undefined;
  if (choices?.[0]) return exampleOf(choices[0], components, depth + 1);
  if (schema.type === 'array') {
    const items = (schema.prefixItems as Json[] | undefined) ?? [schema.items as Json];
    return depth < 8 ? items.map((item) => exampleOf(item ?? {}, components, depth + 1)) : [];
  }
  if (schema.type === 'object') {
    const properties = Object.entries((schema.properties as Record<string, Json>) ?? {});
    return Object.fromEntries(
      properties.map(([name, property]) => [name, exampleOf(property, components, depth + 1)]),
    );
  }
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1;
  if (schema.type === 'boolean') return false;
  if (schema.format === 'email') return 'ada@example.com';
  return schema.type === 'string' ? 'text' : null;
}
