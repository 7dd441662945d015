import type { EventId } from './ids.ts';

/**
 * What each role in an organisation may do. This is the only table of it: every operation for a team names a capability
 * (`needs` in operation.ts), the server's guard reads the roles here, and the web app shows a role what it may do.
 */
export const teamRoles = ['owner', 'manager', 'finance', 'support', 'door', 'read-only'] as const;
export type TeamRole = (typeof teamRoles)[number];

/** The roles with each capability. capability-texts.ts says what each of them allows. */
const capabilities = {
  'events.read': teamRoles,
  'events.edit': ['owner', 'manager'],
  'events.cancel': ['owner', 'manager'],
  'figures.read': ['owner', 'manager', 'finance', 'read-only'],
  'places.block': ['owner', 'manager'],
  'tickets.issue': ['owner', 'manager'],
  'tickets.sell': ['owner', 'manager', 'door'],
  'door-sales.read': ['owner', 'manager', 'finance', 'door'],
  'orders.read': ['owner', 'manager', 'finance', 'support', 'read-only'],
  'orders.edit': ['owner', 'manager', 'support'],
  'orders.exchange': ['owner', 'manager', 'support'],
  'orders.refund': ['owner', 'manager', 'finance'],
  'money.read': ['owner', 'manager', 'finance', 'read-only'],
  'payouts.read': ['owner', 'manager', 'finance'],
  'payouts.connect': ['owner', 'finance'],
  'exports.read': ['owner', 'manager', 'finance'],
  'messages.read': ['owner', 'manager', 'support', 'read-only'],
  'messages.send': ['owner', 'manager'],
  'door.read': ['owner', 'manager', 'support', 'door', 'read-only'],
  'door.admit': ['owner', 'manager', 'door'],
  'door.manage': ['owner', 'manager'],
  'team.read': ['owner', 'manager'],
  'team.edit': ['owner'],
  'seller.edit': ['owner', 'finance'],
  'settings.edit': ['owner'],
  'audit-log.read': ['owner', 'manager'],
  'integrations.manage': ['owner', 'manager'],
} as const satisfies Record<string, readonly TeamRole[]>;

export type Capability = keyof typeof capabilities;
export const capabilityNames = Object.keys(capabilities) as Capability[];

export const rolesWith = (capability: Capability): readonly TeamRole[] => capabilities[capability];

export const may = (role: TeamRole, capability: Capability): boolean => rolesWith(capability).includes(role);

/** True if `role` may do everything that `other` may do. */
const includesRole = (role: TeamRole, other: TeamRole): boolean =>
  capabilityNames.every((capability) => may(role, capability) || !may(other, capability));

/** What a device of a door link may do at the events of its link (door-links.ts). */
export const deviceCapabilities: readonly Capability[] = ['door.read', 'door.admit'];

/** What a person is in an organisation. `events` is null if the role counts for all events of the organisation. */
export interface Membership {
  role: TeamRole;
  events: EventId[] | null;
  /** What an API key leaves of the role (api-key-scopes.ts). A person's membership does not have it. */
  only?: readonly Capability[];
}

/** How many events one membership may name. */
export const mostMemberEvents = 200;

/** True if a member may do everything that `other` allows, in all of its events. */
export const includesMembership = (member: Membership, other: Membership): boolean =>
  includesRole(member.role, other.role) &&
  (member.events === null || (other.events?.every((id) => member.events?.includes(id)) ?? false));

/** Whether a member may do something in an event; without `eventId`: in the organisation as a whole. */
export const mayIn = (member: Membership, capability: Capability, eventId?: EventId): boolean =>
  may(member.role, capability) &&
  (member.only?.includes(capability) ?? true) &&
  (member.events === null || (eventId !== undefined && member.events.includes(eventId)));

/** An owner is one for all events. */
export const ownsAllEvents = ({ role, events }: { role: TeamRole; events?: unknown }): boolean =>
  role !== 'owner' || !events;
