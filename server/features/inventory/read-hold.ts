import type { HoldId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { HoldRecord } from './inventory.ts';
import { findHold } from './store.ts';

/** A hold as it is stored, for other features; null where there is none. Whose it is, is the caller's to check. */
export const readHold = (app: Pick<App, 'db'>, holdId: HoldId): Promise<HoldRecord | null> =>
  findHold(app.db, holdId);
