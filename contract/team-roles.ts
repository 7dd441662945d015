import type { EventId } from './ids.ts';

/**
 * What each role in an organisation may do. This is the only table of it: every operation for a team names a capability
 * (`needs` in operation.ts), the server's guard reads the roles here, and the web app shows a role what it may do.
 */
export const teamRoles = ['owner', 'manager', 'finance', 'support', 'door', 'read-only'] as const;
export type TeamRole = (typeof teamRoles)[number];

interface Rule {
  /** What a member with the capability may do. */
  may: string;
  roles: readonly TeamRole[];
}

export const capabilities = {
  'events.read': { may: 'See the events of the team, drafts too.', roles: teamRoles },
  'events.edit': {
    may: 'Create, change, publish and move events. See promo codes.',
    roles: ['owner', 'manager'],
  },
  'events.cancel': { may: 'Cancel an event for good.', roles: ['owner', 'manager'] },
  'figures.read': {
    may: 'See figures of a sale: what is sold, and for how much.',
    roles: ['owner', 'manager', 'finance', 'read-only'],
  },
  'orders.read': {
    may: 'Find orders and waiting people, and see their names, addresses, tickets and history.',
    roles: ['owner', 'manager', 'finance', 'support', 'read-only'],
  },
  'orders.edit': {
    may: 'Correct an order: the address, names on tickets, notes, tags. Send its messages and tickets again.',
    roles: ['owner', 'manager', 'support'],
  },
  'orders.exchange': {
    may: 'Exchange a ticket for another place.',
    roles: ['owner', 'manager', 'support'],
  },
  'orders.refund': {
    may: 'Refund an order, whole or in part, and end its tickets.',
    roles: ['owner', 'manager', 'finance'],
  },
  'money.read': {
    may: 'See the books and disputes.',
    roles: ['owner', 'manager', 'finance', 'read-only'],
  },
  'exports.read': {
    may: 'Download attendees, orders, payments and check-ins as files.',
    roles: ['owner', 'manager', 'finance'],
  },
  'messages.read': {
    may: 'See the messages about an event and what became of each.',
    roles: ['owner', 'manager', 'support', 'read-only'],
  },
  'messages.send': { may: 'Write to the attendees of an event.', roles: ['owner', 'manager'] },
  'door.read': {
    may: 'See how many people are in.',
    roles: ['owner', 'manager', 'support', 'door', 'read-only'],
  },
  'door.admit': { may: 'Check tickets in.', roles: ['owner', 'manager', 'door'] },
  'team.read': { may: 'See who is on the team.', roles: ['owner', 'manager'] },
  'team.edit': { may: 'Invite people, change roles, remove members.', roles: ['owner'] },
  'seller.edit': {
    may: 'See and change the legal name and address on receipts and invoices.',
    roles: ['owner', 'finance'],
  },
  'settings.edit': { may: 'See and change how long names are kept.', roles: ['owner'] },
  'audit-log.read': { may: 'Read the audit log.', roles: ['owner', 'manager'] },
} as const satisfies Record<string, Rule>;

export type Capability = keyof typeof capabilities;
export const capabilityNames = Object.keys(capabilities) as Capability[];

export const rolesWith = (capability: Capability): readonly TeamRole[] => capabilities[capability].roles;

export const may = (role: TeamRole, capability: Capability): boolean => rolesWith(capability).includes(role);

/** True if `role` may do everything that `other` may do. */
const includesRole = (role: TeamRole, other: TeamRole): boolean =>
  capabilityNames.every((capability) => may(role, capability) || !may(other, capability));

/** What a person is in an organisation. `events` is null if the role counts for all events of the organisation. */
export interface Membership {
  role: TeamRole;
  events: EventId[] | null;
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
  (member.events === null || (eventId !== undefined && member.events.includes(eventId)));

/** An owner is one for all events. */
export const ownsAllEvents = ({ role, events }: { role: TeamRole; events?: unknown }): boolean =>
  role !== 'owner' || !events;
