import type { Export } from '../../../contract/deletion.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readMessageChoices } from '../accounts/message-choices.ts';
import { readPasskeys } from '../accounts/passkeys.ts';
import { readBrowsers } from '../accounts/read-browsers.ts';
import { readProfile } from '../accounts/read-profile.ts';
import { readUser } from '../accounts/read-user.ts';
import { readSessions } from '../accounts/sessions.ts';
import { listApiKeysOf } from '../api-keys/list-api-keys.ts';
import { listDocumentsOf } from '../documents/list-order-documents.ts';
import { listReportsOf } from '../moderation/reports-of-person.ts';
import { listMessagesOf } from '../notifications/list-messages-of.ts';
import { getPhoneNumber } from '../notifications/phone-number.ts';
import { listReviewsOf } from '../order-reviews/list-reviews-of.ts';
import { listInvitationsOfPerson } from '../organisations/list-invitations.ts';
import { listAllOrders } from '../purchases/list-all-orders.ts';
import { listOwnResales } from '../purchases/list-own-resales.ts';
import { listAnswersOf } from '../questions/list-answers-of.ts';
import { listReceivedTickets } from '../tickets/list-received-tickets.ts';
import { listOwnTransfers } from '../transfers/list-own-transfers.ts';
import { listEntriesOf } from '../waiting-room/list-entries-of.ts';
import { listEntries } from '../waitlist/list-entries.ts';
import { readMe } from './read-me.ts';

/** Exports everything stored about the caller as a file, without tokens, hashes and keys. */
export async function exportAccount(app: App, call: { caller: Caller }): Promise<Raw> {
  const { userId } = call.caller;
  const [user, me, profile, sessions, passkeys, browsers, orders, invitations, received, transfers] =
    await Promise.all([
      readUser(app, userId),
      readMe(app, call),
      readProfile(app, userId),
      readSessions(app, call),
      readPasskeys(app, call),
      readBrowsers(app, userId),
      listAllOrders(app, userId),
      listInvitationsOfPerson(app, userId),
      listReceivedTickets(app, call),
      listOwnTransfers(app, userId),
    ]);
  const exported: Export = {
    exportedAt: app.clock.now().toISOString(),
    account: { ...me, createdAt: user.created_at.toISOString() },
    profile,
    phoneNumber: await getPhoneNumber(app, call),
    consents: { mails: profile.mails, messages: await readMessageChoices(app, call) },
    sessions: sessions.items,
    passkeys: passkeys.items,
    apiKeys: await listApiKeysOf(app, userId),
    browsers,
    orders,
    documents: await listDocumentsOf(
      app,
      orders.map(({ id }) => id),
    ),
    orderReviews: await listReviewsOf(
      app,
      orders.map(({ id }) => id),
    ),
    reports: await listReportsOf(app, userId, user.email_verified ? user.email : null),
    answers: await listAnswersOf(
      app,
      orders.map(({ id }) => id),
      received.items.map(({ id }) => id),
    ),
    receivedTickets: received.items.map(({ code: _, ...ticket }) => ticket),
    transfers,
    resales: await listOwnResales(app, userId),
    invitations,
    waitlist: (await listEntries(app, userId)).items,
    queues: await listEntriesOf(app, userId),
    messages: await listMessagesOf(
      app,
      user.email_verified ? user.email : null,
      orders.map(({ id }) => id),
    ),
  };
  return new Raw(JSON.stringify(exported, null, 2), {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': contentDisposition('attachment', `admit-${exported.exportedAt.slice(0, 10)}.json`),
    'cache-control': 'no-store',
  });
}
