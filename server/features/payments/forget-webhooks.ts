import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { deleteWebhooks, emptyWebhooks } from './webhook-store.ts';

/** Erases the bodies of old webhooks, because they name buyers, and later deletes the records of the webhooks. */
export async function forgetWebhooks(app: Pick<App, 'db'>, now: Date): Promise<number> {
  const emptied = await inPortions(() => emptyWebhooks(app.db, daysBefore(now, keptDays.webhookBodies)));
  return emptied + (await inPortions(() => deleteWebhooks(app.db, daysBefore(now, keptDays.webhooks))));
}
