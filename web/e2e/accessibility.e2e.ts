import { AxeBuilder } from '@axe-core/playwright';
import { beforeEach, expect, test } from 'vitest';
import { signIn } from './testing/accounts.ts';
import type { Person } from './testing/browsers.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();
const play = 'The Cartographer’s Daughter';
let person: Person;

beforeEach(async () => {
  person = await house.person();
});

test('finding and buying', async () => {
  await person.open('/');
  await person.sees('link', play);
  await isAccessible('explore');
  await findEvent(person, play);
  await person.sees('link', 'Choose seats');
  await isAccessible('event');
  await person.follow('Choose seats');
  await person.sees('application');
  await isAccessible('seats as a map');
  await person.press('List');
  await person.press(/^Circle/);
  await isAccessible('seats as a list');
  await person.press('Find 2 seats');
  await person.sees('heading', 'Checkout');
  await isAccessible('checkout: who buys');
  await giveDetails(person, newBuyer());
  await person.page.getByLabel('Card number').waitFor();
  await isAccessible('checkout: payment');
  await payWith(person, cards.good);
  await seesTickets(person, 2);
  await isAccessible('order');
  await person.open('/orders');
  await person.sees('heading', 'Coming up');
  await isAccessible('my tickets');
  await person.open('/mailbox');
  await person.sees('link', `Your tickets: ${play}`);
  await isAccessible('mailbox');
  await person.follow(`Your tickets: ${play}`);
  await person.sees('heading', `Your tickets: ${play}`);
  await isAccessible('mail');
});

test('the door and the desk', async () => {
  await person.open('/sign-in');
  await isAccessible('sign in');
  await signIn(person, 'organiser@example.com');
  await person.open('/door');
  await person.sees('heading', 'Which event are you at?');
  await isAccessible('door');
  await person.follow(new RegExp(play));
  person.expects({ status: 409, path: '/check-ins' });
  await person.fill('Ticket code', 'no such ticket');
  await person.press('Check in');
  await person.hears('status', 'Refused');
  await isAccessible('door: scanning');
  await person.open('/organise');
  await person.sees('link', 'New event');
  await isAccessible('organise');
  await person.follow('New event');
  await isAccessible('new event');
});

/** Nothing that keeps somebody out. In the dark only the colours are others. */
async function isAccessible(where: string): Promise<void> {
  const page = person.page;
  const light = await new AxeBuilder({ page: page as never }).analyze();
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await new AxeBuilder({ page: page as never }).withRules('color-contrast').analyze();
  await page.emulateMedia({ colorScheme: 'light' });
  const grave = (found: typeof light) =>
    found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
  expect({ light: grave(light), dark: grave(dark) }, where).toEqual({ light: [], dark: [] });
}
