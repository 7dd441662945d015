import type { App } from '../../app.ts';
import { listMessages, type MessageRow } from './store.ts';

export async function listMailbox(app: App, call: { query: { to?: string | undefined } }) {
  return { items: (await listMessages(app.db, call.query.to)).map(messageSummary) };
}

export const messageSummary = (row: MessageRow) => ({
  id: row.id,
  to: row.recipient,
  subject: row.subject,
  sentAt: row.sent_at.toISOString(),
  attachments: row.attachments,
});
