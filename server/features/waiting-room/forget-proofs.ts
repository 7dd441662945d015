import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { deleteExpired } from './proof-store.ts';

/** The clocks of processes differ by less. */
const hourMs = 3_600_000;

/** Deletes the proofs of work that have expired. */
export const forgetProofs = (app: Pick<App, 'db'>, now: Date): Promise<number> =>
  inPortions(() => deleteExpired(app.db, new Date(now.getTime() - hourMs)));
