import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { demoPassword } from '../../server/demo/accounts.ts';
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

test('the account', async () => {
  await person.open('/sign-up');
  await person.press('Open an account');
  await person.page.getByText('This is no e-mail address.').waitFor();
  await isAccessible('sign up, with what is wrong');
  await person.open('/sign-in');
  await signIn(person, 'buyer@example.com');
  await person.open('/account');
  await person.sees('heading', 'Your data');
  await isAccessible('account');
  await person.press('Switch on');
  await person.fill('Password', demoPassword);
  await person.press('Switch on');
  await person.sees('img', 'QR code for the authenticator app');
  await isAccessible('account: the second step');
  await person.press('Delete my account');
  await person.page.getByText(/^You have \d+ tickets/).waitFor();
  await isAccessible('account: deleting it');
});

/** Nothing that keeps somebody out. In the dark only the colours are others. */
async function isAccessible(where: string): Promise<void> {
  await person.page.evaluate(axe.source);
  const light = await findBarriers({});
  await person.page.emulateMedia({ colorScheme: 'dark' });
  const dark = await findBarriers({ runOnly: ['color-contrast'] });
  await person.page.emulateMedia({ colorScheme: 'light' });
  expect({ light, dark }, where).toEqual({ light: [], dark: [] });
}

/** Of this document only: a mail is another one, in which no script may run. */
const findBarriers = (options: axe.RunOptions): Promise<string[]> =>
  person.page.evaluate(
    async (given) => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(given);
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
    },
    { ...options, iframes: false },
  );
