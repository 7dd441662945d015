import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Operation } from '../../contract/operation.ts';
import { describeApi } from '../http/openapi.ts';
import { problemName, waitStatuses } from '../http/openapi-problems.ts';
import { memo, memoPer } from '../memo.ts';

type Json = Record<string, unknown>;

interface Described {
  method: string;
  path: RegExp;
  template: string;
  responses: Record<
    string,
    {
      headers?: Record<string, { required?: boolean; schema: Json }>;
      content?: Record<string, { schema: Json }>;
    }
  >;
}

/** A reply as the server sent it. */
interface Reply {
  method: string;
  url: string;
  status: number;
  header(name: string): string | undefined;
  body: Buffer;
}

/**
 * Checks every reply of a server against its OpenAPI description, as a client would that knows nothing else: status,
 * headers, content type and body, of successes and refusals. Returns a list to which it adds each breach.
 */
export function holdToContract(server: Server, offered: Operation[]): string[] {
  const breaches: string[] = [];
  const check = checks(offered.map(({ id }) => id).join(), () => createCheck(describe(offered)));
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const chunks = copyBody(response);
    const headers = copyHeaders(response);
    response.once('finish', () => {
      const header = (name: string) => headers.get(name) ?? response.getHeader(name)?.toString();
      const reply: Reply = {
        method: request.method ?? '',
        url: request.url ?? '',
        status: response.statusCode,
        header,
        body: decode(Buffer.concat(chunks), header('content-encoding')),
      };
      for (const breach of tryCheck(check, reply)) {
        breaches.push(
          `${reply.method} ${reply.url} → ${reply.status}: ${breach}\n    ${reply.body.toString().slice(0, 500)}`,
        );
      }
    });
  });
  return breaches;
}

/** Most servers offer the same, and to describe it and to compile its schemas takes longer than many a test. */
const checks = memo<(reply: Reply) => string[]>(5);
const describe = (offered: Operation[]): Json =>
  describeApi(offered, { url: 'http://localhost', sessionCookie: 'session' });

function tryCheck(check: (reply: Reply) => string[], reply: Reply): string[] {
  try {
    return check(reply);
  } catch (error) {
    return [`can't be checked: ${(error as Error).message}`];
  }
}

/** The response does not list headers that were passed to writeHead. */
function copyHeaders(response: ServerResponse): Map<string, string> {
  const headers = new Map<string, string>();
  const { writeHead } = response;
  response.writeHead = function (this: ServerResponse, status: number, ...rest: unknown[]) {
    const given = rest.at(-1);
    if (typeof given === 'object' && given !== null) {
      for (const [name, value] of Object.entries(given)) headers.set(name.toLowerCase(), String(value));
    }
    return writeHead.call(this, status, ...(rest as []));
  } as typeof writeHead;
  return headers;
}

function copyBody(response: ServerResponse): Buffer[] {
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk === 'string')
      chunks.push(Buffer.from(chunk, (typeof encoding === 'string' ? encoding : 'utf8') as 'utf8'));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const { write, end } = response;
  response.write = function (this: ServerResponse, chunk: unknown, ...rest: unknown[]) {
    keep(chunk, rest[0]);
    return write.call(this, chunk, ...(rest as [BufferEncoding]));
  } as typeof write;
  response.end = function (this: ServerResponse, chunk?: unknown, ...rest: unknown[]) {
    keep(chunk, rest[0]);
    return end.call(this, chunk, ...(rest as [BufferEncoding]));
  } as typeof end;
  return chunks;
}

function decode(body: Buffer, encoding: string | undefined): Buffer {
  if (body.length === 0) return body;
  if (encoding === 'br') return brotliDecompressSync(body);
  return encoding === 'gzip' ? gunzipSync(body) : body;
}

function createCheck(api: Json): (reply: Reply) => string[] {
  const described = describedOperations(api);
  const validate = createValidator(api);
  return (reply) => {
    const path = reply.url.split('?')[0] ?? '';
    const method = reply.method === 'HEAD' ? 'GET' : reply.method;
    const operation = described.find((each) => each.method === method && each.path.test(path));
    const breaches = checkCaching(reply);
    if (operation) return [...breaches, ...checkOperation(operation, reply, validate)];
    return path.startsWith('/api/') && reply.status >= 400
      ? [...breaches, ...checkProblem(reply, null, validate)]
      : breaches;
  };
}

/** Operations whose path has no parameters come first: `/orders/mine` is not an order's id. */
function describedOperations(api: Json): Described[] {
  const paths = Object.entries(api.paths as Record<string, Record<string, Pick<Described, 'responses'>>>);
  return paths
    .toSorted(([a], [b]) => a.split('{').length - b.split('{').length)
    .flatMap(([template, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => ({
        method: method.toUpperCase(),
        template,
        path: new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
        responses,
      })),
    );
}

/** Checks a request body against the API's description. Returns what is wrong, or null. */
export function createRequestCheck(operations: Operation[]): (op: Operation, body: unknown) => string | null {
  const api = describe(operations) as {
    paths: Record<string, Record<string, { requestBody: { content: Record<string, { schema: Json }> } }>>;
  };
  const validate = createValidator(api);
  return (op, body) => {
    const declared = api.paths[op.path]?.[op.method.toLowerCase()]?.requestBody.content['application/json'];
    return validate(declared?.schema ?? {}, body);
  };
}

type Validate = (schema: Json, value: unknown) => string | null;

function createValidator(api: Json): Validate {
  const ajv = new Ajv2020({ strict: false, allErrors: false, code: { optimize: false } });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'admit:api', components: api.components });
  const compiled = memo<ReturnType<typeof ajv.compile>>(10_000);
  // Known by its object too, because every reply asks, and the text of a schema is long.
  const validatorOf = memoPer((schema: Json) => {
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"admit:api#/components/');
    return compiled(text, () => ajv.compile(JSON.parse(text)));
  });
  return (schema, value) => {
    const validator = validatorOf(schema);
    return validator(value) ? null : ajv.errorsText(validator.errors, { dataVar: 'body' });
  };
}

/** A shared cache must not store a person's cookie with an answer. */
function checkCaching(reply: Reply): string[] {
  const isShared = /public|s-maxage/.test(reply.header('cache-control') ?? '');
  return isShared && reply.header('set-cookie') !== undefined
    ? ['sets a cookie and may be kept by a shared cache']
    : [];
}

function checkOperation(operation: Described, reply: Reply, validate: Validate): string[] {
  const response = operation.responses[reply.status];
  if (!response) return [`${operation.template} does not declare this status`];
  const headers = Object.entries(response.headers ?? {}).flatMap(([name, { required, schema }]) => {
    const value = reply.header(name.toLowerCase());
    if (value === undefined) return required ? [`the header ${name} is missing`] : [];
    const fault = validate(schema, value);
    return fault === null ? [] : [`the header ${name}: ${fault}`];
  });
  if (reply.status >= 400) return [...headers, ...checkProblem(reply, response, validate)];
  if (reply.method === 'HEAD') return headers;
  const type = (reply.header('content-type') ?? '').split(';')[0] ?? '';
  const content = response.content?.[type] ?? response.content?.['*/*'];
  if (!response.content) {
    return reply.body.length === 0 ? headers : [...headers, 'has a body, and none is declared'];
  }
  if (!content) return [...headers, `the type ${type || '(none)'} is not declared`];
  const fault =
    type === 'application/json' ? validate(content.schema, JSON.parse(reply.body.toString())) : null;
  return fault === null ? headers : [...headers, fault];
}

/** A refusal is problem+json with a declared code. `declared` is null if the request reached no operation. */
function checkProblem(
  reply: Reply,
  declared: Described['responses'][string] | null,
  validate: Validate,
): string[] {
  const type = (reply.header('content-type') ?? '').split(';')[0];
  if (type !== 'application/problem+json')
    return [`the type is ${type ?? '(none)'} instead of application/problem+json`];
  // Operations declare the header. Other responses must have it too.
  const waits = !declared && waitStatuses.includes(reply.status) && reply.header('retry-after') === undefined;
  const breaches = waits ? ['the header Retry-After is missing'] : [];
  if (reply.method === 'HEAD') return breaches;
  const problem = JSON.parse(reply.body.toString()) as { code: string };
  const component = `#/components/schemas/${problemName(problem.code as never)}`;
  if (declared && !contentOf(declared).includes(`"${component}"`)) {
    return [...breaches, `the code ${problem.code} is not declared`];
  }
  const $ref = declared ? component : '#/components/schemas/Problem';
  const fault = validate(
    references($ref, () => ({ $ref })),
    problem,
  );
  return fault === null ? breaches : [...breaches, fault];
}

const contentOf = memoPer((declared: Described['responses'][string]) => JSON.stringify(declared.content));
const references = memo<Json>(1000);
