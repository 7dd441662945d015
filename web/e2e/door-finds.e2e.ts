import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { languages } from '../../contract/languages.ts';
import { checkCharacterOf } from '../../contract/short-number.ts';
import { isAccessible } from './testing/axe.ts';
import { seesTickets } from './testing/buying.ts';
import { isReadyForFlight, makeLink, openDoorEvent, openLink, scan } from './testing/door.ts';
import { setUpHouse } from './testing/house.ts';
import { linkTo } from './testing/mailbox.ts';
import { enter } from './testing/organising.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();

test('a steward types a number, finds a guest, and lets the others of an order in, with a network and without', async () => {
  const { id, organiser, pdf, tickets } = await openDoorEvent(house, 'Found', 6);
  rmSync(pdf);
  const numbers = await numbersOf(tickets.map((ticket) => ticket.id));
  const [first, second] = numbers;
  const phone = await house.person({ phone: true });
  await openLink(phone, await makeLink(organiser, id, { seesNames: false }), 'Phone');
  phone.expects({ status: 409, path: '/check-ins', often: true });
  await scan(phone, first?.short ?? '');
  await phone.hears('status', 'Admitted');
  const wrong = `00000000${(first?.short ?? '').startsWith('00000') ? 2 : 1}`;
  await scan(phone, wrong + checkCharacterOf(wrong));
  await phone.hears('status', 'No such number');
  await isAccessible(phone);

  await phone.press('Find a ticket');
  await phone.page.getByText('This device sees no names.', { exact: false }).waitFor();
  await phone.fill('Name, order number or seat', 'nobody');
  await phone.press('Search');
  await phone.page.getByText('No ticket fits.').waitFor();
  await phone.fill('Name, order number or seat', second?.short.slice(-5) ?? '');
  await phone.press('Search');
  const found = phone.page.getByRole('listitem').getByRole('button', { name: 'Let in' });
  await found.first().waitFor();
  expect(await found.count()).toBe(1);
  await isAccessible(phone);
  await found.click();
  await phone.hears('status', 'Admitted');

  // Four others are still to come. Two of them come now.
  await phone.page.getByText('Still to come from this order: 4 of 5.').waitFor();
  await isAccessible(phone);
  for (let i = 0; i < 2; i++) await phone.press('Fewer: Guests');
  await phone.press('Let 2 more in');
  await phone.hears('status', '2 of 2 in');
  await phone.page.getByText('4 of 6 in').waitFor();
  await isAccessible(phone);

  await isReadyForFlight(phone);
  await phone.context.setOffline(true);
  await scan(phone, first?.short ?? '');
  await phone.hears('status', 'No network for numbers');
  await phone.press('Find a ticket');
  await phone.fill('Name, order number or seat', first?.order ?? '');
  await phone.press('Search');
  await phone.page.getByText('Without network', { exact: false }).last().waitFor();
  const free = phone.page.getByRole('listitem').filter({ hasNotText: 'Used already' });
  await free.getByRole('button', { name: 'Let in' }).first().click();
  await phone.hears('status', 'Decided by this device');
  await phone.press('Let 1 more in');
  await phone.hears('status', '1 of 1 in');
  await phone.hears('status', '2 scans not handed in');
  await phone.context.setOffline(false);
  await phone.page.getByText('not handed in').waitFor({ state: 'hidden' });
  const { request } = organiser.context;
  expect(await (await request.get(`/api/events/${id}/check-ins/counts`)).json()).toMatchObject({
    admitted: 6,
  });
  expect(await (await request.get(`/api/events/${id}/door-conflicts`)).json()).toMatchObject({ items: [] });
});

test('a gate without a network knows the code of a ticket that was passed on, and an old picture of a code that turns', async () => {
  const address = await publishSale(house, 'Passed On', {
    ticketCodes: 'rotating',
    pools: [{ key: 'all', name: 'All', capacity: 10 }],
    ticketTypes: [{ name: 'In', priceMinor: 0, pools: ['all'] }],
  });
  const buyer = await house.person({ phone: true });
  await buyer.open(address);
  for (let i = 0; i < 2; i++) await buyer.press('More: In');
  await buyer.page
    .getByRole('button', { name: /^Continue/ })
    .filter({ visible: true })
    .first()
    .click();
  await buyer.fill('Name', 'Nora Lindholm');
  await buyer.fill('E-mail', 'nora-door@example.org');
  await buyer.press('Get the tickets');
  const orderId = await seesTickets(buyer, 2);
  const order = await (await buyer.context.request.get(`/api/orders/${orderId}`)).json();
  const [kept, passedOn] = order.tickets as { id: `tkt_${string}` }[];
  const eventId = order.event.id;
  if (!kept || !passedOn) throw new Error('no tickets');
  // The picture that a friend of the buyer has of the second ticket.
  const signAt = (ticketId: `tkt_${string}`, agoMs: number) =>
    house.app.signer.signAt(
      { eventId, ticketId, issue: 1 },
      new Date(house.app.clock.now().getTime() - agoMs),
    );
  const email = 'grace-door@example.org';
  await buyer.context.request.post(`/api/tickets/${passedOn.id}/transfers`, {
    data: { email },
    headers: { origin: house.url },
  });
  const friend = await house.person({ phone: true });
  await friend.open(await linkTo(house.url, email, /http\S+\/t\/ttr_\w+#[\w-]+/));
  await friend.fill('Your name', 'Grace Hopper');
  await friend.press('Accept the ticket');
  await friend.page.getByText('From Nora Lindholm').waitFor();

  const door = await enter(house, { phone: true });
  await door.open(`/door/${eventId}`);
  await door.page.getByText('0 of 2 in').waitFor();
  await isReadyForFlight(door);
  await door.context.setOffline(true);
  await scan(door, signAt(passedOn.id, 0));
  await door.hears('status', 'Passed on');
  await scan(door, signAt(kept.id, 60_000));
  await door.hears('status', 'A copy');
  await isAccessible(door);
  await scan(door, signAt(kept.id, 0));
  await door.hears('status', 'Decided by this device');
  await door.context.setOffline(false);
  await door.page.getByText('1 of 2 in').waitFor();
});

test('the sheet for stewards is one page, on both sizes of paper and in every language', async () => {
  // As a printer has it.
  const margin = { top: '10mm', bottom: '10mm', left: '10mm', right: '10mm' };
  for (const locale of Object.keys(languages)) {
    const reader = await house.person({ locale });
    await reader.open('/door/guide');
    await reader.sees('heading');
    for (const format of ['A4', 'Letter'] as const)
      expect([locale, format, pagesOf(await reader.page.pdf({ format, margin }))]).toEqual([
        locale,
        format,
        1,
      ]);
  }
});

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

/** What the tickets' paper has: the short number and the number of the order. */
async function numbersOf(ids: string[]): Promise<{ short: string; order: string }[]> {
  const rows = await house.app.db.query<{ id: `tkt_${string}`; event_id: `evt_${string}`; order_id: string }>(
    'select id, event_id, order_id from tickets where id = any($1) order by position',
    [ids],
  );
  return rows.map(({ id, event_id: eventId, order_id: orderId }) => ({
    short: house.app.signer.shortNumber({ eventId, ticketId: id, issue: 1 }),
    order: orderId.slice(-8),
  }));
}
