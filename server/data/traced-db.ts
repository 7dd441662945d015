import type { Traces } from '../traces.ts';
import type { Db } from './db.ts';

const about = (text?: string) => ({
  kind: 'client' as const,
  attributes: { 'db.system.name': 'postgresql', ...(text && { 'db.query.text': text }) },
});

/**
 * A Db whose transactions, and statements outside of them, are spans of the request, job or batch that asks. Statements are constants
 * without values, so a span tells nothing about people. What runs outside of a span, like the relay's look at the outbox, makes none.
 */
export function traceDb(db: Db, traces: Traces | null): Db {
  if (!traces) return db;
  const inSpan = <T>(name: string, text: string | undefined, work: () => Promise<T>): Promise<T> =>
    traces.here() ? traces.span(name, about(text), work) : work();
  return {
    ...db,
    query: (text, values) => inSpan('statement', text, () => db.query(text, values)),
    run: (text, values) => inSpan('statement', text, () => db.run(text, values)),
    transaction: (work) => inSpan('transaction', undefined, () => db.transaction(work)),
    writeAll: (work) => inSpan('transaction', undefined, () => db.writeAll(work)),
  };
}
