import type { Export } from '../../../contract/deletion.ts';
import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { listInvitationsOfPerson } from '../organisations/list-invitations.ts';
import { listAllOrders } from '../purchases/list-all-orders.ts';
import type { Caller } from './accounts.ts';
import { listBrowsersOf } from './credential-store.ts';
import { readPasskeys } from './passkeys.ts';
import { readMe } from './read-me.ts';
import { readProfile } from './read-profile.ts';
import { readSessions } from './sessions.ts';
import { findUser } from './store.ts';

/** Everything that is kept about the caller, as a file to download. Tokens, hashes and keys are not in it. */
export async function exportAccount(app: App, call: { caller: Caller }): Promise<Raw> {
  const { userId } = call.caller;
  const [user, me, profile, sessions, passkeys, browsers, orders, invitations] = await Promise.all([
    findUser(app.db, userId),
    readMe(app, call),
    readProfile(app, userId),
    readSessions(app, call),
    readPasskeys(app, call),
    listBrowsersOf(app.db, userId),
    listAllOrders(app, userId),
    listInvitationsOfPerson(app, userId),
  ]);
  if (!user) throw new Refused('unauthenticated');
  const exported: Export = {
    exportedAt: app.clock.now().toISOString(),
    account: { ...me, createdAt: user.created_at.toISOString() },
    profile,
    consents: { mails: profile.mails },
    sessions: sessions.items,
    passkeys: passkeys.items,
    browsers: browsers.map(({ browser, first_seen_at }) => ({
      name: browser,
      firstSeenAt: first_seen_at.toISOString(),
    })),
    orders,
    invitations,
  };
  return new Raw(JSON.stringify(exported, null, 2), {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="admit-${exported.exportedAt.slice(0, 10)}.json"`,
    'cache-control': 'no-store',
  });
}
