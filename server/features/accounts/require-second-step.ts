import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import type { Caller } from './accounts.ts';
import { findUser } from './store.ts';

/**
 * Throws Refused('two_factor_required') for an admin whose account asks for no code, where the operator demands one. It reads the
 * database each time, so an admin who switches the second step off loses the desk at once.
 */
export async function requireSecondStep(app: Pick<App, 'db' | 'config'>, { userId }: Caller): Promise<void> {
  if (!app.config.adminTwoFactor) return;
  const user = await findUser(app.db, userId);
  if (!user?.two_factor_enabled) throw new Refused('two_factor_required');
}
