import type { EventId, QueueEntryId, UserId } from '../../../contract/ids.ts';
import type { QueueLane } from '../../../contract/waiting-room.ts';
import type { Reads, Transaction } from '../../data/db.ts';
import { entryColumns } from './store.ts';
import type { EntryRow } from './waiting-room.ts';

/** The SQL of the lanes of a queue. */

/** A lane as its team knows it. */
export interface SecretLane extends QueueLane {
  code: string;
  mostPeople: number;
}

const putLanesSql = `
  update waiting_rooms set lanes = $2::jsonb, version = version + 1 where event_id = $1`;
const dropCodesSql = `delete from queue_lane_codes where event_id = $1`;
const addCodesSql = `
  insert into queue_lane_codes (event_id, lane, code, most_people)
  select $1, lane, code, most from unnest($2::text[], $3::text[], $4::integer[]) as given (lane, code, most)`;
const leaveLanesSql = `
  update queue_entries set lane = null
  where event_id = $1 and lane is not null and not (lane = any($2::text[]))`;

/** Replaces the lanes of a room that this transaction has locked. People of a lane that is gone wait without one. */
export async function replaceLanes(trx: Transaction, eventId: EventId, lanes: SecretLane[]): Promise<void> {
  const shown = lanes.map(({ key, name, percent }) => ({ key, name, percent }));
  await trx.run(putLanesSql, [eventId, JSON.stringify(shown)]);
  await trx.run(dropCodesSql, [eventId]);
  await trx.run(addCodesSql, [
    eventId,
    lanes.map(({ key }) => key),
    lanes.map(({ code }) => code),
    lanes.map(({ mostPeople }) => mostPeople),
  ]);
  await trx.run(leaveLanesSql, [eventId, lanes.map(({ key }) => key)]);
}

const codesSql = `
  select lane as key, code, most_people as "mostPeople",
    (select count(*)::int from queue_entries
      where queue_entries.event_id = $1 and queue_entries.lane = queue_lane_codes.lane and status <> 'ended') as people
  from queue_lane_codes where event_id = $1`;

/** The codes of the lanes, and how many people each has. */
export const selectCodes = (
  db: Reads,
  eventId: EventId,
): Promise<{ key: string; code: string; mostPeople: number; people: number }[]> =>
  db.query(codesSql, [eventId]);

// The room is locked, so nobody else joins, leaves or opens a lane meanwhile.
const laneOfCodeSql = `
  select lane, most_people as "mostPeople",
    (select count(*)::int from queue_entries
      where queue_entries.event_id = $1 and queue_entries.lane = queue_lane_codes.lane and status <> 'ended'
        and user_id is distinct from $3) as people
  from queue_lane_codes where event_id = $1 and lower(code) = lower($2)`;

/** The lane that a code opens, and how many other people have opened it; null if no lane has the code. */
export async function selectLaneOfCode(
  trx: Transaction,
  eventId: EventId,
  code: string,
  userId: UserId,
): Promise<{ lane: string; mostPeople: number; people: number } | null> {
  const [found] = await trx.query<{ lane: string; mostPeople: number; people: number }>(laneOfCodeSql, [
    eventId,
    code,
    userId,
  ]);
  return found ?? null;
}

const enterSql = `
  update queue_entries set lane = $3
  where event_id = $1 and user_id = $2 and status = 'waiting' and position is null returning ${entryColumns}`;

/** Puts the place of a person who waits for the draw into a lane. Null if the person has no such place. */
export async function enterLaneOf(
  trx: Transaction,
  eventId: EventId,
  userId: UserId,
  lane: string,
): Promise<(EntryRow & { id: QueueEntryId }) | null> {
  const [entry] = await trx.query<EntryRow>(enterSql, [eventId, userId, lane]);
  return entry ?? null;
}
