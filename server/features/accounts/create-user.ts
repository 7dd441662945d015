import { randomUUID } from 'node:crypto';
import type { UserRole } from '../../../contract/accounts.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { hashPassword } from './passwords.ts';
import { findUserByEmail, insertUser } from './store.ts';

/**
 * Creates an account without a request: for the demo, tests and the first admin. Idempotent by e-mail address. Tests give a hash
 * that they have made once, because hashing takes longer than all the rest.
 */
export async function createUser(
  app: Pick<App, 'db' | 'clock' | 'newId'>,
  user: {
    name: string;
    email: string;
    password: string | { hash: string };
    role: UserRole;
    verified: boolean;
  },
): Promise<UserId> {
  const known = await findUserByEmail(app.db, user.email);
  if (known) return known.id;
  const { password, ...rest } = user;
  const id = app.newId('user');
  const passwordHash = typeof password === 'string' ? await hashPassword(password) : password.hash;
  const written = await app.db.transaction((trx) =>
    insertUser(trx, { id, ...rest, passwordHash }, randomUUID(), app.clock.now()),
  );
  // Somebody else created an account with this address meanwhile, so this returns that one.
  return written ? id : ((await findUserByEmail(app.db, user.email))?.id ?? id);
}
