import type { FastifyInstance } from 'fastify';
import * as broadcasts from '../../../contract/broadcasts.ts';
import { Refused } from '../../../contract/errors.ts';
import * as messages from '../../../contract/event-messages.ts';
import { idSchema } from '../../../contract/ids.ts';
import * as mailbox from '../../../contract/mailbox.ts';
import * as push from '../../../contract/push.ts';
import * as sms from '../../../contract/sms.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { getMailboxAttachment } from './get-mailbox-attachment.ts';
import { getMailboxMessage } from './get-mailbox-message.ts';
import { listBroadcasts } from './list-broadcasts.ts';
import { listEventMessages } from './list-event-messages.ts';
import { listMailbox } from './list-mailbox.ts';
import { orderBroadcast } from './order-broadcast.ts';
import { confirmPhoneNumber, deletePhoneNumber, getPhoneNumber, putPhoneNumber } from './phone-number.ts';
import { previewBroadcast } from './preview-broadcast.ts';
import { deletePushSubscription, getPushKey, putPushSubscription } from './push-subscriptions.ts';
import { receiveMailBounce } from './receive-mail-bounce.ts';
import { receiveSms, receiveSmsStatus } from './receive-sms.ts';
import { resendEventMessage } from './resend-event-message.ts';
import { showMailboxMessage } from './show-mailbox-message.ts';
import { testBroadcast } from './test-broadcast.ts';
import { withdrawBroadcast } from './withdraw-broadcast.ts';

export function messagesRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, messages.listEventMessages, listEventMessages);
  bind(http, app, broadcasts.sendBroadcast, orderBroadcast);
  bind(http, app, broadcasts.previewBroadcast, previewBroadcast);
  bind(http, app, broadcasts.testBroadcast, testBroadcast);
  bind(http, app, broadcasts.listBroadcasts, listBroadcasts);
  bind(http, app, broadcasts.withdrawBroadcast, withdrawBroadcast);
  bind(http, app, messages.resendEventMessage, resendEventMessage);
  bind(http, app, messages.receiveMailBounce, receiveMailBounce);
  bind(http, app, push.getPushKey, getPushKey);
  bind(http, app, push.putPushSubscription, putPushSubscription);
  bind(http, app, push.deletePushSubscription, deletePushSubscription);
}

export function smsRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, sms.getPhoneNumber, getPhoneNumber);
  bind(http, app, sms.putPhoneNumber, putPhoneNumber);
  bind(http, app, sms.confirmPhoneNumber, confirmPhoneNumber);
  bind(http, app, sms.deletePhoneNumber, deletePhoneNumber);
}

/** The provider sends forms, which nothing else takes. So its webhooks have a parser of their own, which keeps the raw bytes. */
export function smsWebhookRoutes(http: FastifyInstance, app: App): void {
  http.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (request, body: Buffer, done) => {
      request.rawBody = body;
      done(null, undefined);
    },
  );
  bind(http, app, sms.receiveSms, receiveSms);
  bind(http, app, sms.receiveSmsStatus, receiveSmsStatus);
}

/** The local mailbox. Anybody may read it, so it exists only if no real mail is sent. */
export function mailboxRoutes(http: FastifyInstance, app: App): void {
  if (app.mailer.kind !== 'mailbox' || app.config.env === 'production') return;
  bind(http, app, mailbox.listMailbox, listMailbox);
  bind(http, app, mailbox.getMailboxMessage, getMailboxMessage);
  bind(http, app, mailbox.getMailboxAttachment, getMailboxAttachment);
  // A page for the frame on the mailbox page, and not an operation of the API.
  http.get<{ Params: { messageId: string } }>('/api/mailbox/:messageId/body.html', async (request, reply) => {
    const messageId = idSchema('message').safeParse(request.params.messageId);
    if (!messageId.success) throw new Refused('not_found');
    const { body, headers } = await showMailboxMessage(app, messageId.data);
    return reply.headers(headers).send(body);
  });
}
