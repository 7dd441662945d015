import { z } from 'zod';
import { type ErrorCode, errorTable, problemSchema } from '../../contract/errors.ts';
import { errorCodesOf, type Operation } from '../../contract/operation.ts';
import { problemMembers } from '../../contract/problem-members.ts';
import { memo } from '../memo.ts';

type Json = Record<string, unknown>;

function toJson(schema: z.ZodType): Json {
  const {
    $schema: _,
    $defs = {},
    ...json
  } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Json;
  const named = typeof json.$ref === 'string' ? json.$ref.replace('#/$defs/', '') : '';
  return ($defs as Record<string, Json>)[named] ?? json;
}

/** The name of the component for one code's refusals, like `Problem.sold_out`. */
export const problemName = (code: ErrorCode): string => `Problem.${code}`;

/** The members that all refusals have. Further members depend on the code. */
export function baseProblem(): Json {
  const { id: _, additionalProperties: _open, ...schema } = toJson(problemSchema);
  return schema;
}

/** Describes one response per status, with its codes and an example of each. */
export function describeRefusals(op: Operation, components: Json): Json {
  const byStatus = Map.groupBy(errorCodesOf(op), (code) => errorTable[code].status);
  const entries = [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, codes]) => [status, refusal(status, codes)]);
  for (const code of errorCodesOf(op)) components[problemName(code)] ??= problemOf(code);
  return Object.fromEntries(entries);
}

/** Statuses whose response has a Retry-After. */
export const waitStatuses: readonly number[] = [429, 503];

const retryAfter = {
  'Retry-After': {
    description: 'Seconds to wait before trying again.',
    required: true,
    schema: { type: 'string', pattern: '^[1-9][0-9]*$' },
  },
};

function refusal(status: number, codes: ErrorCode[]): Json {
  return {
    description: codes.map((code) => `\`${code}\`: ${errorTable[code].title}`).join('\n\n'),
    ...(waitStatuses.includes(status) && { headers: retryAfter }),
    content: {
      'application/problem+json': {
        schema: { oneOf: codes.map((code) => ({ $ref: `#/components/schemas/${problemName(code)}` })) },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleProblem(code) }])),
      },
    },
  };
}

function problemOf(code: ErrorCode): Json {
  const { status, retryable } = errorTable[code];
  const own = membersOf(code);
  const { properties = {}, required = [] } = own
    ? (toJson(own) as { properties?: Json; required?: string[] })
    : {};
  return {
    allOf: [{ $ref: '#/components/schemas/Problem' }],
    properties: {
      type: { const: typeOf(code) },
      status: { const: status },
      code: { const: code },
      retryable: { const: retryable },
      ...properties,
    },
    required,
    unevaluatedProperties: false,
  };
}

const membersOf = (code: ErrorCode): z.ZodObject | undefined =>
  (problemMembers as Partial<Record<ErrorCode, z.ZodObject>>)[code];

const typeOf = (code: ErrorCode): string => `urn:admit:problem:${code}`;

/** Nearly every operation has the same refusals. */
const examples = memo<Json>(1000);
const exampleProblem = (code: ErrorCode): Json => examples(code, () => makeExample(code));

function makeExample(code: ErrorCode): Json {
  const { status, title, retryable } = errorTable[code];
  const members = toJson(membersOf(code) ?? z.object({})) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  const required = (members.required ?? []).map((name) => [
    name,
    memberExample(members.properties?.[name] ?? {}),
  ]);
  return {
    type: typeOf(code),
    title,
    status,
    code,
    retryable,
    requestId: 'X2N6QHJD-1z',
    ...Object.fromEntries(required),
  };
}

function memberExample(schema: Json): unknown {
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if (schema.type === 'array') return [memberExample((schema.items as Json | undefined) ?? {})];
  if (Array.isArray(schema.anyOf)) return memberExample(schema.anyOf[0] as Json);
  return schema.type === 'integer' ? Math.max(2, (schema.minimum as number | undefined) ?? 0) : 'text';
}
