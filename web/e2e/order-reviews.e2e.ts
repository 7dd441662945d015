import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();

/** Buys as a program does: the order comes at once after the hold. Returns the order's id. */
const buyAtOnce = ({ page }: Person): Promise<string> =>
  page.evaluate(async () => {
    const send = async (path: string, body: unknown) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
      const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return answer.json();
    };
    await send('/api/auth/sign-in/anonymous', {});
    const { items } = await (await fetch('/api/events?q=Night%20Shift')).json();
    const event = await (await fetch(`/api/events/${items[0].id}`)).json();
    const wanted = [{ ticketTypeId: event.ticketTypes[0].id, quantity: 2 }];
    const hold = await send(`/api/events/${event.id}/holds`, { items: wanted });
    const buyer = { name: 'Bea Fast', email: 'bea@example.com' };
    const { order, payment } = await send('/api/orders', { holdId: hold.id, buyer });
    await send(`/api/sandbox/payments/${payment.id}/confirmation`, {
      clientSecret: payment.clientSecret,
      card: { number: '4242424242424242' },
    });
    return order.id;
  });

async function heldBuyer(options: Parameters<typeof house.person>[0]) {
  const buyer = await house.person(options);
  await buyer.open('/');
  const orderId = await buyAtOnce(buyer);
  await buyer.open(`/orders/${orderId}`);
  await buyer.sees('heading', 'Your order is being checked');
  return buyer;
}

test('a held order waits, its buyer writes once, and the team confirms one order and refunds another', async () => {
  await house.app.db.run(
    `update events set order_review = '{"fromScore": 20, "accountsPerNetwork": 20}', version = version + 1 where slug = 'night-shift'`,
  );
  const buyer = await heldBuyer({ phone: true });
  await buyer.page.getByText('Waits for the check').first().waitFor();
  expect(await buyer.page.getByRole('img', { name: /QR/ }).count()).toBe(0);
  await isAccessible(buyer);
  const send = buyer.page.getByRole('button', { name: 'Send to the organiser' });
  await send.focus();
  await buyer.page.keyboard.press('Enter');
  await buyer.page.getByText('Write something first.').waitFor();
  await buyer.page.getByLabel('What should the organiser know?').focus();
  await buyer.page.keyboard.type('We are a choir.');
  await send.focus();
  await buyer.page.keyboard.press('Enter');
  await buyer.page.getByText('You wrote:').waitFor();
  await isAccessible(buyer);

  const organiser = await enter(house, { phone: true });
  await organiser.follow('Orders to look at');
  await organiser.sees('heading', 'Orders to look at');
  await organiser.page.getByText('We are a choir.').waitFor();
  await organiser.page.getByText(/^Score \d+ of 100$/).waitFor();
  await isAccessible(organiser);
  const late = await enter(house, { dark: true });
  await late.open('/organise/order-reviews');
  await late.page.getByText('We are a choir.').waitFor();
  await isAccessible(late);

  const confirm = organiser.page.getByRole('button', { name: 'Confirm and send tickets' });
  await confirm.focus();
  await organiser.page.keyboard.press('Enter');
  await organiser.page.getByText(/is confirmed\. Its tickets are on their way\.$/).waitFor();
  await organiser.page.getByText('No order waits.').waitFor();
  await isAccessible(organiser);

  // The page of another member still shows the order.
  late.expects({ status: 409, path: '/review/decision' });
  await late.press(/^Refund/);
  await late.page.getByText('Somebody has already decided about this order. Load the list again.').waitFor();

  await buyer.page.reload();
  await buyer.page.getByRole('button', { name: /code/i }).first().waitFor();

  const second = await heldBuyer({});
  await organiser.page.reload();
  await organiser.fill('Why (the buyer reads it with a refund)', 'One person, many accounts');
  await organiser.press(/^Refund/);
  await organiser.page.getByText(/is refunded\. Its places are free\.$/).waitFor();
  await second.page.reload();
  await second.page.getByText('Refunded').first().waitFor();
  await organiser.press('Show decided orders');
  await organiser.sees('heading', 'Decided');
  await isAccessible(organiser);

  await house.app.db.run(`update users set role = 'admin' where email = 'organiser@example.com'`);
  const admin = await enter(house);
  await admin.open('/account');
  await admin.follow('Orders that teams look at');
  await admin.page.getByText('No order waits.').waitFor();
  await isAccessible(admin);
});
