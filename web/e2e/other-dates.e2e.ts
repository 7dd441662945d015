import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { cards, newBuyer, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();

test('a ticket is exchanged for another date on a phone', async () => {
  const fields = { run: 'Two nights', exchanges: { allowed: true } };
  const pools = [{ key: 'floor', name: 'Floor', capacity: 10 }];
  const standing = { name: 'Standing', priceMinor: 2500, pools: ['floor'] };
  const first = await publishSale(house, 'First night', { ...fields, pools, ticketTypes: [standing] });
  await publishSale(house, 'Second night', {
    ...fields,
    pools,
    ticketTypes: [standing, { name: 'With dinner', priceMinor: 4000, pools: ['floor'] }],
  });
  const buyer = await house.person({ phone: true });
  await buyer.open(first);
  await buyer.open(`/orders/${await buyByRequest(buyer, first.slice(3))}`);
  await buyer.follow('Exchange the ticket');
  const own = buyer.page.getByRole('radio', { name: /your date/ });
  const other = buyer.page.getByRole('radio', { name: /Saal, Berlin/ });
  await own.waitFor();
  // There is no other place on this date.
  await buyer.page.getByText('There is nothing else to choose.').waitFor();
  await isAccessible(buyer);

  await other.check();
  await buyer.page.getByRole('radio', { name: /With dinner/ }).check();
  await buyer.sees('button', 'Change and pay €15');
  await isAccessible(buyer);
  await own.check();
  await buyer.page.getByText('There is nothing else to choose.').waitFor();
  await other.check();
  await buyer.page.getByRole('radio', { name: /Standing/ }).check();
  await buyer.page.getByText('You pay nothing.', { exact: false }).waitFor();
  await buyer.press('Change the ticket');
  await buyer.page.getByText('This ticket came by an exchange.').waitFor();
  await buyer.sees('heading', 'Second night');
  await seesTickets(buyer, 1);
  await buyer.follow('To the earlier order');
  await buyer.sees('heading', 'First night');
  await buyer.page.getByText('Cancelled', { exact: true }).first().waitFor();
});

/** Buys a ticket as a guest without the pages, and returns the order's id. */
async function buyByRequest({ context }: Person, slug: string): Promise<string> {
  const post = async (path: string, data: object) => (await context.request.post(path, { data })).json();
  const event = await (await context.request.get(`/api/events/${slug}`)).json();
  await post('/api/auth/sign-in/anonymous', {});
  const items = [{ ticketTypeId: event.ticketTypes[0].id, quantity: 1 }];
  const hold = await post(`/api/events/${event.id}/holds`, { items });
  const { order, payment } = await post('/api/orders', { holdId: hold.id, buyer: newBuyer() });
  const card = { number: cards.good.replaceAll(' ', '') };
  await post(`/api/sandbox/payments/${payment.id}/confirmation`, {
    clientSecret: payment.clientSecret,
    card,
  });
  const status = async () => (await (await context.request.get(`/api/orders/${order.id}`)).json()).status;
  await expect.poll(status, { timeout: 30_000 }).toBe('confirmed');
  return order.id;
}
