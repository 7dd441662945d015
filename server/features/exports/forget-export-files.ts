import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { deleteEndedFiles } from './schedules-store.ts';

/** Deletes files that can no longer be downloaded. */
export const forgetExportFiles = ({ db }: Pick<App, 'db'>, now: Date): Promise<number> =>
  inPortions(() => deleteEndedFiles(db, now));
