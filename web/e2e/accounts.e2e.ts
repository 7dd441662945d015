import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { codeOf } from '../../server/testing/authenticator-app.ts';
import { proof } from '../../server/testing/thorough.ts';
import { signIn } from './testing/accounts.ts';
import type { Person } from './testing/browsers.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { readShownCode } from './testing/codes.ts';
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
  await person.sees('heading', 'Open an account');
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
  // The page before may have a field with the same name.
  await person.sees('heading', 'Sign in');
  await isRefused(person, email, 'wrong-password');
  await signIn(person, email, 'first-password');
  await seesOrder(person);
  await signOut(person);

  await person.open('/sign-in');
  await person.follow('Forgot your password?');
  await person.sees('heading', 'Forgot your password?');
  await person.fill('E-mail', email);
  await person.press('Send the link');
  await person.hears('status', `If there is an account with ${email}, a link is on its way.`);
  await followMail(person, email, 'Choose a new password', 'Choose a new password');
  await person.fill('New password', 'second-password');
  await person.press('Save the password');
  await person.sees('heading', 'The password is changed');
  await person.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  // The page before may have a field with the same name.
  await person.sees('heading', 'Sign in');
  await isRefused(person, email, 'first-password');
  await signIn(person, email, 'second-password');
  await seesOrder(person);
});

proof(
  'the link in the mail, opened on another device, asks to sign in there; the first one stays signed in',
  async () => {
    const [desk, phone] = await Promise.all([house.person(), house.person({ phone: true })]);
    const email = await openAccount(desk, 'Ida Berg');
    await desk.hears('status', `Your address ${email} is not confirmed yet.`);

    await followMail(phone, email, 'Confirm your e-mail address', 'Confirm address');
    await phone.sees('heading', 'Confirm your address');
    await phone.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await phone.sees('heading', 'Sign in');
    await passwordStep(phone, email);
    await phone.sees('heading', 'Your address is confirmed');
    await phone.sees('link', 'Ida');
    await desk.page.reload();
    await desk.sees('heading', 'Hello, Ida Berg');
    expect(await desk.page.getByRole('status').filter({ hasText: 'not confirmed' }).count()).toBe(0);
  },
);

proof(
  'people land where their work is after they sign in, and back on the page that they came from',
  async () => {
    const lands = async (email: string, from: string) => {
      const person = await house.person();
      await person.open(from);
      await person.page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
      await signIn(person, email);
      return new URL(person.page.url()).pathname;
    };
    expect(await lands('organiser@example.com', '/')).toBe('/organise');
    expect(await lands('door@example.com', '/')).toBe('/door');
    expect(await lands('buyer@example.com', '/')).toBe('/');
    expect(await lands('organiser@example.com', '/e/night-shift')).toBe('/e/night-shift');
  },
);

proof('who owns the address takes over the account that somebody else opened with it', async () => {
  const [stranger, owner] = await Promise.all([house.person(), house.person({ phone: true })]);
  const email = await openAccount(stranger, 'Mallory Moss');
  expect(
    await stranger.page.getByRole('button', { name: 'Add a passkey' }).getAttribute('aria-disabled'),
  ).toBe('true');
  await followMail(owner, email, 'Confirm your e-mail address', 'Confirm address');
  await owner.sees('heading', 'Confirm your address');
  await owner.fill('New password', 'mine-and-nobodys-else');
  await owner.press('Take over the account');
  await owner.sees('heading', 'Your address is confirmed');
  await owner.open('/account');
  await owner.sees('heading', `Hello, ${email.split('@')[0]}`);
  stranger.expects({ status: 401, path: '/api/me' });
  await stranger.open('/account');
  await stranger.sees('heading', 'Sign in to see this');
  await stranger.open('/sign-in');
  await isRefused(stranger, email, 'first-password');
});

proof('what somebody says of themself is kept, and mails they do not want are switched off', async () => {
  const person = await house.person({ phone: true });
  await openAccount(person, 'Ida Berg');
  await person.fill('Home city', 'Lisbon');
  await person.page.getByText('Theatre', { exact: true }).click();
  await person.page.getByRole('checkbox', { name: 'Film' }).focus();
  await person.page.keyboard.press('Space');
  await person.fill('Name', '  ');
  await person.press('Save');
  await person.page.getByText('Tell us your name').waitFor();
  const name = person.page.getByLabel('Name', { exact: true });
  await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true);
  await person.fill('Name', 'Ida Bergström');
  await person.press('Save');
  await person.hears('status', 'Saved');
  await Promise.all([
    person.page.waitForResponse((answer) => answer.url().endsWith('/api/me/profile') && answer.ok()),
    person.page.getByRole('checkbox', { name: 'Reminders' }).uncheck(),
  ]);

  await person.page.reload();
  await person.sees('heading', 'Hello, Ida Bergström');
  expect(await person.page.getByLabel('Home city').inputValue()).toBe('Lisbon');
  const ticked = async (name: string) => person.page.getByRole('checkbox', { name }).isChecked();
  expect(await Promise.all(['Theatre', 'Film', 'Music', 'Reminders', 'New sign-ins'].map(ticked))).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
});

proof('a choice that could not be kept goes back', async () => {
  const person = await house.person();
  await openAccount(person);
  // The page retries by itself before it gives up.
  await person.page.route('**/api/me/profile', (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    person.expects({ status: 503, path: '/api/me/profile' });
    return route.fulfill({ status: 503, contentType: 'application/json', body: '{}' });
  });
  const reminders = person.page.getByRole('checkbox', { name: 'Reminders' });
  await reminders.click();
  await person.hears('alert', 'Something went wrong on our side.');
  expect(await reminders.isChecked()).toBe(true);
});

proof('a session elsewhere is ended from the list', async () => {
  const [here, there] = await Promise.all([house.person(), house.person({ phone: true })]);
  const email = await openAccount(here);
  await there.open('/sign-in');
  await signIn(there, email, 'first-password');
  await here.page.reload();
  await here.sees('heading', 'Where you are signed in');
  await pressAndWait(here, /^Sign out Chrome/);
  await expect.poll(() => here.page.getByRole('button', { name: /^Sign out Chrome/ }).count()).toBe(0);
  there.expects({ status: 401, path: '/api/me' });
  await there.open('/account');
  await there.sees('heading', 'Sign in to see this');
});

test('a passkey signs in, and signs in no more once it is removed', async () => {
  const person = await house.person();
  const email = await openAccount(person);
  await followMail(person, email, 'Confirm your e-mail address', 'Confirm address');
  await person.sees('heading', 'Your address is confirmed');
  await person.open('/account');
  await addAuthenticator(person);
  await person.press('Add a passkey');
  await person.hears('status', 'The passkey is added.');
  await person.press('Add a passkey');
  await person.hears('status', 'This device has a passkey already.');
  await signOut(person);

  await person.open('/sign-in');
  await person.press('Use a passkey');
  await person.page.waitForURL((url) => url.pathname === '/orders');
  await person.open('/account');
  await person.page
    .getByLabel('E-mail')
    .and(person.page.locator(`[value="${email}"]`))
    .first()
    .waitFor();
  await pressAndWait(person, /^Remove the passkey/);
  await expect.poll(() => person.page.getByRole('button', { name: /^Remove the passkey/ }).count()).toBe(0);
  await signOut(person);
  await person.open('/sign-in');
  person.expects({ status: 422, path: '/api/auth/passkey/verify-authentication' });
  await person.press('Use a passkey');
  await person.hears('alert', 'The server did not accept this passkey.');
});

test('the second step is switched on, asked for, and opened with a code from paper', async () => {
  const person = await house.person({ phone: true });
  const email = await openAccount(person);
  await followMail(person, email, 'Confirm your e-mail address', 'Confirm address');
  await person.sees('heading', 'Your address is confirmed');
  await person.open('/account');
  await person.press('Switch on');
  person.expects({ status: 422, path: '/api/auth/two-factor/enable' });
  await person.fill('Password', 'wrong-password');
  await person.press('Switch on');
  await person.page.getByText('The current password is wrong.').waitFor();
  await person.fill('Password', 'first-password');
  await person.press('Switch on');
  await person.sees('img', 'QR code for the authenticator app');
  const totpURI = (await readShownCode(person, 'QR code for the authenticator app')) ?? '';
  person.expects({ status: 422, path: '/api/auth/two-factor/verify-totp' });
  await person.fill('Code', codeOf(totpURI, 3_600_000));
  await person.press('Switch on');
  await person.page.getByText('This code is wrong or has expired.').waitFor();
  await person.fill('Code', codeOf(totpURI));
  await person.press('Switch on');
  await person.sees('heading', 'Backup codes');
  const [paper] = await person.page
    .getByRole('list', { name: 'Backup codes' })
    .getByRole('listitem')
    .allTextContents();
  await person.press('I have kept them');
  await person.hears('status', 'It is on.');
  await signOut(person);

  await person.open('/sign-in');
  await passwordStep(person, email);
  await person.sees('heading', 'Second step');
  // Each code works once, and the present one has switched the second step on.
  await person.fill('Code', codeOf(totpURI, 30_000));
  await person.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await person.page.waitForURL((url) => url.pathname === '/orders');
  await signOut(person);

  await person.open('/sign-in');
  await passwordStep(person, email);
  await person.press('Use a backup code');
  await person.fill('Backup code', paper ?? '');
  await person.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await person.page.waitForURL((url) => url.pathname === '/orders');
  await person.open('/account');
  await person.press('Switch off');
  await person.fill('Password', 'first-password');
  await person.press('Switch off');
  await person.hears('status', 'It is off.');
});

test('somebody takes their data along and deletes the account, tickets or not', async () => {
  const person = await house.person();
  const email = await openAccount(person);
  await buyOneTicket(person, { name: 'Nora Lindholm', email });
  await person.open('/account');
  const file = await person.download('Download my data');
  const exported = JSON.parse(await readFile(file.path, 'utf8'));
  expect(exported).toMatchObject({ account: { email }, orders: [{ buyer: { email } }] });
  expect(file.name).toMatch(/^admit-[\d-]+\.json$/);

  await person.press('Delete my account');
  await person.sees('heading', 'Delete your account?');
  await person.page.getByText('You have a ticket for events to come').waitFor();
  await person.press('Delete for good');
  await person.hears('alert', 'Tick this first.');
  await person.page.getByLabel('I have saved my tickets').check();
  await person.press('Delete for good');
  await person.page.waitForURL((url) => url.pathname === '/');
  await person.page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
  await person.open('/sign-in');
  await isRefused(person, email, 'first-password');
});

/** Opens an account whose address nobody has confirmed, and ends on its page. */
async function openAccount(person: Person, name = 'Nora Lindholm'): Promise<string> {
  const { email } = newBuyer(name);
  await person.open('/sign-up');
  await person.fill('Name', name);
  await person.fill('E-mail', email);
  await person.fill('Password', 'first-password');
  await person.press('Open an account');
  await person.sees('heading', `Hello, ${name}`);
  return email;
}

/** Presses a control that shows its result before the server has answered, and waits for the server. */
async function pressAndWait(person: Person, name: RegExp): Promise<void> {
  const answer = person.page.waitForResponse((response) => response.request().method() !== 'GET');
  await person.press(name);
  expect((await answer).ok()).toBe(true);
}

async function passwordStep(person: Person, email: string): Promise<void> {
  await person.fill('E-mail', email);
  await person.fill('Password', 'first-password');
  await person.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

/** Adds the browser's virtual authenticator, which simulates a device with a fingerprint. */
async function addAuthenticator({ context, page }: Person): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

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

/** Opens the mail in the mailbox and follows its link to a new tab, where the person continues. */
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
