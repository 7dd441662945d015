import type { App } from '../../app.ts';
import { deleteOldClocks } from './marks-store.ts';

/** Forgets who let go of which places, where it no longer matters. Runs every few minutes. */
export async function forgetClocks(app: Pick<App, 'db' | 'clock'>): Promise<void> {
  await deleteOldClocks(app.db, app.clock.now());
}
