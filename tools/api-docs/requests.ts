import { scopeOf } from '../../contract/api-key-scopes.ts';
import { idPrefixes } from '../../contract/ids.ts';
import { errorCodesOf, type Operation } from '../../contract/operation.ts';
import { operations } from '../../contract/operations.ts';
import { describeApi } from '../../server/http/openapi.ts';

/** One example request of an operation. `$NAME` in the texts is a variable. */
export interface ExampleRequest {
  op: Operation;
  /** Whether the request has a token. */
  hasToken: boolean;
  /** With variables, from the first slash on. */
  path: string;
  headers: [name: string, value: string][];
  /** Null for none; a file or a text that something outside gives, or JSON. */
  body: null | { kind: 'json'; json: unknown } | { kind: 'file' | 'signed'; variable: string };
  /** An example of the answer; undefined if there is none, or it is a file. */
  reply: unknown;
  /** The error codes that are the operation's own. */
  codes: string[];
  scope: string | null;
}

/** What an operation needs that a fresh installation does not have, and how it refuses the example then. */
export const needsOutside: Record<string, { what: string; code: string }> = {
  addPasskey: { what: 'a device that makes passkeys', code: 'second_step_over' },
  signInPasskey: { what: 'a device that has a passkey', code: 'second_step_over' },
  verifyTwoFactorCode: { what: 'a sign-in that waits for its second step', code: 'second_step_over' },
  verifyBackupCode: { what: 'a sign-in that waits for its second step', code: 'second_step_over' },
  verifyEmail: { what: 'the link in a mail, opened in a browser', code: 'sign_in_to_verify' },
  putPhoneNumber: { what: 'a provider of SMS', code: 'sms_off' },
  confirmPhoneNumber: { what: 'a provider of SMS', code: 'sms_code_ended' },
  receiveSms: { what: 'a provider of SMS, which signs it', code: 'webhook_signature_invalid' },
  receiveSmsStatus: { what: 'a provider of SMS, which signs it', code: 'webhook_signature_invalid' },
  getApplePass: { what: 'a certificate of Apple', code: 'passes_off' },
  makeGooglePass: { what: 'an account of Google Wallet', code: 'passes_off' },
  registerPassDevice: { what: 'Apple Wallet, which sends it', code: 'pass_token_wrong' },
  unregisterPassDevice: { what: 'Apple Wallet, which sends it', code: 'pass_token_wrong' },
  getChangedPass: { what: 'Apple Wallet, which sends it', code: 'pass_token_wrong' },
};

/** The refusals of the transport and of access, which the page explains once. */
const common = new Set(
  errorCodesOf({
    ...operations[0],
    method: 'POST',
    path: '/api/orders',
    access: 'team',
    needs: 'events.edit',
    bodyLimit: 1024 * 1024,
    body: operations.find(({ body }) => body)?.body,
    params: operations.find(({ params }) => params)?.params,
    ifMatch: true,
    opensGuest: true,
    errors: [],
  } as unknown as Operation),
);

type Json = Record<string, unknown>;
interface Described {
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
  parameters: { name: string; in: string; required: boolean; schema: Json }[];
}

/** The example requests of all operations, in the order of the contract. */
export function exampleRequests(): ExampleRequest[] {
  const api = describeApi(operations, { url: 'http://localhost', sessionCookie: 'session' }) as {
    paths: Record<string, Record<string, Described>>;
  };
  return operations.map((op) => {
    const described = api.paths[op.path]?.[op.method.toLowerCase()];
    if (!described) throw new Error(`${op.id} is not described`);
    return exampleOf(op, described);
  });
}

function exampleOf(op: Operation, described: Described): ExampleRequest {
  const query = queryOf(op, described);
  const body = bodyOf(op, described);
  return {
    op,
    hasToken: !['public', 'signature'].includes(op.access) && op.id !== 'noteDoorDevice',
    path: op.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${variableOf(name)}`) + query,
    headers: [
      ...(body?.kind === 'json' ? [['Content-Type', 'application/json'] as [string, string]] : []),
      ...(body?.kind === 'file' ? [['Content-Type', op.bytes?.[0] ?? ''] as [string, string]] : []),
      ...(body?.kind === 'signed' ? [['Content-Type', 'application/json'] as [string, string]] : []),
      ...(op.id === 'noteDoorDevice' ? [['Authorization', '$AUTHORIZATION'] as [string, string]] : []),
      ...(op.ifMatch ? [['If-Match', '"$VERSION"'] as [string, string]] : []),
      ...Object.entries(op.headers ?? {}).flatMap(([name, { required }]) =>
        required ? [[name, `$${variableOf(name.replaceAll('-', '_'))}`] as [string, string]] : [],
      ),
    ],
    body,
    reply: described.responses[op.status]?.content?.['application/json']?.example,
    codes: errorCodesOf(op).filter((code) => !common.has(code as never) || op.errors.includes(code)),
    scope: scopeOf(op) ?? null,
  };
}

/** The query of the declared example, or else what the operation demands. */
function queryOf(op: Operation, { parameters }: Described): string {
  // Ids of an optional filter would be others than the reader's.
  const given = JSON.stringify(op.example?.query ?? {}).match(/[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}/)
    ? {}
    : ((op.example?.query ?? {}) as Json);
  const pairs = parameters.flatMap(({ name, in: where, required }) => {
    if (where !== 'query') return [];
    if (given[name] !== undefined) return [`${name}=${encodeURIComponent(String(given[name]))}`];
    return required ? [`${name}=$${variableOf(name)}`] : [];
  });
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

function bodyOf(op: Operation, { requestBody }: Described): ExampleRequest['body'] {
  if (op.access === 'signature') return { kind: 'signed', variable: 'BODY' };
  if (op.bytes) return { kind: 'file', variable: 'UPLOAD' };
  const example = requestBody?.content['application/json']?.example;
  return requestBody ? { kind: 'json', json: withVariables(op, example ?? {}) } : null;
}

/** Fields whose values only the reader knows, whatever the operation. */
const own = new Set([
  'secret',
  'token',
  'clientSecret',
  'password',
  'currentPassword',
  'inviteSecret',
  'nonceOfDevice',
]);

/** The same of single operations: codes, amounts, versions and times that must fit what the reader has. */
const ownOf: Record<string, readonly string[]> = {
  applySeatPlan: ['version'],
  assignBankEntry: ['orderNumber'],
  checkCode: ['code'],
  checkGiftCard: ['code'],
  checkIn: ['code'],
  checkInGroup: ['code'],
  createLibraryPlan: ['name'],
  joinWaitlist: ['quantity'],
  payOut: ['amount'],
  saveLibraryPlan: ['name'],
  saveOrderView: ['name'],
  schedulePublication: ['at'],
  settleMoneyReview: ['action'],
  signInEmail: ['email'],
  transferPayout: ['amount'],
};

const kindOfPrefix = new Map(Object.entries(idPrefixes).map(([kind, prefix]) => [prefix as string, kind]));
const idPattern = /^([a-z]{3})_[0-9A-HJKMNP-TV-Z]{26}$/;

/** `$TOKEN` is who sends a request, and `$VERSION` what it changes. */
const otherNames: Record<string, string> = { token: 'MAIL_TOKEN', version: 'PLAN_VERSION' };

/** The example with variables for ids and secrets. The second id of a kind is `$EVENT_ID_2`. */
const withVariables = (op: Operation, body: unknown): unknown => {
  const variableIn = namesOf(op.id);
  const replace = (value: unknown, name: string, isListed = false): unknown => {
    if (Array.isArray(value)) return value.map((each) => replace(each, name, true));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, replace(each, key, isListed)]),
      );
    const variable = variableIn(name, value, isListed);
    if (variable === null) return value;
    // A number is written without quotes.
    return typeof value === 'number' ? `${bare}${variable}` : `$${variable}`;
  };
  return replace(body, '');
};

/** Begins a text that stands for a number. */
const bare = '\u0000$';

/** Names the variable for each value of a body, in its order; null if anybody may send the value. `isListed`: it is within a list. */
export function namesOf(
  operationId: string,
): (name: string, value: unknown, isListed: boolean) => string | null {
  const ids = new Map<string, string[]>();
  const fields = ownOf[operationId] ?? [];
  return (name, value, isListed) => {
    if (!isListed && fields.includes(name) && ['string', 'number'].includes(typeof value))
      return otherNames[name] ?? variableOf(name);
    if (typeof value !== 'string') return null;
    const kind = kindOfPrefix.get(idPattern.exec(value)?.[1] ?? '');
    if (!kind) return own.has(name) ? (otherNames[name] ?? variableOf(name)) : null;
    const known = ids.get(kind) ?? [];
    if (!known.includes(value)) ids.set(kind, [...known, value]);
    const at = (ids.get(kind) as string[]).indexOf(value);
    return `${variableOf(kind)}_ID${at === 0 ? '' : `_${at + 1}`}`;
  };
}

/** `ticketTypeId` is TICKET_TYPE_ID. */
export const variableOf = (name: string): string =>
  name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
