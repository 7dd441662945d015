import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { cards, newBuyer } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();

test('a member of the team upgrades a ticket and moves it to another date with the keyboard, on a phone', async () => {
  const pools = [{ key: 'floor', name: 'Floor', capacity: 10 }];
  const ticketTypes = [
    { name: 'Standing', priceMinor: 2500, pools: ['floor'] },
    { name: 'With dinner', priceMinor: 4000, pools: ['floor'] },
  ];
  const first = await publishSale(house, 'Early supper', { run: 'Suppers', pools, ticketTypes });
  await publishSale(house, 'Late supper', { run: 'Suppers', pools, ticketTypes });
  const buyer = await house.person();
  const { orderId, email } = await buyByRequest(buyer, first.slice(3));

  const organiser = await enter(house, { phone: true });
  const { page, context } = organiser;
  await organiser.open(`/organise/orders/${orderId}`);
  await page.getByRole('link', { name: 'Exchange', exact: true }).focus();
  await page.keyboard.press('Enter');
  await organiser.sees('heading', 'Exchange a ticket');
  await page.getByRole('radio', { name: /With dinner/ }).focus();
  await page.keyboard.press('Space');
  await page.getByText('Nobody pays or gets money back.', { exact: false }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await isAccessible(organiser);
  await page.getByRole('button', { name: 'Change the ticket' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'To the earlier order' }).waitFor();
  await page.getByText('With dinner', { exact: true }).first().waitFor();

  // The holder has the ticket in their mail, and the log says who did it.
  const mails = async () =>
    (await (await context.request.get(`/api/mailbox?to=${email}`)).json()).items.filter(
      ({ subject }: { subject: string }) => subject.startsWith('Your tickets'),
    ).length;
  await expect.poll(mails, { timeout: 30_000 }).toBe(2);
  const { organisations } = await (await context.request.get('/api/me')).json();
  const log = await context.request.get(`/api/organisations/${organisations[0].id}/audit-log`);
  expect((await log.json()).items[0]).toMatchObject({ act: 'ticket.exchanged' });

  await organiser.follow('Exchange');
  await page.getByRole('radio', { name: /Saal, Berlin/ }).check();
  await page.getByRole('radio', { name: /Standing/ }).check();
  await page.getByText('Nobody pays or gets money back.', { exact: false }).waitFor();
  await organiser.pressTwice('Change the ticket');
  await page.getByText('Late supper', { exact: false }).first().waitFor();
});

test('a member of the team asks the holder to pay for a dearer place, who pays by the link of the mail', async () => {
  const pools = [{ key: 'floor', name: 'Floor', capacity: 10 }];
  const ticketTypes = [
    { name: 'Standing', priceMinor: 2500, pools: ['floor'] },
    { name: 'With dinner', priceMinor: 4000, pools: ['floor'] },
  ];
  const event = await publishSale(house, 'Supper to pay', { pools, ticketTypes });
  const { orderId, email } = await buyByRequest(await house.person(), event.slice(3));

  const organiser = await enter(house, { phone: true });
  const { page, context } = organiser;
  const askForDinner = async () => {
    await page.getByRole('link', { name: 'Exchange', exact: true }).click();
    await page.getByRole('radio', { name: /With dinner/ }).check();
    await page.getByText('€15 dearer').waitFor();
    await page.getByRole('radio', { name: 'Ask the holder to pay €15' }).check();
    await page.getByLabel('Hold the place for').selectOption('3 days');
    await page.getByText('The holder gets a mail with a link to pay €15.', { exact: false }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await isAccessible(organiser);
    await organiser.pressTwice('Ask the holder');
    await page.getByText('Waits for the holder to pay').waitFor();
  };
  await organiser.open(`/organise/orders/${orderId}`);
  await askForDinner();
  await isAccessible(organiser);

  // The team takes it back, the ticket can be exchanged again, and the holder is asked again.
  await page.getByRole('button', { name: 'Stop asking' }).click();
  await page.getByText('Waits for the holder to pay').waitFor({ state: 'hidden' });
  await organiser.open(`/organise/orders/${orderId}`);
  await askForDinner();

  // The link of the mail opens the order in another browser.
  const holder = await house.person({ phone: true });
  const find = async () => {
    const { items } = await (await context.request.get(`/api/mailbox?to=${email}`)).json();
    const asked = items.filter(({ subject }: { subject: string }) => subject.startsWith('A new place'));
    return asked.length > 1 ? asked[0].id : null;
  };
  await expect.poll(find, { timeout: 30_000 }).not.toBeNull();
  const { text } = await (await context.request.get(`/api/mailbox/${await find()}`)).json();
  const link = new URL(/https?:\/\/\S+\/orders\/ord_\w+#[\w-]+/.exec(text)?.[0] ?? '');
  await holder.open(link.pathname + link.hash);
  await holder.sees('heading', 'The organiser has a new place for you');
  await isAccessible(holder);
  await holder.page.getByRole('button', { name: 'Pay €15' }).click();
  await holder.page.getByLabel('Card number').fill(cards.good);
  expect(await holder.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(
    true,
  );
  await holder.page.getByRole('button', { name: 'Pay €15' }).click();
  await holder.page.getByText('This ticket came by an exchange.').waitFor();
  await holder.page.getByText('With dinner', { exact: true }).first().waitFor();
});

/** Buys a ticket as a guest without the pages. */
async function buyByRequest({ context }: Person, slug: string): Promise<{ orderId: string; email: string }> {
  const post = async (path: string, data: object) => (await context.request.post(path, { data })).json();
  const event = await (await context.request.get(`/api/events/${slug}`)).json();
  await post('/api/auth/sign-in/anonymous', {});
  const items = [{ ticketTypeId: event.ticketTypes[0].id, quantity: 1 }];
  const hold = await post(`/api/events/${event.id}/holds`, { items });
  const person = newBuyer();
  const { order, payment } = await post('/api/orders', { holdId: hold.id, buyer: person });
  const card = { number: cards.good.replaceAll(' ', '') };
  await post(`/api/sandbox/payments/${payment.id}/confirmation`, {
    clientSecret: payment.clientSecret,
    card,
  });
  const status = async () => (await (await context.request.get(`/api/orders/${order.id}`)).json()).status;
  await expect.poll(status, { timeout: 30_000 }).toBe('confirmed');
  return { orderId: order.id, email: person.email };
}
