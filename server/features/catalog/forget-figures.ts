import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { deleteHeat, deleteReminders } from './figures-store.ts';

/** Forgets what was counted of events that are over: nobody lists them as trending or reminds anybody of them. */
export async function forgetFigures(app: Pick<App, 'db'>, now: Date): Promise<number> {
  const endedBefore = daysBefore(now, keptDays.eventFiguresAfterEvent);
  const heat = await inPortions(() => deleteHeat(app.db, endedBefore));
  return heat + (await inPortions(() => deleteReminders(app.db, endedBefore)));
}
