import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused } from '../../contract/errors.ts';
import type { Access, Operation } from '../../contract/operation.ts';
import type { App } from '../app.ts';
import type { Caller, Identified } from '../features/accounts/accounts.ts';
import { isWithApiKey } from '../features/api-keys/secret.ts';
import { admitKey } from './admit-key.ts';
import { pageOriginOf } from './origins.ts';
import { refuseOver } from './rate-limits.ts';

/** Operations for callers who are not signed in. */
export const isOpen = (access: Access): boolean => open.includes(access);
const open: readonly Access[] = ['public', 'signature', 'secret'];

/** Under what name a caller's requests are counted; undefined for a stranger. */
export const nameOf = (caller: Caller | null): string | undefined => caller?.key?.id ?? caller?.userId;

/** Finds out who sends a request. Answers without a promise if possible, because this is on the path of every hold. */
export function identify(
  http: FastifyInstance,
  app: App,
  op: Operation,
  request: FastifyRequest,
): Identified | null | Promise<Identified | null> {
  if (isWithApiKey(request.headers)) return isOpen(op.access) ? null : identifyKey(http, app, op, request);
  return isOpen(op.access) ? identifyAnyone(app, request) : app.accounts.identify(request.headers);
}

async function identifyKey(
  http: FastifyInstance,
  app: App,
  op: Operation,
  request: FastifyRequest,
): Promise<Identified> {
  const identified = await admitKey(app, op, request);
  await refuseOver(http.apiKeyLimit(nameOf(identified.caller) as string));
  return identified;
}

/** On open operations a suspended user counts as a stranger and is not refused. */
function identifyAnyone(app: App, request: FastifyRequest): ReturnType<App['accounts']['identify']> {
  const forgive = (error: unknown): null => {
    if (error instanceof Refused && error.code === 'suspended') return null;
    throw error;
  };
  try {
    const found = app.accounts.identify(request.headers);
    return found instanceof Promise ? found.catch(forgive) : found;
  } catch (error) {
    return forgive(error);
  }
}

/**
 * Refuses requests from another site's page that carry a visitor's cookie. Programs send no Origin and are let
 * through.
 */
export function checkOrigin(app: App, request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD' || !request.headers.cookie) return;
  const site = request.headers['sec-fetch-site'];
  const from = pageOriginOf(app, request.headers);
  // Also refuses the origins of CORS_ORIGINS: their pages use bearer tokens and never a cookie.
  const foreign = from === 'listed' || from === 'foreign';
  if (foreign || site === 'cross-site' || site === 'same-site') throw new Refused('origin_not_allowed');
}
