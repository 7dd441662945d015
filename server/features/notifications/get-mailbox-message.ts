import { Refused } from '../../../contract/errors.ts';
import type { Id } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { messageSummary } from './list-mailbox.ts';
import { findMessage } from './store.ts';

export async function getMailboxMessage(app: App, call: { params: { messageId: Id<'message'> } }) {
  const message = await findMessage(app.db, call.params.messageId);
  if (!message) throw new Refused('not_found');
  return { ...messageSummary(message), from: message.sender, html: message.html, text: message.body_text };
}
