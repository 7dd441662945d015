import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import { once, type Retry } from '../../http/idempotency.ts';
import type { Caller } from '../accounts/accounts.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { raiseToOrganizer } from '../accounts/raise-to-organizer.ts';
import { slugOf } from './slug.ts';
import { insertOrganisation, writeMember } from './store.ts';

/**
 * Opens an organisation with the caller as its owner; a `user` becomes an `organizer`. Guests and unverified
 * addresses are refused, because people who take others' money must be reachable.
 */
export async function createOrganisation(
  app: App,
  call: ActingCall & { caller: Caller; body: { name: string }; retry: Retry | null; operation: string },
) {
  const { caller, body } = call;
  if (caller.isGuest) throw new Refused('forbidden', { detail: 'Open an account first.' });
  if (!caller.emailVerified) throw new Refused('email_not_verified');
  const opened = await once(app, call, async (trx) => {
    const now = app.clock.now();
    const id = app.newId('organisation');
    const slug = slugOf(body.name);
    // If the slug is taken, the end of the id makes it unique: 40 random bits.
    const own = `${slug}-${id.slice(-8).toLowerCase()}`;
    const chosen = (await insertOrganisation(trx, { id, name: body.name, slug }, now)) ? slug : own;
    if (chosen === own) await insertOrganisation(trx, { id, name: body.name, slug: own }, now);
    // The account may be deleted at this moment, and a deleted account must own nothing.
    if (!(await lockAccount(trx, caller.userId))) throw new Refused('unauthenticated');
    await writeMember(trx, id, { userId: caller.userId, role: 'owner', events: null }, now);
    await raiseToOrganizer(trx, caller.userId, now);
    noteAct(app, trx, call, {
      act: 'organisation.created',
      organisationId: id,
      subject: { type: 'organisation', id },
      before: null,
      after: { name: body.name, slug: chosen },
    });
    return { id, name: body.name, slug: chosen };
  });
  await app.accounts.catchUp();
  return opened;
}
