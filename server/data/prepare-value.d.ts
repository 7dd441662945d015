/** Not in @types/pg: how `pg` writes a value as PostgreSQL's text. */
declare module 'pg/lib/utils.js' {
  export function prepareValue(value: unknown): unknown;
}
