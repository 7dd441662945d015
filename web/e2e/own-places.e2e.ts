import { beforeAll, expect, test } from 'vitest';
import { proof } from '../../server/testing/thorough.ts';
import { signIn } from './testing/accounts.ts';
import { isAccessible } from './testing/axe.ts';
import { type Person, personAt } from './testing/browsers.ts';
import { setUpHouse } from './testing/house.ts';
import { publishSale } from './testing/sales.ts';

const theatre = '/e/the-cartographer-s-daughter/seats';
const arena = '/e/aurora-lines-the-glasshouse-tour/seats';
const house = setUpHouse();
let promoHall: string;
beforeAll(async () => {
  promoHall = `${await publishSale(house, 'Half a hall', halfHall)}/seats`;
});

const halfHall = {
  seatLayout: {
    width: 120,
    height: 60,
    zones: [{ key: 'gold', name: 'Gold', color: '#3366cc' }],
    sections: [
      {
        key: 'stalls',
        name: 'Stalls',
        rows: [
          {
            label: 'A',
            zone: 'gold',
            labels: Array.from({ length: 10 }, (_, seat) => String(seat + 1)),
            x: Array.from({ length: 10 }, (_, seat) => 10 + seat * 10),
            y: Array.from({ length: 10 }, () => 30),
          },
        ],
      },
    ],
  },
  ticketTypes: [{ name: 'Gold', priceMinor: 4000, zone: 'gold' }],
  promoCodes: [{ code: 'HALF', percentOff: 50 }],
};

const openSale = (title: string, capacity: number) =>
  publishSale(house, title, {
    pools: [{ key: 'all', name: 'All', capacity }],
    ticketTypes: [
      { name: 'Early', priceMinor: 1000, pools: ['all'] },
      { name: 'Late', priceMinor: 2000, pools: ['all'] },
    ],
  });

const chosenSeats = ({ page }: Person): Promise<string[]> =>
  page
    .getByRole('button', { name: /^Give back .*seat/ })
    .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? '').sort());

const checkoutId = ({ page }: Person): string => new URL(page.url()).pathname.split('/').pop() ?? '';

test('the best seats are shown before they are held, others are shown on request, and places without numbers are no choice', async () => {
  const guest = await house.person();
  const held: string[] = [];
  guest.page.on('request', (request) => {
    if (request.method() !== 'GET' && request.url().includes('/holds')) held.push(request.url());
  });
  await guest.open(arena);
  const best = await guest.sees('region', 'Best available');
  const places = await best.getByRole('combobox').getByRole('option').allTextContents();
  expect(places.filter((place) => /Standing/.test(place))).toEqual([]);
  await guest.press('Find 2 seats');
  const tray = await guest.sees('region', '2 seats');
  const first = await chosenSeats(guest);
  expect(first).toHaveLength(2);
  await guest.press('Show others');
  await expect.poll(() => chosenSeats(guest)).not.toEqual(first);
  const second = await chosenSeats(guest);
  expect(second).toHaveLength(2);
  expect(held).toEqual([]);
  await tray.getByRole('button', { name: /^Continue · / }).click();
  await guest.sees('heading', 'Checkout');
  expect(held).toHaveLength(1);
  const summary = (await (await guest.sees('complementary', 'Your order')).textContent()) ?? '';
  for (const seat of second) expect(summary).toContain(seat.replace('Give back ', ''));
});

test('whoever goes back from the checkout finds their seats as theirs, and swaps one in the same hold to the same end', async () => {
  const [guest, other] = [await house.person(), await house.person()];
  await guest.open(theatre);
  await guest.press('List');
  await guest.press(/^Stalls/);
  await guest.press('Stalls, row D, seat 12, £89.50');
  await guest.press('Stalls, row D, seat 13, £89.50');
  await guest.press('Continue · £179');
  await guest.sees('heading', 'Checkout');
  const holdId = checkoutId(guest);
  const before = await (await guest.context.request.get(`/api/holds/${holdId}`)).json();

  await guest.page.goBack();
  const own = guest.page.getByRole('button', { name: 'Stalls, row D, seat 12, £89.50' });
  await guest.press(/^Stalls/);
  await own.and(guest.page.locator('[aria-pressed=true]')).waitFor();
  await isAccessible(guest);
  await own.click();
  await guest.press('Stalls, row D, seat 14, £89.50');
  await guest.press('Continue · £179');
  await guest.sees('heading', 'Checkout');
  expect(checkoutId(guest)).toBe(holdId);
  const after = await (await guest.context.request.get(`/api/holds/${holdId}`)).json();
  expect(after.expiresAt).toBe(before.expiresAt);
  expect(after.lines[0].seats.map(({ seat }: { seat: string }) => seat)).toEqual(['13', '14']);

  await other.open(theatre);
  await other.press('List');
  await other.press(/^Stalls/);
  await other.page.getByRole('button', { name: /^Stalls, row D, seat 12,/, disabled: false }).waitFor();
  await other.page.getByRole('button', { name: /^Stalls, row D, seat 13,/, disabled: true }).waitFor();
});

test('a refused swap says which seat is gone and keeps what the buyer holds', async () => {
  const [guest, other] = [await house.person(), await house.person()];
  // Nothing tells the guest that a seat is taken.
  await guest.page.routeWebSocket(/socket\.io/, () => {});
  await guest.open(theatre);
  await guest.press('List');
  await guest.press(/^Stalls/);
  await guest.press('Stalls, row F, seat 14, £89.50');
  await guest.press('Continue · £89.50');
  await guest.sees('heading', 'Checkout');
  const holdId = checkoutId(guest);
  await guest.page.goBack();
  await guest.press(/^Stalls/);
  await guest.press('Stalls, row F, seat 15, £89.50');
  await other.open(theatre);
  await other.press('List');
  await other.press(/^Stalls/);
  await other.press('Stalls, row F, seat 15, £89.50');
  await other.press('Continue · £89.50');
  await other.sees('heading', 'Checkout');

  guest.expects({ status: 409, path: '/places' });
  await guest.press('Continue · £179');
  await guest.hears('alert', 'Someone else has just taken a seat of yours.');
  await guest.sees('region', '1 seat');
  const kept = await (await guest.context.request.get(`/api/holds/${holdId}`)).json();
  expect(kept).toMatchObject({ status: 'active', lines: [{ quantity: 1 }] });
  await guest.press('Continue · £89.50');
  await guest.sees('heading', 'Checkout');
});

proof('a second tab says that the last place is held by oneself, and leads to it', async () => {
  const address = await openSale('The very last place', 1);
  const one = await house.person();
  await one.open(address);
  await one.press('More: Early');
  await one.press('Continue · €10');
  await one.sees('heading', 'Checkout');

  const two = personAt(await one.context.newPage(), one.expects);
  await two.open(address);
  await two.hears('status', 'All other places are taken. Yours are held for you.');
  const notice = await two.sees('region', 'Held for you');
  await notice.getByText('We are holding 1 place for you').waitFor();
  await two.page.getByText('1 held for you', { exact: true }).waitFor();
  // The place moves to another ticket, in the same hold.
  await two.press('Fewer: Early');
  await two.press('More: Late');
  await two.press('Continue · €20');
  await two.sees('heading', 'Checkout');
  expect(checkoutId(two)).toBe(checkoutId(one));

  const stranger = await house.person();
  await stranger.open(address);
  await stranger.hears('status', /^Sold out\. Join the waitlist below/);
  await two.press('Give the places back');
  await stranger.sees('group', 'Early');
  await one.open(address);
  await one.sees('group', 'Early');
  expect(await one.page.getByText('We are holding').count()).toBe(0);
});

proof(
  'another device of the account is told of its hold, and a refusal by the limit says that the places are held',
  async () => {
    const address = await publishSale(house, 'Held on the laptop', {
      maxPerBuyer: 2,
      pools: [{ key: 'all', name: 'All', capacity: 20 }],
      ticketTypes: [{ name: 'Regular', priceMinor: 1000, pools: ['all'] }],
    });
    const laptop = await house.person();
    await laptop.open('/sign-in');
    await signIn(laptop, 'buyer@example.com');
    // The other devices have a session, and know nothing of the laptop's hold.
    const mark = { name: 'admit.session', value: '1' };
    const signedInAs = {
      ...(await laptop.context.storageState()),
      origins: [{ origin: house.url, localStorage: [mark] }],
    };
    const phone = await house.person({ signedInAs, phone: true });
    // The phone is open before the laptop holds the places, so it cannot know of them yet.
    await phone.open(address);
    await phone.press('More: Regular');
    await laptop.open(address);
    await laptop.press('More: Regular');
    await laptop.press('More: Regular');
    await laptop.press('Continue · €20');
    await laptop.sees('heading', 'Checkout');

    phone.expects({ status: 409, path: '/holds' });
    await phone.page.getByRole('button', { name: 'Continue with 1 ticket' }).click();
    await phone.hears(
      'alert',
      'One person may have 2 places here. You have 2, and 2 of them are held for you right now.',
    );
    const notice = await phone.sees('region', 'Held for you');
    await notice.getByText('We are holding 2 places for you').waitFor();
    await isAccessible(phone);

    // A third device finds the hold as soon as it opens the page.
    const tablet = await house.person({ signedInAs, dark: true });
    await tablet.open(address);
    await tablet.sees('region', 'Held for you');
    await isAccessible(tablet);
    await tablet.follow('Continue to checkout');
    await tablet.sees('heading', 'Checkout');
    expect(checkoutId(tablet)).toBe(checkoutId(laptop));
    await tablet.press('Give the places back');
    await tablet.sees('group', 'Regular');
    await phone.open(address);
    await phone.sees('group', 'Regular');
    await expect.poll(() => phone.page.getByText('We are holding').count()).toBe(0);
  },
);

proof(
  'with a promo code redeemed, whoever goes back sees the reduced prices on the event and in the tray',
  async () => {
    const address = await publishSale(house, 'Half the price', {
      pools: [{ key: 'all', name: 'All', capacity: 20 }],
      ticketTypes: [
        { name: 'Regular', priceMinor: 2000, pools: ['all'] },
        { name: 'Friend', priceMinor: 3000, pools: ['all'] },
      ],
      promoCodes: [{ code: 'HALF', percentOff: 50 }],
    });
    const guest = await house.person();
    await guest.open(address);
    await guest.press('More: Regular');
    await guest.press('Continue · €20');
    await guest.press('Do you have a promo code?');
    await guest.fill('Promo code', 'half');
    await guest.press('Redeem');
    await guest.hears('status', 'HALF: you save €10');
    await guest.page.goBack();
    await guest.page.getByText('The code HALF is redeemed.').waitFor();
    await guest.sees('button', 'Continue · €10');
    // One more of the same type has the reduced price, and another type has its own until the checkout.
    await guest.press('More: Regular');
    await guest.sees('button', 'Continue · €20');
    await guest.press('More: Friend');
    await guest.press('Continue · €50');
    await guest.sees('heading', 'Checkout');
    await (await guest.sees('complementary', 'Your order')).getByText('€35', { exact: true }).waitFor();
    await isAccessible(guest);
  },
);

proof('the tray of the seat map shows what the seats cost with the redeemed code', async () => {
  const guest = await house.person({ locale: 'de-DE' });
  await guest.open(promoHall);
  await guest.press('Liste');
  await guest.press(/^Stalls/);
  await guest.press(/^Stalls, Reihe A, Platz 1, 40/);
  await guest.press(/^Weiter · 40/);
  await guest.press('Hast du einen Promo-Code?');
  await guest.fill('Promo-Code', 'half');
  await guest.press('Einlösen');
  await guest.hears('status', /HALF: du sparst 20/);
  await guest.page.goBack();
  await guest.sees('button', /^Weiter · 20/);
  await guest.page.getByText('Der Code HALF ist eingelöst.').waitFor();
  await isAccessible(guest);
});

test('a standing area is offered where it is tapped, in the legend, in the list, and to the keyboard', async () => {
  const guest = await house.person({ phone: true });
  await guest.open(arena);
  const map = await guest.sees('application', /^Seat map/);
  const box = await map.boundingBox();
  if (!box) throw new Error('there is no map');
  await guest.page.waitForTimeout(500);
  await guest.page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  const dialog = await guest.sees('dialog', 'Floor');
  await isAccessible(guest);
  await dialog.getByRole('button', { name: 'More: Standing' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await guest.sees('region', '1 place');
  const legend = await guest.sees('group', 'Floor');
  await legend.getByRole('button', { name: 'More: Standing' }).click();
  await guest.sees('region', '2 places');
  await guest.press('List');
  await guest.press(/^Floor/);
  expect(await guest.page.getByRole('group', { name: 'Standing' }).count()).toBeGreaterThan(2);
  await guest.press('Map');
  await guest.choose('Go to section', 'Floor');
  await guest.sees('dialog', 'Floor');
  await guest.page.keyboard.press('Escape');
  // Seats and standing places are one order.
  await guest.press('Find 2 seats');
  await guest.sees('region', '4 places');
  await guest.press(/^Continue · /);
  await guest.sees('heading', 'Checkout');
  const { lines } = await (await guest.context.request.get(`/api/holds/${checkoutId(guest)}`)).json();
  expect(lines.map(({ quantity }: { quantity: number }) => quantity).sort()).toEqual([2, 2]);
});
