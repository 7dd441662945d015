import { expect, test } from 'vitest';
import { signIn } from './testing/accounts.ts';
import type { Person } from './testing/browsers.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();

test('a guest opens an account and keeps the tickets, signs out and in, and chooses a new password', async () => {
  const person = await house.person();
  const { name, email } = newBuyer();
  await buyOneTicket(person, { name, email });
  await person.page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: 'My tickets' })
    .click();
  await person.page.getByRole('main').getByRole('link', { name: 'Open an account' }).click();
  await person.fill('Name', name);
  await person.fill('E-mail', email);
  await person.fill('Password', 'first-password');
  await person.press('Open an account');
  await seesOrder(person);

  await followMail(person, email, 'Confirm your e-mail address', 'Confirm address');
  await person.sees('heading', 'Your address is confirmed');
  await signOut(person);

  await person.open('/orders');
  await person.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await isRefused(person, email, 'wrong-password');
  await signIn(person, email, 'first-password');
  await seesOrder(person);
  await signOut(person);

  await person.open('/sign-in');
  await person.follow('Forgot your password?');
  await person.fill('E-mail', email);
  await person.press('Send the link');
  await person.hears('status', `If there is an account with ${email}, a link is on its way.`);
  await followMail(person, email, 'Choose a new password', 'Choose a new password');
  await person.fill('New password', 'second-password');
  await person.press('Save the password');
  await person.sees('heading', 'The password is changed');
  await person.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await isRefused(person, email, 'first-password');
  await signIn(person, email, 'second-password');
  await seesOrder(person);
});

test('the link in the mail works on another device, and signs in there', async () => {
  const [desk, phone] = await Promise.all([house.person(), house.person({ phone: true })]);
  const { name, email } = newBuyer('Ida Berg');
  await desk.open('/sign-up');
  await desk.fill('Name', name);
  await desk.fill('E-mail', email);
  await desk.fill('Password', 'first-password');
  await desk.press('Open an account');
  await desk.hears('status', `Your address ${email} is not confirmed yet.`);

  await followMail(phone, email, 'Confirm your e-mail address', 'Confirm address');
  await phone.sees('heading', 'Your address is confirmed');
  await phone.sees('link', 'Ida');
  await desk.page.reload();
  await desk.sees('heading', 'Hello, Ida Berg');
  expect(await desk.page.getByRole('status').filter({ hasText: 'not confirmed' }).count()).toBe(0);
});

async function buyOneTicket(person: Person, buyer: { name: string; email: string }): Promise<void> {
  await findEvent(person, 'Night Shift');
  await person.press('More: Regular');
  await person.press(/^Continue · /);
  await giveDetails(person, buyer);
  await payWith(person, cards.good);
  await seesTickets(person, 1);
}

async function seesOrder(person: Person): Promise<void> {
  await person.sees('heading', 'Coming up');
  await person.sees('link', 'Night Shift');
}

async function signOut(person: Person): Promise<void> {
  await person.open('/account');
  await person.press('Sign out');
  await person.page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
}

async function isRefused(person: Person, email: string, password: string): Promise<void> {
  person.expects({ status: 401, path: '/api/auth/sign-in/email' });
  await person.fill('E-mail', email);
  await person.fill('Password', password);
  await person.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await person.hears('alert', 'E-mail or password is wrong.');
}

/** Opens the mail in the mailbox and follows its link to the tab that it opens, where the person goes on. */
async function followMail(person: Person, address: string, subject: string, link: string): Promise<void> {
  await person.open('/mailbox');
  await person.fill('Only mail to', address);
  await person.follow(subject);
  await person.sees('heading', subject);
  const mail = person.page.getByTitle('Content of the mail').contentFrame();
  const [tab] = await Promise.all([
    person.context.waitForEvent('page'),
    mail.getByRole('link', { name: link }).click(),
  ]);
  await person.page.close();
  person.page = tab;
}
