import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { listBrowsersOf } from './credential-store.ts';

/** Lists the kinds of browsers that signed in to an account, the first one first. */
export async function readBrowsers(
  app: Pick<App, 'db'>,
  userId: UserId,
): Promise<{ name: string; firstSeenAt: string }[]> {
  const rows = await listBrowsersOf(app.db, userId);
  return rows.map(({ browser, first_seen_at }) => ({
    name: browser,
    firstSeenAt: first_seen_at.toISOString(),
  }));
}
