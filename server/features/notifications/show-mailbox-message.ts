import { Refused } from '../../../contract/errors.ts';
import type { Id } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { findMessage } from './store.ts';

/**
 * Shows a mail's HTML as a separate page, for the frame on the mailbox page. Its inline styles need a looser policy
 * than the app's own pages. It runs no script, and its links open in a new tab.
 */
export async function showMailboxMessage(app: App, messageId: Id<'message'>): Promise<Raw> {
  const message = await findMessage(app.db, messageId);
  if (!message) throw new Refused('not_found');
  return new Raw(message.html.replace('<head>', '<head><base target="_blank">'), {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
    'x-frame-options': 'SAMEORIGIN',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
  });
}
