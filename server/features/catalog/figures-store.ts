import type { Queryable } from '../../data/db.ts';

const forget = (table: string) => `
  delete from ${table} where event_id in (
    select ${table}.event_id from ${table} join events on events.id = ${table}.event_id
    where events.ends_at < $1 limit 1000 for update of ${table} skip locked)`;
const heat = forget('event_heat');
const reminders = forget('event_reminders');
const tellings = forget('move_tellings');
const told = forget('told_moves');

export const deleteHeat = (db: Queryable, endedBefore: Date): Promise<number> => db.run(heat, [endedBefore]);

export const deleteReminders = (db: Queryable, endedBefore: Date): Promise<number> =>
  db.run(reminders, [endedBefore]);

/** The notes of which buyers know of which move. */
export const deleteMoveNotes = async (db: Queryable, endedBefore: Date): Promise<number> =>
  (await db.run(tellings, [endedBefore])) + (await db.run(told, [endedBefore]));
