import type { ApiKey } from '../../../contract/api-keys.ts';
import type { Fields } from '../../data/audit-trail.ts';
import type { KeyRow } from './store.ts';

/** Decision: what has become of a key. */
export function stateOf({ expiresAt, revokedAt }: Pick<KeyRow, 'expiresAt' | 'revokedAt'>, now: Date) {
  if (revokedAt) return 'revoked';
  return expiresAt && expiresAt <= now ? 'expired' : 'valid';
}

export function showKey(key: KeyRow, names: Map<string, string>, now: Date): ApiKey {
  const { id, name, hint, scopes, eventIds, madeBy } = key;
  const old = key.oldUntil && key.oldUntil > now ? key.oldUntil : null;
  return {
    id,
    name,
    hint,
    scopes,
    eventIds,
    madeBy: { id: madeBy, name: names.get(madeBy) ?? '' },
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    rotatedAt: key.rotatedAt?.toISOString() ?? null,
    oldSecretUntil: old?.toISOString() ?? null,
    state: stateOf(key, now),
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}

/** What an audit entry shows of a key. Never its secret. */
export const auditKey = ({ name, scopes, eventIds, expiresAt }: KeyRow): Fields => ({
  name,
  scopes,
  events: eventIds,
  expiresAt: expiresAt?.toISOString() ?? null,
});
