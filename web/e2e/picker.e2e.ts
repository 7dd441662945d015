import sharp from 'sharp';
import { expect, test } from 'vitest';
import { demoPassword } from '../../server/demo/accounts.ts';
import { isAccessible } from './testing/axe.ts';
import { cards, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();

interface Marks {
  accessible?: number[];
  companion?: number[];
  restrictedView?: number[];
}

const row = (label: string, y: number, marks: Marks) => ({
  label,
  zone: 'stalls',
  labels: ['1', '2', '3', '4', '5', '6'],
  x: [10, 20, 30, 40, 50, 60],
  y: [y, y, y, y, y, y],
  ...marks,
});

/** Three rows with wheelchair places, seats for companions and restricted views. */
const seated = (photo?: string) => ({
  seatLayout: {
    width: 100,
    height: 80,
    stage: { x: 10, y: 0, width: 60, height: 15, label: 'Stage' },
    zones: [{ key: 'stalls', name: 'Stalls', color: '#3366cc' }],
    sections: [
      {
        key: 'stalls',
        name: 'Stalls',
        ...(photo && { photo }),
        rows: [
          row('A', 30, { accessible: [0, 1], companion: [2] }),
          row('B', 45, { restrictedView: [0, 5] }),
          row('C', 60, { accessible: [3], companion: [4], restrictedView: [3] }),
        ],
      },
    ],
  },
  ticketTypes: [{ name: 'Stalls', priceMinor: 3000, zone: 'stalls' }],
});

test('whoever looks for wheelchair places finds them by keyboard, on the map and in the list', async () => {
  const address = await publishSale(house, 'Steps and Ramps', seated());
  const guest = await house.person();
  const { page } = guest;
  await guest.open(`${address}/seats`);
  await (await guest.sees('button', 'Wheelchair places')).focus();
  await page.keyboard.press('Space');
  await guest.hears('status', '3 free seats are shown');
  await isAccessible(guest);
  await (await guest.sees('application', /^Seat map/)).focus();
  const hears = (text: string) => page.getByText(text, { exact: true }).waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowRight');
  await hears('Stalls, row A, seat 1, €30, Wheelchair place');
  await page.keyboard.press('End');
  await hears('Stalls, row A, seat 2, €30, Wheelchair place');
  await page.keyboard.press('ArrowDown');
  await hears('Stalls, row C, seat 4, €30, Wheelchair place, Restricted view');
  await page.keyboard.press('Enter');
  await guest.sees('button', 'Give back Stalls, row C, seat 4');

  // A clear view is demanded of them too, and a reload keeps what somebody looks for.
  await guest.press('Full view of the stage');
  await guest.hears('status', '2 free seats are shown');
  await guest.press('List');
  await page.reload();
  await guest.press(/^Stalls/);
  const seats = page.getByRole('group', { name: /^Row / }).getByRole('button');
  await expect.poll(() => seats.count()).toBe(2);
  await guest.press('Wheelchair places');
  // Without the three restricted views.
  await expect.poll(() => seats.count()).toBe(15);
  await guest.press('Full view of the stage');
  await expect.poll(() => seats.count()).toBe(18);
  // A restricted view is said before anybody chooses the seat.
  await guest.sees('button', 'Stalls, row B, seat 1, €30, Restricted view');
  await isAccessible(guest);
});

test('a wheelchair user and a companion are found places beside each other, and buy them', async () => {
  const address = await publishSale(house, 'Two Beside', seated());
  const guest = await house.person({ phone: true });
  const { page } = guest;
  await guest.open(`${address}/seats`);
  await guest.press('More: Of these, wheelchair places');
  await guest.press('Find 2 seats');
  const tray = await guest.sees('region', '2 seats');
  expect(await tray.textContent()).toMatch(/row A, seat 2Wheelchair place.*row A, seat 3Companion seat/);
  await guest.press('Show others');
  await expect.poll(() => tray.textContent()).toMatch(/row C, seat 4.*row C, seat 5/);
  // Four wheelchairs are more than the room has places for.
  for (let i = 0; i < 2; i++) await guest.press('More: How many');
  for (let i = 0; i < 3; i++) await guest.press('More: Of these, wheelchair places');
  await guest.press('Find 4 seats');
  await guest.hears('alert', 'Wheelchair places free: 3.');
  for (let i = 0; i < 3; i++) await guest.press('Fewer: Of these, wheelchair places');
  for (let i = 0; i < 2; i++) await guest.press('Fewer: How many');
  // After the last suggestion the first one comes again.
  await guest.press('Show others');
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await guest.press('Continue · €60');
  await giveDetails(guest, newBuyer());
  await payWith(guest, cards.good);
  const orderId = await seesTickets(guest, 2);
  const order = await (await guest.context.request.get(`/api/orders/${orderId}`)).json();
  expect(order.lines[0].seats.map(({ row, seat }: { row: string; seat: string }) => row + seat)).toEqual([
    'A2',
    'A3',
  ]);
});

test('the photo of the view is shown when somebody comes to a seat, and nothing moves', async () => {
  const { request } = (await house.person()).context;
  await request.post('/api/auth/sign-in/email', {
    data: { email: 'organiser@example.com', password: demoPassword },
  });
  const { organisations } = await (await request.get('/api/me')).json();
  const bytes = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#803c5a' } })
    .jpeg()
    .toBuffer();
  const sent = await request.post(`/api/organisations/${organisations[0].id}/pictures`, {
    data: bytes,
    headers: { 'content-type': 'image/jpeg' },
  });
  const address = await publishSale(house, 'A View', seated((await sent.json()).id));
  const guest = await house.person({ phone: true });
  const { page } = guest;
  await guest.open(`${address}/seats`);
  const map = await guest.sees('application', /^Seat map/);
  const photo = page.getByRole('img', { name: 'View from Stalls' });
  expect(await photo.count()).toBe(0);
  const before = await map.boundingBox();
  await map.focus();
  await page.keyboard.press('ArrowRight');
  await photo.waitFor();
  await expect.poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  expect(await map.boundingBox()).toEqual(before);
  await isAccessible(guest);
  await photo.click();
  await guest.sees('dialog', 'View from Stalls');
  await isAccessible(guest);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await guest.press('Hide photos of the view');
  await page.keyboard.press('ArrowRight');
  await map.focus();
  await page.keyboard.press('ArrowRight');
  await page
    .getByText(/^Stalls, row A, seat/)
    .first()
    .waitFor({ state: 'attached' });
  expect(await photo.count()).toBe(0);
});

test('a code is typed where nothing else is on sale, and opens tickets at its price', async () => {
  const address = await publishSale(house, 'Members Only', {
    pools: [{ key: 'hall', name: 'Hall', capacity: 60 }],
    ticketTypes: [
      {
        name: 'Everybody',
        priceMinor: 5000,
        pools: ['hall'],
        saleStartsAt: new Date(house.app.clock.now().getTime() + 30 * 86_400_000).toISOString(),
      },
      { name: 'Member', priceMinor: 4000, pools: ['hall'], hidden: true },
    ],
  });
  const { request } = (await house.person()).context;
  await request.post('/api/auth/sign-in/email', {
    data: { email: 'organiser@example.com', password: demoPassword },
  });
  const { id } = await (await request.get(`/api/events/${address.split('/').at(-1)}`)).json();
  const { ticketTypes } = await (await request.get(`/api/events/${id}/management`)).json();
  await request.post(`/api/events/${id}/vouchers`, {
    data: { csv: 'MEMBER-1', percentOff: 25, ticketTypeIds: [ticketTypes[1].id], uses: 2, keepsPlaces: true },
  });

  const guest = await house.person({ phone: true });
  await guest.open(address);
  await guest.page.getByText('The sale starts').waitFor();
  await guest.press('I have a code');
  await isAccessible(guest);
  guest.expects({ status: 422, path: '/code-checks' });
  await guest.fill('Code', 'MEMBER-2');
  await guest.press('Use the code');
  await guest.hears('alert', 'no such promo code');
  await guest.fill('Code', 'member-1');
  await guest.press('Use the code');
  await guest.hears('status', 'The code MEMBER-1 is applied.');
  await guest.page.getByText('Places are kept for you.').waitFor();
  const panel = await guest.sees('region', 'Tickets');
  expect(await panel.textContent()).toMatch(/Member.*€40.*€30/);
  await isAccessible(guest);
  await guest.press('More: Member');
  await guest.press('More: Member');
  expect(await guest.page.getByRole('button', { name: 'More: Member' }).isDisabled()).toBe(true);
  await guest.press('Continue with 2 tickets');
  const summary = await guest.sees('complementary', 'Your order');
  expect(await summary.textContent()).toMatch(/Total€60/);
});

test('a code lowers the prices of seats before they are chosen, and leaves them when it is removed', async () => {
  const address = await publishSale(house, 'A Tenth Less', {
    ...seated(),
    promoCodes: [{ code: 'TENTH', percentOff: 10 }],
  });
  const guest = await house.person();
  await guest.open(address);
  await guest.press('I have a code');
  await expect.poll(() => guest.page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await guest.fill('Code', 'TENTH');
  await guest.page.keyboard.press('Enter');
  const panel = await guest.sees('region', 'Tickets');
  await expect.poll(() => panel.textContent()).toMatch(/Stalls.*€30.*€27/);
  await guest.follow('Choose seats');
  await guest.hears('status', 'The code TENTH is applied.');
  await guest.press('List');
  await guest.press(/^Stalls/);
  await guest.press('Stalls, row B, seat 3, €27');
  await guest.sees('button', 'Continue · €27');
  await guest.press('Remove the code');
  await guest.sees('button', 'Continue · €30');
  await guest.fill('Code', 'TENTH');
  await guest.press('Use the code');
  await guest.press('Continue · €27');
  const summary = await guest.sees('complementary', 'Your order');
  expect(await summary.textContent()).toMatch(/TENTH.*Total€27/);
});

test('a T-shirt is chosen on the page of the event, comes along to the seats, and is held with a seat', async () => {
  const address = await publishSale(house, 'Shirt First', {
    ...seated(),
    products: [
      {
        name: 'T-shirt',
        maxPerOrder: 3,
        variants: [
          { name: 'M', priceMinor: 2000, stock: 1 },
          { name: 'L', priceMinor: 2000, stock: 0 },
        ],
      },
    ],
  });
  const guest = await house.person({ phone: true });
  await guest.open(address);
  const extras = await guest.sees('region', 'Add to your order');
  await extras.getByText('Sold out').waitFor();
  await extras.getByText('1 left').waitFor();
  await guest.press('One more: T-shirt, M');
  await extras.getByText('€20 in all').waitFor();
  await isAccessible(guest);

  // Somebody else takes the last one meanwhile.
  const other = await house.person();
  await other.open(`${address}/seats`);
  await other.press('List');
  await other.press(/^Stalls/);
  await other.press('Stalls, row B, seat 3, €30');
  await other.press('One more: T-shirt, M');
  await other.press('Continue · €50');
  const summary = await other.sees('complementary', 'Your order');
  expect(await summary.textContent()).toMatch(/row B, seat 3.*T-shirt, M.*Total€50/);

  await guest.page.getByRole('link', { name: 'Choose seats' }).first().click();
  await guest.press('List');
  await guest.press(/^Stalls/);
  await guest.press('Stalls, row B, seat 4, €30');
  const tray = await guest.sees('region', '1 seat');
  expect(await tray.textContent()).toContain('With extras: €20');
  guest.expects({ status: 409, path: '/holds' });
  await guest.press('Continue · €50');
  await guest.hears('alert', 'T-shirt, M is sold out.');
  await guest.press('One fewer: T-shirt, M');
  await guest.press('Continue · €30');
  await guest.sees('heading', 'Checkout');
});
