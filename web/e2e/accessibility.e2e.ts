import { beforeEach, expect, test } from 'vitest';
import { demoPassword } from '../../server/demo/accounts.ts';
import { signIn } from './testing/accounts.ts';
import { findBarriersInBothThemes } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { linkTo } from './testing/mailbox.ts';

const house = setUpHouse();
const invitationTo = (email: string) => linkTo(house.url, email, /https?:\S+\/invitations\/\S+/);
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
  await person.sees('region', '2 seats');
  await isAccessible('seats that were found');
  await person.press(/^Continue · /);
  await person.sees('heading', 'Checkout');
  await isAccessible('checkout: who buys');
  await person.press('Continue to payment');
  await person.page.getByText('Fill this in.').first().waitFor();
  await isAccessible('checkout: who buys, with what is wrong');
  await person.press('Do you have a promo code?');
  person.expects({ status: 422, path: '/promo-code' });
  await person.fill('Promo code', 'no-such');
  await person.press('Redeem');
  await person.page.getByText('This event has no such promo code').waitFor();
  await isAccessible('checkout: a promo code that is none');
  await person.fill('Promo code', 'coast');
  await person.press('Redeem');
  await person.hears('status', 'COAST: you save');
  await isAccessible('checkout: a promo code');
  await giveDetails(person, newBuyer());
  await person.page.getByLabel('Card number').waitFor();
  await isAccessible('checkout: payment');
  await payWith(person, cards.good);
  await seesTickets(person, 2);
  await isAccessible('order');
  await person.press('Get an invoice with an address');
  await person.press('Get the invoice');
  await person.page.getByText('Choose the country.').waitFor();
  await isAccessible('order: the invoice address, with what is wrong');
  await person.press('Close');
  await person.press('Show large');
  await isAccessible('order: the code, large');
  await person.press('Close');
  await person.press('Cancel tickets');
  await isAccessible('order: cancelling it');
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
  await person.sees('button', 'Sign in');
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
  await person.follow('Team');
  await person.fill('E-mail', 'axe@teams.example');
  await person.press('Invite');
  await person.hears('status', 'We sent an invitation');
  await isAccessible('team');
  await person.open(await invitationTo('axe@teams.example'));
  await isAccessible('invitation');
  await person.open('/invitations/inv_00000000000000000000000000');
  await isAccessible('invitation: a link that does not work');
  await person.open('/organise');
  await person.follow('New event');
  await person.sees('link', 'Fill in everything on one page');
  await isAccessible('start of a new event');
  await person.follow('Fill in everything on one page');
  await person.sees('button', 'Save the draft');
  await isAccessible('new event');
  await person.choose('Seating', 'Numbered seats');
  await person.press('Save the draft');
  await person.page.getByText('Numbered seats need a layout').waitFor();
  await isAccessible('new event, with what is wrong');
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

test('what goes wrong, and what is not there', async () => {
  await person.open('/?q=zzzzzz');
  await person.sees('heading', /^Nothing found/);
  await isAccessible('explore: nothing found');
  person.expects({ status: 404, path: '/nowhere' });
  await person.open('/nowhere');
  await isAccessible('not found');
  await person.open('/orders');
  await isAccessible('sign in first');
  for (const path of [
    '/forgot-password',
    '/reset-password?token=none',
    '/verify?error=INVALID_TOKEN',
    '/verify?token=none',
  ]) {
    await person.open(path);
    await person.sees('heading');
    await isAccessible(path);
  }
  await person.open('/');
  await person.sees('link', play);
  await person.context.setOffline(true);
  await person.follow(play);
  await person.sees('heading', 'No connection');
  await isAccessible('offline');
});

test('on a phone, from right to left', async () => {
  person = await house.person({ phone: true, locale: 'ar' });
  for (const path of ['/', '/e/night-shift', '/e/the-cartographer-s-daughter/seats', '/sign-in']) {
    await person.open(path);
    await isAccessible(`${path} in Arabic`);
  }
});

test('whatever has the focus can be seen to have it', async () => {
  for (const path of ['/', '/e/night-shift', '/e/the-cartographer-s-daughter/seats', '/sign-up']) {
    await person.open(path);
    await person.page.locator('main h1, main [role=application]').first().waitFor();
    const unseen: string[] = [];
    for (let i = 0; i < 25; i++) {
      await person.page.keyboard.press('Tab');
      const element = await person.page.evaluate(withoutOutline);
      if (element) unseen.push(element);
    }
    expect(unseen, path).toEqual([]);
  }
});

/** Runs in the page: returns the focused element, unless it, its content or its container has an outline. */
function withoutOutline(): string | null {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const styles = [
    getComputedStyle(focused),
    getComputedStyle(focused, '::after'),
    getComputedStyle(focused.parentElement ?? focused),
  ];
  const isSeen = styles.some(
    ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
  );
  return isSeen ? null : focused.outerHTML.slice(0, 200);
}

/** Expects no accessibility barrier, and no movement if the person prefers reduced motion. */
async function isAccessible(where: string): Promise<void> {
  // Nothing has been rendered before there is a heading.
  await person.page.locator('main h1, main h2, main [role=application]').first().waitFor();
  const moving = await person.page.evaluate(
    () =>
      document.getAnimations().filter((each) => Number(each.effect?.getComputedTiming().activeDuration) > 1)
        .length,
  );
  expect(moving, `what moves: ${where}`).toBe(0);
  expect(await findBarriersInBothThemes(person), where).toEqual({ light: [], dark: [] });
}
