import type { FastifyRequest } from 'fastify';
import { hasScope, scopeOf } from '../../contract/api-key-scopes.ts';
import { Refused } from '../../contract/errors.ts';
import type { Operation } from '../../contract/operation.ts';
import type { App } from '../app.ts';
import type { Identified } from '../features/accounts/accounts.ts';
import { identifyKey } from '../features/api-keys/find-key.ts';

/**
 * Identifies an API key and lets it into an operation for which it has the scope. A key is no person, so to operations for
 * anybody it is a stranger, and operations of buyers and of admins refuse it as they refuse strangers. Which organisation
 * and events the key is for is checked with the role of the person who made it (organisations/team.ts).
 */
export async function admitKey(app: App, op: Operation, request: FastifyRequest): Promise<Identified> {
  const needed = scopeOf(op);
  if (!needed)
    throw new Refused('unauthenticated', {
      detail: 'API keys cannot call this operation. It is for people who are signed in.',
    });
  const caller = await identifyKey(app, request.headers.authorization as string);
  if (!hasScope(caller.key?.scopes ?? [], needed))
    throw new Refused('missing_scope', { detail: `This key lacks the scope ${needed}.`, scope: needed });
  return { caller };
}
