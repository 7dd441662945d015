import type { App } from '../../app.ts';
import { deleteOldClocks } from './marks-store.ts';

/** Deletes clocks that no longer matter. Runs every few minutes. */
export async function forgetClocks(app: Pick<App, 'db' | 'clock'>): Promise<void> {
  await deleteOldClocks(app.db, app.clock.now());
}
