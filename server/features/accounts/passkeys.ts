import { Refused } from '../../../contract/errors.ts';
import type { Id } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from './accounts.ts';
import { deletePasskey, listPasskeysOf } from './credential-store.ts';

/** Lists the caller's passkeys, oldest first, without the keys themselves. */
export async function readPasskeys(app: App, { caller }: { caller: Caller }) {
  const rows = await listPasskeysOf(app.db, caller.userId);
  return {
    items: rows.map(({ id, name, created_at }) => ({ id, name, createdAt: created_at.toISOString() })),
  };
}

export async function endPasskey(app: App, call: { caller: Caller; params: { passkeyId: Id<'passkey'> } }) {
  const ended = await deletePasskey(app.db, call.caller.userId, call.params.passkeyId);
  if (ended === 0) throw new Refused('not_found');
  return undefined;
}
