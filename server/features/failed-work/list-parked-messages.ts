import type { ParkedMessage } from '../../../contract/failed-work.ts';
import type { App } from '../../app.ts';
import { listParked, type ParkedRow } from '../../data/outbox.ts';
import type { Call } from '../../http/bind.ts';

/** Lists messages that sinks have refused for good, the latest first. */
export async function listParkedMessages(
  app: App,
  { query }: Call<undefined, { cursor?: string | undefined; limit: number }, undefined, 'admin'>,
): Promise<{ items: ParkedMessage[]; nextCursor: string | null }> {
  const [id, sink] = query.cursor?.split(':') ?? [];
  const rows = await listParked(app.db, { after: id && sink ? { id, sink } : null, limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(showParked),
    nextCursor: rows.length > query.limit && last ? `${last.id}:${last.sink}` : null,
  };
}

export const showParked = ({ id, createdAt, parkedAt, ...rest }: ParkedRow): ParkedMessage => ({
  ...rest,
  id: String(id),
  createdAt: createdAt.toISOString(),
  parkedAt: parkedAt.toISOString(),
});
