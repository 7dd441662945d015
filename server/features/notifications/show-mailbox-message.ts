import { Refused } from '../../../contract/errors.ts';
import type { Id } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { findMessage } from './store.ts';

/**
 * A mail's HTML as a page of its own, for the mailbox page's frame. Its inline styles need a policy that
 * the app's own pages do not give; no script runs in it, and links open in a new tab.
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
