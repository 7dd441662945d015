import type { PassId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { listChangedOf } from './store.ts';

/** The passes of a device that have changed since an earlier answer, which names its time in seconds. */
export async function listChangedPasses(
  app: App,
  call: {
    params: { libraryId: string; passType: string };
    query: { passesUpdatedSince?: string | undefined };
  },
): Promise<{ serialNumbers: PassId[]; lastUpdated: string } | Raw> {
  const { libraryId, passType } = call.params;
  const { passesUpdatedSince: since } = call.query;
  const changed =
    passType === app.appleWallet?.passType
      ? await listChangedOf(app.db, libraryId, since === undefined ? null : new Date(Number(since) * 1000))
      : [];
  if (changed.length === 0) return new Raw('', {}, 204);
  const latest = Math.max(...changed.map(({ changedAt }) => changedAt.getTime()));
  return { serialNumbers: changed.map(({ id }) => id), lastUpdated: String(latest / 1000) };
}
