import { randomUUID } from 'node:crypto';
import type { UserRole } from '../../../contract/accounts.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { hashPassword } from './passwords.ts';
import { findUserByEmail, insertUser } from './store.ts';

/** Writes an account without a request: the demo's, a test's, the first admin's. Idempotent by e-mail address. */
export async function createUser(
  app: Pick<App, 'db' | 'clock' | 'newId'>,
  user: { name: string; email: string; password: string; role: UserRole; verified: boolean },
): Promise<UserId> {
  const known = await findUserByEmail(app.db, user.email);
  if (known) return known.id;
  const { password, ...rest } = user;
  const id = app.newId('user');
  const passwordHash = await hashPassword(password);
  const written = await app.db.transaction((trx) =>
    insertUser(trx, { id, ...rest, passwordHash }, randomUUID(), app.clock.now()),
  );
  // Someone else wrote the same address in the meantime: theirs it is.
  return written ? id : ((await findUserByEmail(app.db, user.email))?.id ?? id);
}
