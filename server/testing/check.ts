/** What must be true of the tables, as SQL that selects one text for each row that breaks it. */
export interface Check {
  name: string;
  sql: string;
  /** True only when everything that follows a commit has been done. */
  settled?: boolean;
}

// $1: the events to look at, null for all; $2: acknowledged ids; $3: the world's clock, or null.
export const ofEvents = (table: string) => `($1::text[] is null or ${table}.event_id = any($1))`;
