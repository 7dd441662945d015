import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refused } from '../../contract/errors.ts';
import { guestKeyHeader, guestKeyPattern, guestTokenHeader } from '../../contract/guest-key.ts';
import type { Operation } from '../../contract/operation.ts';
import type { App } from '../app.ts';
import type { Identified } from '../features/accounts/accounts.ts';
import { networkOf } from './networks.ts';
import { refuseOver } from './rate-limits.ts';

/** Generous, as for signing in as a guest: a whole venue may be behind one address. */
const guestsPerNetwork = { max: 1200, seconds: 60 };

interface Guests {
  /** Whether a request carries a guest key. */
  isAsked(request: FastifyRequest): boolean;
  /** The guest of the request's key. Limited by network, because each new guest would have a limit of their own. */
  open(request: FastifyRequest, reply: FastifyReply): Promise<Identified>;
}

/** How an operation signs in guests by their key (docs/accounts.md); undefined for those that do not. */
export function guestsOf(app: App, op: Operation): Guests | undefined {
  if (!op.opensGuest) return undefined;
  const limit = app.rateLimits.open('guests by network', guestsPerNetwork);
  return {
    isAsked: ({ headers }) => headers[guestKeyHeader] !== undefined,
    async open({ headers, ip }, reply) {
      const key = String(headers[guestKeyHeader]);
      if (!guestKeyPattern.test(key)) {
        throw new Refused('invalid_request', { detail: `${guestKeyHeader} is not a guest key.` });
      }
      const network = networkOf(ip);
      await refuseOver(limit(network));
      const opened = await app.accounts.openGuest({
        key,
        network,
        userAgent: headers['user-agent'] ?? '',
      });
      if (headers[guestTokenHeader] !== 'wanted') return opened;
      reply.headers({ [guestTokenHeader]: opened.token, 'cache-control': 'private, no-store' });
      return { caller: opened.caller };
    },
  };
}
