import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPdfText } from '../../server/features/tickets/testing/read-pdf.ts';
import { isAccessible } from './testing/axe.ts';
import { cards, codesOf, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { scan } from './testing/door.ts';
import { setUpHouse } from './testing/house.ts';
import { draft, enter } from './testing/organising.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();

const seats = {
  seatLayout: {
    width: 100,
    height: 60,
    zones: [{ key: 'stalls', name: 'Stalls', color: '#3366cc' }],
    sections: [
      {
        key: 'stalls',
        name: 'Stalls',
        rows: [
          {
            label: 'A',
            zone: 'stalls',
            labels: ['1', '2', '3', '4'],
            x: [10, 30, 50, 70],
            y: [30, 30, 30, 30],
          },
        ],
      },
    ],
  },
  ticketTypes: [{ name: 'Stalls', priceMinor: 3000, zone: 'stalls' }],
};
const shirt = {
  name: 'T-shirt',
  description: 'Organic cotton',
  maxPerOrder: 3,
  variants: [
    { name: 'M', priceMinor: 2000, stock: 1 },
    { name: 'L', priceMinor: 2000, stock: 0 },
  ],
};

test('a buyer buys a seat and a T-shirt; the door admits the seat and hands the shirt out once', async () => {
  const address = await publishSale(house, 'Shirts and Seats', { ...seats, products: [shirt] });
  const guest = await house.person({ phone: true });
  await guest.open(`${address}/seats`);
  await guest.press('List');
  await guest.press(/^Stalls/);
  await guest.press('Stalls, row A, seat 1, €30');
  await guest.press('Continue · €30');
  // The seat picker has the extras too.
  await guest.sees('heading', 'Checkout');
  await guest.sees('heading', 'Add to your order');
  const extras = guest.page.getByRole('region', { name: 'Add to your order' });
  await extras.getByText('Sold out').waitFor();
  await guest.press('One more: T-shirt, M');
  const summary = guest.page.getByRole('complementary', { name: 'Your order' });
  await summary.getByText('T-shirt, M').waitFor();
  expect(await summary.textContent()).toMatch(
    /1 × Stalls.*row A, seat 1.*1 × T-shirt, M.*Collect it at the event.*Total€50/,
  );
  // There was one, and it is held.
  const more = extras.getByRole('button', { name: 'One more: T-shirt, M' });
  await expect.poll(() => more.isDisabled()).toBe(true);
  await isAccessible(guest);

  // Another seat keeps the shirt.
  await guest.follow('Change');
  await guest.press('List');
  await guest.press(/^Stalls/);
  await guest.press('Stalls, row A, seat 1, €30');
  await guest.press('Stalls, row A, seat 4, €30');
  await guest.press('Continue · €30');
  await summary.getByText('T-shirt, M').waitFor();
  expect(await summary.textContent()).toMatch(/row A, seat 4/);

  await giveDetails(guest, newBuyer());
  await payWith(guest, cards.declined);
  await guest.page.getByText('Your card was declined.').waitFor();
  await payWith(guest, cards.good);
  const orderId = await seesTickets(guest, 2);
  await guest.page.getByText('Show this code where extras are handed out').waitFor();
  await isAccessible(guest);
  const [seatCode = '', shirtCode = ''] = await codesOf(guest, orderId);
  const { path } = await guest.download('Tickets as PDF');
  expect(readPdfText(readFileSync(path))).toContain('T-shirt, M');

  const event = await (await guest.context.request.get(`/api/events/${address.split('/').at(-1)}`)).json();
  const door = await enter(house, { phone: true });
  await door.open(`/door/${event.id}`);
  door.expects({ status: 409, path: '/check-ins' });
  await scan(door, shirtCode);
  await door.hears('status', 'No ticket');
  await isAccessible(door);
  await scan(door, seatCode);
  await door.hears('status', 'Admitted');
  await door.page.getByText('1 of 1 in').waitFor();
  await door.choose('Where you scan', 'Extras');
  await scan(door, shirtCode);
  await door.hears('status', 'T-shirt, M');
  door.expects({ status: 409, path: '/check-ins' });
  await scan(door, shirtCode);
  await door.hears('status', 'Handed out already');
});

test('an organiser offers an extra, and a buyer with a ticket buys it later', async () => {
  const organiser = await enter(house);
  await draft(organiser, 'Merch Night');
  await organiser.press('Add extra');
  await organiser.fill('Name of the extra', 'Poster');
  await organiser.fill('Variant, such as a size', 'A2');
  await organiser.fill('Price of the extra (EUR)', '7,50');
  await organiser.fill('Stock', '2');
  await organiser.press('Add variant');
  await organiser.page.getByLabel('Variant, such as a size').last().fill('A1');
  await organiser.page.getByLabel('Price of the extra (EUR)').last().fill('x');
  await organiser.page.getByLabel('Stock').last().fill('3');
  await organiser.press('Save the draft');
  await organiser.page.getByText('This is no price.').waitFor();
  await organiser.page.getByLabel('Price of the extra (EUR)').last().fill('12');
  await organiser.press('Save the draft');
  await organiser.sees('heading', 'Merch Night');
  await organiser.press('Publish');
  await organiser.page.getByText('Published. Buyers can find it').waitFor();
  const id = new URL(organiser.page.url()).pathname.split('/').at(-1);
  const event = await (await organiser.context.request.get(`/api/events/${id}`)).json();
  expect(event.products).toMatchObject([
    {
      name: 'Poster',
      variants: [
        { name: 'A2', price: { amount: 750 } },
        { name: 'A1', price: { amount: 1200 } },
      ],
    },
  ]);

  const guest = await house.person({ phone: true });
  await guest.open(`/e/${event.slug}`);
  await guest.press(/^More: /);
  await guest.page.locator('#tickets button.bg-accent:visible').click();
  const buyer = newBuyer();
  await giveDetails(guest, buyer);
  await payWith(guest, cards.good);
  await seesTickets(guest, 1);
  await guest.sees('heading', 'Add extras');
  await guest.press('One more: Poster, A1');
  await guest.press('Buy extras');
  await guest.sees('heading', 'Checkout');
  const summary = guest.page.getByRole('complementary', { name: 'Your order' });
  await summary.getByText('Poster, A1').waitFor();
  await giveDetails(guest, buyer);
  await payWith(guest, cards.good);
  await guest.page.getByText('Show this code where extras are handed out').waitFor();

  // What was sold shows at its stock.
  await organiser.page.reload();
  await organiser.page.getByText('1 sold, 0 held').waitFor();
});

test('without JavaScript an extra joins the order too, and a number above the stock is refused with its name', async () => {
  const address = await publishSale(house, 'Plain Shirts', {
    ...seats,
    products: [{ ...shirt, maxPerOrder: 3 }],
  });
  const guest = await house.person({ withoutScripts: true });
  await guest.open(`${address}/buy`);
  await guest.fill('How many seats?', '1');
  await guest.press('Continue');
  await guest.sees('heading', 'Add to your order');
  guest.expects({ status: 409, path: '/buy/' });
  await guest.page.getByRole('spinbutton').first().fill('2');
  await guest.press('Add to your order');
  await guest.hears('alert', 'Only 1 of T-shirt, M left.');
  await guest.page.getByRole('spinbutton').first().fill('1');
  await guest.press('Add to your order');
  await guest.page.getByText('€50').first().waitFor();
});
