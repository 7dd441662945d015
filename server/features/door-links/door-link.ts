import type { DoorLink } from '../../../contract/door-links.ts';
import { decideEnd, type LinkRights } from './door-device.ts';
import type { LinkRow } from './store.ts';

export const showRights = (link: LinkRights) => ({
  id: link.id,
  label: link.label,
  gate: link.gate,
  ticketTypeIds: link.ticketTypeIds,
  seesNames: link.seesNames,
  expiresAt: link.expiresAt.toISOString(),
});

export const showLink = (row: LinkRow, now: Date): DoorLink => ({
  id: row.id,
  label: row.label,
  gate: row.gate,
  ticketTypeIds: row.ticket_type_ids,
  seesNames: row.sees_names,
  expiresAt: row.expires_at.toISOString(),
  events: row.events,
  state: decideEnd({ expiresAt: row.expires_at, revokedAt: row.revoked_at }, null, now)?.reason ?? 'valid',
  revokedAt: row.revoked_at?.toISOString() ?? null,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  devices: row.devices,
});

/** What the audit log has of a link. Never its secret. */
export const auditLink = (row: Pick<LinkRow, 'label' | 'gate' | 'sees_names' | 'expires_at' | 'events'>) => ({
  name: row.label,
  gate: row.gate,
  seesNames: row.sees_names,
  expiresAt: row.expires_at.toISOString(),
  events: row.events.map(({ eventId }) => eventId),
});
