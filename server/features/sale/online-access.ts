import type { EventId } from '../../../contract/ids.ts';
import type { OnlineAccess } from '../../../contract/online.ts';
import type { Attendance } from '../../../contract/online-fields.ts';
import type { Queryable, Writes } from '../../data/db.ts';

const notOnline: OnlineAccess = { attendance: 'in-person', url: null, note: '', version: 0 };

const selectSql = `select attendance, url, note, version from online_access where event_id = $1`;
/** How people attend an event, with the link. For its team; holders get it with the sale of the event. */
export const readOnlineAccess = async (db: Queryable, eventId: EventId): Promise<OnlineAccess> =>
  (await db.query<OnlineAccess>(selectSql, [eventId]))[0] ?? notOnline;

const upsertSql = `
  insert into online_access (event_id, attendance, url, note, version, changed_at) values ($1, $2, $3, $4, $5, $6)
  on conflict (event_id) do update set attendance = $2, url = $3, note = $4, version = $5, changed_at = $6`;
/** Writes it. The caller has locked the event and raises its version. */
export const writeOnlineAccess = (
  trx: Writes,
  eventId: EventId,
  { attendance, url, note, version }: OnlineAccess,
  now: Date,
): void => trx.write(upsertSql, [eventId, attendance, url, note, version, now]);

/** A column of an EventRow: how people attend it. The link is never among what the catalog reads. */
export const attendanceColumn = `coalesce((select attendance from online_access
    where online_access.event_id = events.id), 'in-person') as attendance`;

/** What holders of valid tickets are told. */
export interface OnlineRoom {
  attendance: Exclude<Attendance, 'in-person'>;
  url: string | null;
  note: string;
}

/** A column of a SaleRow: what holders are told; null for an event that nobody attends online. */
export const onlineColumn = `(select json_build_object('attendance', attendance, 'url', url, 'note', note) from online_access
      where online_access.event_id = events.id and attendance <> 'in-person') as online`;
