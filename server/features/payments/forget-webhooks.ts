import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { deleteWebhooks, emptyWebhooks } from './webhook-store.ts';

/** Erases the bodies of webhooks, which name buyers, and later forgets what became of them. */
export async function forgetWebhooks(app: Pick<App, 'db'>, now: Date): Promise<number> {
  const emptied = await inPortions(() => emptyWebhooks(app.db, daysBefore(now, keptDays.webhookBodies)));
  return emptied + (await inPortions(() => deleteWebhooks(app.db, daysBefore(now, keptDays.webhooks))));
}
