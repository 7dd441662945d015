import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { keptMs, mailWindowMs } from './invitation.ts';
import { deleteInvitationsTo, deleteOldInvitations } from './invitation-store.ts';

/** Deletes invitations that ended or expired a month ago, and records of mails that no limit counts any more. */
export async function forgetInvitations(app: Pick<App, 'db' | 'clock'>): Promise<void> {
  const nowMs = app.clock.now().getTime();
  await deleteOldInvitations(app.db, new Date(nowMs - mailWindowMs), new Date(nowMs - keptMs));
}

/** Deletes the invitations to the address of an account that is being deleted. */
export const forgetInvitationsTo = (trx: Transaction, userId: UserId): Promise<void> =>
  deleteInvitationsTo(trx, userId);
