/** A condition that the tables must satisfy, as SQL that selects one text for each row that breaks it. */
export interface Check {
  name: string;
  sql: string;
  /** True if it holds only after everything that follows a commit is done. */
  settled?: boolean;
}

// $1: the events to check, null for all. $2: acknowledged ids. $3: the world's clock, or null.
export const ofEvents = (table: string) => `($1::text[] is null or ${table}.event_id = any($1))`;
