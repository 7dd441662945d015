import type { App } from '../../app.ts';
import { epcText } from '../bank-transfers/epc-code.ts';
import { readAwaited } from '../bank-transfers/read-awaited.ts';
import { payBeforeOf } from '../inventory/inventory.ts';
import { qrSvg } from '../tickets/qr.ts';
import { transferAskedLetter, transferLapsedLetter, transferReminderLetter } from './bank-letters.ts';
import type { Mail } from './mailer.ts';
import { toMail } from './make-mail.ts';
import type { OrderMatter } from './order-letters.ts';

/**
 * The mails of an order that is paid by bank transfer. Null if the mail is not true any more: the order was paid, cancelled or has
 * ended since it was enqueued.
 */
export async function transferMailOf(
  app: App,
  kind: 'transfer-asked' | 'transfer-reminder' | 'transfer-lapsed',
  matter: OrderMatter,
  { about, to }: Pick<Mail, 'about' | 'to'>,
): Promise<Mail | null> {
  const { order, event } = matter;
  const awaited = await readAwaited(app, order.id);
  if (!awaited || awaited.paidAt !== null || event.status === 'cancelled') return null;
  const key = `${kind}:${order.id}`;
  if (kind === 'transfer-lapsed')
    return order.status === 'expired' ? toMail(key, about, to, transferLapsedLetter(matter), []) : null;
  if (order.status !== 'pending' || payBeforeOf(order) <= app.clock.now()) return null;
  const { account, reference, currency, amountMinor, receivedMinor } = awaited;
  const hasCode = currency === 'EUR';
  const code = () =>
    Buffer.from(qrSvg(epcText({ account, reference, amountMinor: amountMinor - receivedMinor }), reference));
  const letter = (kind === 'transfer-asked' ? transferAskedLetter : transferReminderLetter)(
    matter,
    awaited,
    hasCode,
  );
  return toMail(
    key,
    about,
    to,
    letter,
    hasCode ? [{ name: `bank-transfer-${order.number}.svg`, type: 'image/svg+xml', content: code() }] : [],
  );
}
