import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { deleteHeat, deleteMoveNotes, deleteReminders } from './figures-store.ts';

/** Deletes the figures of past events: they are no longer trending and need no reminders, and nobody is told of their moves. */
export async function forgetFigures(app: Pick<App, 'db'>, now: Date): Promise<number> {
  const endedBefore = daysBefore(now, keptDays.eventFiguresAfterEvent);
  const heat = await inPortions(() => deleteHeat(app.db, endedBefore));
  const reminders = await inPortions(() => deleteReminders(app.db, endedBefore));
  return heat + reminders + (await inPortions(() => deleteMoveNotes(app.db, endedBefore)));
}
