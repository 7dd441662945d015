/** Missing in @types/pg: converts a value to PostgreSQL's text form, as `pg` does. */
declare module 'pg/lib/utils.js' {
  export function prepareValue(value: unknown): unknown;
}
