import type { UserId } from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';

// The rows stay, because check-ins name them.
const namesOf = `update door_devices set name = '' where user_id = $1 and name <> ''`;

/** Deletes the names that a person gave to devices, when the account is deleted. */
export const forgetDeviceNames = (trx: Writes, userId: UserId): void => trx.write(namesOf, [userId]);

const ofNoEvent = `
  delete from door_links where not exists (select from door_link_events where link_id = door_links.id)`;

/** Deletes links whose events are all deleted, with their devices. The check-ins that named these went before the events. */
export const forgetDoorLinks = (db: Queryable): Promise<number> => db.run(ofNoEvent);
