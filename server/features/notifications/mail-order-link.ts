import type { App } from '../../app.ts';
import { findOrderByNumber } from '../orders/find-order-by-number.ts';
import { sendMail } from './send-mail.ts';

/** Mails the link to the order of this number and address, if there is one, to the address in the order. */
export async function sendOrderLink(
  app: App,
  { email, number, requestId }: { email: string; number: string; requestId: string },
): Promise<void> {
  const orderId = await findOrderByNumber(app, email, number);
  if (orderId) await sendMail(app, { kind: 'order-link', orderId, requestId });
}
