/**
 * Buys a ticket as a guest and saves it as a PDF, from a server with the sandbox's test cards.
 *
 *   node client/example/buy-a-ticket.ts http://localhost:3000 night-shift ticket.pdf
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from '../client.ts';

const [baseUrl = 'http://localhost:3000', slug = 'night-shift', file = 'ticket.pdf'] = process.argv.slice(2);
const say = (text: string) => process.stdout.write(`${text}\n`);

let token: string | null = null;
const admit = createClient({ baseUrl, token: () => token, language: () => 'en' });
token = (await admit.signInAnonymous()).token;

const event = await admit.getEvent({ params: { eventId: slug } });
const ticketTypeId = event.ticketTypes[0]?.id;
if (!ticketTypeId) throw new Error(`${event.title} has no tickets`);
const held = await admit.try.placeHold({
  params: { eventId: event.id },
  body: { items: [{ ticketTypeId, quantity: 1 }] },
});
if (!held.ok) {
  const { problem } = held;
  throw new Error(
    problem.code === 'sold_out' ? `${event.title}: only ${problem.members.available} left` : problem.title,
  );
}

const { order, payment } = await admit.placeOrder({
  body: { holdId: held.reply.id, buyer: { name: 'Ada Osei', email: 'ada@example.com' } },
});
if (payment?.clientSecret)
  await admit.confirmSandboxPayment({
    params: { paymentId: payment.id },
    body: { clientSecret: payment.clientSecret, card: { number: '4242424242424242' } },
  });

// The payment provider tells the server, and the server issues the tickets.
let bought = await admit.getOrder({ params: { orderId: order.id } });
while (bought.status === 'pending') {
  await wait(200);
  bought = await admit.getOrder({ params: { orderId: order.id } });
}
const pdf = await admit.getOrderTicketsPdf({ params: { orderId: order.id } });
writeFileSync(file, pdf.bytes);
say(`Order ${bought.number} is ${bought.status}: ${file}`);
