import type { Queryable } from '../../data/db.ts';

const forget = (table: string) => `
  delete from ${table} where event_id in (
    select ${table}.event_id from ${table} join events on events.id = ${table}.event_id
    where events.ends_at < $1 limit 1000 for update of ${table} skip locked)`;
const heat = forget('event_heat');
const reminders = forget('event_reminders');

export const deleteHeat = (db: Queryable, endedBefore: Date): Promise<number> => db.run(heat, [endedBefore]);

export const deleteReminders = (db: Queryable, endedBefore: Date): Promise<number> =>
  db.run(reminders, [endedBefore]);
