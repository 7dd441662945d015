import type { DoorEndReason } from '../../../contract/door-end.ts';
import type { EventId, Id, OrganisationId, TicketTypeId } from '../../../contract/ids.ts';
import type { Caller } from '../accounts/accounts.ts';

export type DoorLinkId = Id<'doorLink'>;
export type DoorDeviceId = Id<'doorDevice'>;

export interface Covered {
  eventId: EventId;
  /** Where the devices of the link scan at this event; null is the entrance. */
  checkpointId: Id<'checkpoint'> | null;
}

/** A door link, as far as its devices need it. */
export interface LinkRights {
  id: DoorLinkId;
  organisationId: OrganisationId;
  label: string;
  gate: string | null;
  ticketTypeIds: TicketTypeId[] | null;
  seesNames: boolean;
  expiresAt: Date;
  revokedAt: Date | null;
  events: Covered[];
}

/** A device of a door link, as the database has it. */
export interface KnownDevice {
  id: DoorDeviceId;
  revokedAt: Date | null;
  link: LinkRights;
}

/** When and why a device lost its access. */
export interface Ended {
  at: Date;
  reason: DoorEndReason;
  /** Somebody revoked the link or the device, before it expired or after. */
  isRevoked: boolean;
}

/** A caller that is a device of a door link. It has no account. */
export interface DeviceCaller {
  kind: 'device';
  deviceId: DoorDeviceId;
  link: LinkRights;
  /** Null while the device may scan. Only checkInBatch is called by a device that has ended. */
  ended: Ended | null;
}

/** Who calls an operation with the access `door`. */
export type DoorCaller = Caller | DeviceCaller;

export const isDevice = (caller: DoorCaller): caller is DeviceCaller => 'kind' in caller;

/** Decision: whether a link or device has ended. The earliest end counts. */
export function decideEnd(
  { expiresAt, revokedAt }: Pick<LinkRights, 'expiresAt' | 'revokedAt'>,
  deviceRevokedAt: Date | null,
  now: Date,
): Ended | null {
  const ends: Omit<Ended, 'isRevoked'>[] = [{ at: expiresAt, reason: 'expired' }];
  for (const at of [revokedAt, deviceRevokedAt]) if (at) ends.push({ at, reason: 'revoked' });
  const first = ends.reduce((a, b) => (b.at < a.at ? b : a));
  return first.at <= now ? { ...first, isRevoked: ends.length > 1 } : null;
}

export const covers = ({ events }: Pick<LinkRights, 'events'>, eventId: EventId): boolean =>
  events.some((each) => each.eventId === eventId);
