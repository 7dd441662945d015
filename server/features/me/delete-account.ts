import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { ActingCall } from '../../data/audit-trail.ts';
import { forgetRepliesTo } from '../../http/idempotency.ts';
import type { Caller } from '../accounts/accounts.ts';
import { emptyAccount } from '../accounts/empty-account.ts';
import { isFresh, proveOneself } from '../accounts/prove-oneself.ts';
import { readUser } from '../accounts/read-user.ts';
import { forgetDeviceNames } from '../door-links/forget-devices.ts';
import { forgetReporter } from '../moderation/reports-of-person.ts';
import { forgetAccountMessages } from '../notifications/forget-mails.ts';
import { forgetInvitationsTo } from '../organisations/forget-invitations.ts';
import { leaveTeams, listLastOwned } from '../organisations/leave-teams.ts';
import { listMemberships } from '../organisations/team.ts';
import { listAllOrders } from '../purchases/list-all-orders.ts';
import { countReceivedAhead } from '../tickets/count-received-ahead.ts';
import { withdrawOffers } from '../transfers/withdraw-offers.ts';
import { eraseEntries } from '../waiting-room/erase-entries.ts';
import { leaveAll } from '../waitlist/leave-all.ts';

/** Tells what deleting the account would mean, without deleting it. */
export async function readDeletion(app: App, { caller }: { caller: Caller }) {
  const [ticketsAhead, lastOwnerOf, fresh] = await Promise.all([
    countTicketsAhead(app, caller),
    app.db.transaction((trx) => listLastOwned(trx, caller.userId)),
    isFresh(app, caller),
  ]);
  return { ticketsAhead, lastOwnerOf, needsPassword: !caller.isGuest && !fresh };
}

/**
 * Deletes the caller's account. Orders, payments and tickets keep their content, because they are the sellers'
 * records. Nobody can delete an admin before another admin takes the role away.
 */
export async function deleteAccount(
  app: App,
  call: ActingCall & {
    caller: Caller;
    body: { password?: string | undefined; ticketsLeaveMe: boolean };
  },
) {
  const { caller, body } = call;
  await proveOneself(app, caller, body.password);
  if (caller.role === 'admin')
    throw new Refused('forbidden', { detail: 'Another admin must take the role of admin from you first.' });
  const ticketsAhead = await countTicketsAhead(app, caller);
  if (ticketsAhead > 0 && !body.ticketsLeaveMe) throw new Refused('tickets_ahead', { ticketsAhead });
  await leaveAll(app, caller.userId);
  await eraseEntries(app, caller.userId);
  while (!(await removeEverything(app, call)));
  await app.accounts.catchUp();
  return undefined;
}

/**
 * False if the person joined a team meanwhile; then nothing has changed. Teams are locked before the account, so a
 * team that is joined in between is seen only after the account is locked too.
 */
async function removeEverything(
  app: App,
  call: ActingCall & { caller: { userId: UserId } },
): Promise<boolean> {
  const { userId } = call.caller;
  const { email, email_verified: emailVerified } = await readUser(app, userId);
  const joined = new Error('joined a team meanwhile');
  try {
    await app.db.transaction(async (trx) => {
      const now = app.clock.now();
      await leaveTeams(app, trx, call, now);
      await withdrawOffers(trx, userId, now);
      await forgetInvitationsTo(trx, userId);
      await forgetRepliesTo(trx, userId);
      forgetAccountMessages(trx, email);
      forgetReporter(trx, userId, emailVerified ? email : null);
      forgetDeviceNames(trx, userId);
      await emptyAccount(trx, userId, now);
      if ((await listMemberships(trx, userId)).length > 0) throw joined;
    });
    return true;
  } catch (error) {
    if (error === joined) return false;
    throw error;
  }
}

async function countTicketsAhead(app: App, caller: Caller): Promise<number> {
  const [orders, received] = await Promise.all([
    listAllOrders(app, caller.userId),
    countReceivedAhead(app, caller.userId),
  ]);
  // After its event, an order is `completed` and no longer `confirmed`.
  const ahead = orders.filter(({ status }) => status === 'confirmed');
  const bought = ahead
    .flatMap(({ tickets }) => tickets)
    .filter(({ status, isTransferred }) => status === 'valid' && !isTransferred);
  return bought.length + received;
}
