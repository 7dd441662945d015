import type { Operation } from './operation.ts';
import { type Capability, capabilityNames } from './team-roles.ts';

/**
 * What an API key may be allowed to do, by the areas of the desk. The right to write in an area includes the right to read
 * in it.
 */
export const apiKeyScopes = [
  'events:read',
  'events:write',
  'places:write',
  'figures:read',
  'orders:read',
  'orders:write',
  'money:read',
  'money:write',
  'exports:read',
  'exports:write',
  'messages:read',
  'messages:write',
  'door:read',
  'door:write',
  'team:read',
  'audit-log:read',
] as const;
export type ApiKeyScope = (typeof apiKeyScopes)[number];

/**
 * The scope that stands for each capability; null if only a person may do it. A key must not raise anybody's rights, make
 * other keys, read the secrets of webhooks, or change where the money goes.
 */
const scopes: Record<Capability, ApiKeyScope | null> = {
  'events.read': 'events:read',
  'events.edit': 'events:write',
  'events.cancel': 'events:write',
  'figures.read': 'figures:read',
  'places.block': 'places:write',
  'tickets.issue': 'places:write',
  'tickets.sell': 'door:write',
  'door-sales.read': 'door:read',
  'orders.read': 'orders:read',
  'orders.edit': 'orders:write',
  'orders.exchange': 'orders:write',
  'orders.refund': 'money:write',
  'money.read': 'money:read',
  'payouts.read': 'money:read',
  'payouts.connect': null,
  'exports.read': 'exports:read',
  'messages.read': 'messages:read',
  'messages.send': 'messages:write',
  'door.read': 'door:read',
  'door.admit': 'door:write',
  'door.manage': 'door:write',
  'team.read': 'team:read',
  'team.edit': null,
  'seller.edit': 'money:write',
  'settings.edit': null,
  'audit-log.read': 'audit-log:read',
  'integrations.manage': null,
};

const toWrite = (scope: ApiKeyScope): ApiKeyScope => scope.replace(/:read$/, ':write') as ApiKeyScope;

/**
 * The scope that an API key needs for an operation; null if keys cannot call it. It follows from the capability, so a new
 * operation has a scope as soon as it says what it `needs`. An operation that changes something needs the right to write,
 * also if every role that reads may call it.
 */
export function scopeOf({ method, needs }: Pick<Operation, 'method' | 'needs'>): ApiKeyScope | null {
  const scope = needs ? scopes[needs] : null;
  return scope && method !== 'GET' ? toWrite(scope) : scope;
}

export const hasScope = (given: readonly ApiKeyScope[], needed: ApiKeyScope): boolean =>
  given.includes(needed) || given.includes(toWrite(needed));

/** What these scopes leave of a role. */
export const capabilitiesOf = (given: readonly ApiKeyScope[]): Capability[] =>
  capabilityNames.filter((name) => {
    const scope = scopes[name];
    return scope !== null && hasScope(given, scope);
  });

/** The scope that a key lacks for a capability. */
export const scopeOfCapability = (capability: Capability): ApiKeyScope | null => scopes[capability];
