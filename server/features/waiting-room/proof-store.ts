import type { EventId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import type { Proof } from './proofs.ts';
import { entryColumns, type Joining } from './store.ts';
import type { EntryRow } from './waiting-room.ts';

/** The SQL of proofs of work. */

export type Proven = Joining & Proof;

const joinSql = `
  select ${entryColumns} from join_queue_with_proofs($1, $2::text[], $3::text[], $4::text[], $5::bytea[], $6::timestamptz[], $7)`;

/** As insertEntries, for those whose proof nobody has used. Whoever joined before keeps the place. */
export const insertProven = (
  db: Queryable,
  eventId: EventId,
  people: Proven[],
  now: Date,
): Promise<EntryRow[]> =>
  db.query<EntryRow>(joinSql, [
    eventId,
    people.map(({ userId }) => userId),
    people.map(({ entryId }) => entryId),
    people.map(({ salt }) => salt),
    people.map(({ nonce }) => nonce),
    people.map(({ expiresAt }) => expiresAt),
    now,
  ]);

// An expired proof is refused before anybody looks for it here.
const forgetSql = `
  delete from queue_proofs where (event_id, nonce) in (
    select event_id, nonce from queue_proofs where expires_at < $1 limit 5000 for update skip locked)`;

/** Deletes expired proofs. Returns how many of a portion. */
export const deleteExpired = (db: Queryable, expiredBefore: Date): Promise<number> =>
  db.run(forgetSql, [expiredBefore]);
