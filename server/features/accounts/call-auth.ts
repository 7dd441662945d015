import type { Operation } from '../../../contract/operation.ts';
import { isOwnPath } from '../../../contract/own-address.ts';
import type { App } from '../../app.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { addressHeader } from './auth.ts';
import { refusalOf } from './auth-refusal.ts';

/** The headers that better-auth needs. All others are dropped. */
const passedOn = [
  'cookie',
  'authorization',
  'origin',
  'host',
  'user-agent',
  'accept-language',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
];

/**
 * Passes one operation to better-auth: with the query and body as the contract has checked them, so that nobody can
 * set anything else, and with its refusals turned into ours.
 */
export const callAuth = (op: Operation) => async (app: App, call: Call) => {
  const response = await app.accounts.handle(toRequest(app, op, call));
  const text = await response.text();
  const retryAfterSeconds = Number(response.headers.get('x-retry-after') ?? 1);
  if (response.status >= 400) throw refusalOf(response.status, parse(text), retryAfterSeconds);

  const headers: Record<string, string | string[]> = { 'cache-control': 'no-store' };
  const setCookies = response.headers.getSetCookie();
  if (setCookies.length > 0) headers['set-cookie'] = setCookies;
  const type = response.headers.get('content-type');
  if (type) headers['content-type'] = type;
  // The contract has checked this target. better-auth has added to it since.
  const location = response.headers.get('location');
  if (location) headers.location = isOwnPath(location) ? location : '/';
  return new Raw(toReply(op, text), headers as Record<string, string>, response.status);
};

function toRequest(app: App, op: Operation, call: Call): Request {
  const url = new URL(op.path, app.config.publicUrl);
  for (const [name, value] of Object.entries((call.query as Record<string, string | undefined>) ?? {})) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const headers = new Headers({ [addressHeader]: call.ip });
  for (const name of passedOn) {
    const value = call.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  // Programs send no Origin, and pages of CORS_ORIGINS count as programs: they send no cookie and get none.
  const { corsOrigins } = app.config;
  if (!headers.has('cookie') && corsOrigins.includes(headers.get('origin') ?? '')) {
    for (const name of [...headers.keys()]) if (/^(origin$|sec-fetch-)/.test(name)) headers.delete(name);
  }
  if (!headers.has('origin')) headers.set('origin', app.config.publicUrl);
  if (op.method === 'GET') return new Request(url, { headers });
  headers.set('content-type', 'application/json');
  return new Request(url, { method: op.method, headers, body: JSON.stringify(bodyOf(op, call)) });
}

const bodyOf = (op: Operation, call: { body: unknown }): object => ({
  ...(call.body as object | undefined),
  // People change a password because somebody else may know it, so all other sessions end.
  ...(op.id === 'changePassword' && { revokeOtherSessions: true }),
});

function parse(text: string): { code?: string; message?: string } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/**
 * Reduces the reply to what the contract declares. better-auth also returns when an account was made, whether it has
 * a second step, and the session's token, which the HTTP-only cookie keeps from scripts.
 */
function toReply(op: Operation, text: string): string {
  if (!op.reply || text === '') return text;
  const reply = JSON.parse(text);
  const declared = op.id === 'signInPasskey' ? { token: reply.session.token, user: reply.user } : reply;
  return JSON.stringify(op.reply.parse(declared));
}
