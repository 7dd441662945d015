import { Refused } from '../../../contract/errors.ts';
import type { Id } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import { findAttachment } from './store.ts';

/** Forces a download, so that the browser never shows the file under our origin, whatever its type. */
export async function getMailboxAttachment(
  app: App,
  call: { params: { messageId: Id<'message'>; index: number } },
): Promise<Raw> {
  const attachment = await findAttachment(app.db, call.params.messageId, call.params.index);
  if (!attachment) throw new Refused('not_found');
  return new Raw(attachment.content, {
    'content-type': attachment.type,
    'content-disposition': contentDisposition('attachment', attachment.name),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
  });
}
