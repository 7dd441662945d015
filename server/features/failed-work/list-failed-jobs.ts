import type { FailedJob } from '../../../contract/failed-work.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { type FailedJobRow, listFailedJobs as list } from '../../work/jobs.ts';

/** Lists jobs whose last attempt failed, the latest first. The cursor is the id of the last one shown. */
export async function listFailedJobs(
  app: App,
  { query }: Call<undefined, { cursor?: string | undefined; limit: number }, undefined, 'admin'>,
): Promise<{ items: FailedJob[]; nextCursor: string | null }> {
  const rows = await list(app.db, { before: query.cursor ?? null, limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  return {
    items: page.map(showFailedJob),
    nextCursor: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

const showFailedJob = ({ payload, createdAt, failedAt, error, ...rest }: FailedJobRow): FailedJob => ({
  ...rest,
  error: error ?? '',
  about: idsIn(payload),
  createdAt: createdAt.toISOString(),
  failedAt: failedAt.toISOString(),
});

const id = /^[a-z]{3}_[0-9A-Za-z]{4,40}$/;

/** The ids in a payload, each once. Everything else may be about a person, such as an address. */
function idsIn(payload: unknown): string[] {
  if (typeof payload === 'string') return id.test(payload) ? [payload] : [];
  if (typeof payload !== 'object' || payload === null) return [];
  return [...new Set(Object.values(payload).flatMap(idsIn))].slice(0, 100);
}
