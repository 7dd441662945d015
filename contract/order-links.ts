import { z } from 'zod';
import { idSchema } from './ids.ts';
import { guestKeyHeaders, operation } from './operation.ts';
import { orderSchema } from './orders.ts';
import { emailFields, orderLinkFields } from './person.ts';

/**
 * An order on another device. Its mails link to `/orders/{orderId}#{secret}`; a browser never sends the part after the
 * `#`. A person with the secret may do everything that the buyer may do.
 */
const orderParam = z.object({ orderId: idSchema('order') });

export const openOrder = operation({
  id: 'openOrder',
  method: 'POST',
  path: '/api/orders/{orderId}/openings',
  tag: 'Buy',
  summary: 'Open an order with the secret of the link in its mails',
  description:
    'Afterwards the caller may read the order, its tickets, PDF and calendar and cancel the order, like the buyer, until `correctOrderAddress` or `replaceOrderLinks` replaces the links of the order. `order_link_invalid` does not reveal whether the order exists.',
  access: 'signed-in',
  opensGuest: true,
  headers: guestKeyHeaders,
  params: orderParam,
  body: z.strictObject({ secret: z.string().min(1).max(100) }),
  rateLimit: { max: 30, seconds: 60 },
  status: 200,
  reply: orderSchema,
  errors: ['order_link_invalid'],
  example: { body: { secret: 'Zk3…' } },
});

export const mailOrderLink = operation({
  id: 'mailOrderLink',
  method: 'POST',
  path: '/api/order-links',
  tag: 'Buy',
  summary: 'Mail the link to an order again, to the address that it was placed with',
  description: 'The answer, and its time, is the same whether or not there is such an order.',
  access: 'public',
  body: z.strictObject(orderLinkFields.shape),
  rateLimit: { max: 10, seconds: 60 },
  budgets: ['linkMailsPerRecipient'],
  bodyLimit: 4096,
  status: 202,
  reply: z.object({ status: z.literal('accepted') }),
  errors: [],
  example: { body: { number: 'M2QHJDEF', email: 'ada@example.com' } },
});

export const correctOrderAddress = operation({
  id: 'correctOrderAddress',
  method: 'PUT',
  path: '/api/orders/{orderId}/buyer-email',
  tag: 'Buy',
  summary: "Correct the buyer's e-mail address and send the tickets again",
  description:
    'Possible until a ticket was used or the order has ended. With another address the links of earlier mails stop working. With the same address the tickets are only sent again. If a member of the team does it, the audit log has an entry.',
  access: 'holder-or-team',
  needs: 'orders.edit',
  params: orderParam,
  body: z.strictObject(emailFields.shape),
  rateLimit: { max: 10, seconds: 600 },
  budgets: ['linkMailsPerRecipient'],
  bodyLimit: 4096,
  status: 200,
  reply: orderSchema,
  acts: ['order.address_corrected', 'order.sent_again'],
  errors: ['order_address_fixed'],
  example: { body: { email: 'ada@example.com' } },
});

export const replaceOrderLinks = operation({
  id: 'replaceOrderLinks',
  method: 'POST',
  path: '/api/orders/{orderId}/links',
  tag: 'Buy',
  summary: 'End all links to an order and mail a new one',
  description:
    'For a link that came into the wrong hands. The links in all mails that were sent stop working, and everybody who opened the order by one loses it, except the caller. The new link goes to the address of the order. The codes of the tickets stay the same.',
  access: 'holder',
  params: orderParam,
  rateLimit: { max: 10, seconds: 600 },
  budgets: ['linkMailsPerRecipient'],
  status: 200,
  reply: orderSchema,
  errors: [],
});
