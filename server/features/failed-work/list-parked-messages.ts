import type { ParkedMessage } from '../../../contract/failed-work.ts';
import type { App } from '../../app.ts';
import { listParked, type ParkedRow } from '../../data/outbox.ts';
import type { Call } from '../../http/bind.ts';

/** Lists messages that sinks have refused for good, the latest first. */
export async function listParkedMessages(
  app: App,
  { query }: Call<undefined, { before?: string | undefined; limit: number }, undefined, 'admin'>,
): Promise<{ items: ParkedMessage[] }> {
  const rows = await listParked(app.db, { before: query.before ?? null, limit: query.limit });
  return { items: rows.map(showParked) };
}

export const showParked = ({ id, createdAt, parkedAt, ...rest }: ParkedRow): ParkedMessage => ({
  ...rest,
  id: String(id),
  createdAt: createdAt.toISOString(),
  parkedAt: parkedAt.toISOString(),
});
