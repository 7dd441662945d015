import { expect, test } from 'vitest';
import { createTwilioSender } from '../../server/adapters/sms/twilio.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { demoPassword } from '../../server/demo/accounts.ts';
import { startSmsService } from '../../server/testing/sms-service.ts';
import { signIn } from './testing/accounts.ts';
import { findBarriers } from './testing/axe.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { workOff } from './testing/jobs.ts';

const house = setUpHouse();
const title = 'The Cartographer’s Daughter';

test('the organiser sees that a mail was refused, and has it sent again', async () => {
  const buyer = newBuyer();
  const person = await house.person();
  await findEvent(person, title);
  await person.follow('Choose seats');
  await person.press('List');
  await person.press(/^Circle/);
  await person.press('Find 2 seats');
  await person.press(/^Continue · /);
  await giveDetails(person, buyer);
  await payWith(person, cards.good);
  await seesTickets(person, 2);
  await workOff(house.app);
  const [{ id }] = (await house.app.db.query<{ id: string }>(`select id from events where title = $1`, [
    title,
  ])) as [{ id: string }];

  const organiser = await house.person({ phone: true });
  await organiser.open('/sign-in');
  await signIn(organiser, 'organiser@example.com', demoPassword);
  await organiser.open(`/organise/events/${id}`);
  await organiser.follow('Messages');
  await organiser.sees('heading', 'Messages');
  const own = organiser.page.getByRole('listitem').filter({ hasText: buyer.email });
  await own.waitFor();
  await house.app.db.run(
    `update deliveries set state = 'failed', error = '550 5.1.1 no such mailbox', sent_at = null where recipient = $1`,
    [buyer.email.toLowerCase()],
  );
  await organiser.page.reload();
  await organiser.page.getByText('One message has not arrived.').waitFor();
  await own.getByText('Refused').waitFor();
  await own.getByText('550 5.1.1 no such mailbox').waitFor();
  expect(await findBarriers(organiser)).toEqual([]);
  await own.getByRole('button', { name: 'Send again' }).click();
  await own.getByText(/Waiting|Sent/).waitFor();
  await workOff(house.app);
  await organiser.page.reload();
  await own.getByText('Sent', { exact: true }).waitFor();

  await organiser.follow('Write to attendees');
  await organiser.sees('heading', 'Write to attendees');
  await organiser.fill('Subject', 'Doors open earlier');
  await organiser.fill('Text', 'The doors open at 18:00.');
  const types = organiser.page.getByRole('group', { name: 'Ticket type' }).getByRole('checkbox');
  for (const type of await types.all()) await type.check();
  await organiser.press('Preview');
  await organiser.sees('heading', /(person gets|people get) it$/);
  // The preview is the mail itself, with its colours.
  const button = organiser.page.frameLocator('iframe').getByRole('link', { name: 'Open your tickets' });
  await expect
    .poll(() => button.evaluate((link) => getComputedStyle(link).backgroundColor))
    .not.toBe('rgba(0, 0, 0, 0)');
  expect(await findBarriers(organiser)).toEqual([]);
  await organiser.pressTwice('Send now');
  await organiser.page.getByText('The message is on its way.').waitFor();
  const written = organiser.page.getByRole('listitem').filter({ hasText: 'Doors open earlier' });
  await workOff(house.app);
  await organiser.page.reload();
  await written.getByText(/^Sent: [1-9]/).waitFor();
  const received = await house.app.db.query(
    `select state from deliveries where recipient = $1 and kind = 'broadcast'`,
    [buyer.email.toLowerCase()],
  );
  expect(received).toEqual([{ state: 'sent' }]);
});

test('a person chooses which notifications and mails they want, and when none', async () => {
  const person = await house.person({ phone: true });
  const { page } = person;
  await person.open('/sign-in');
  await signIn(person, 'organiser@example.com', demoPassword);
  await person.open('/account');
  const box = (name: RegExp) => page.getByRole('checkbox', { name });
  /** Presses a box, and waits until the server has saved it. */
  const press = async (name: RegExp, path: string) => {
    const saved = page.waitForResponse(
      (response) => response.url().endsWith(path) && response.request().method() === 'PATCH',
    );
    await box(name).click();
    expect((await saved).status()).toBe(200);
  };
  const choices = '/api/me/message-choices';
  await press(/^An event has a new time or place/, choices);
  await press(/^Quiet hours/, choices);
  await press(/^News of organisers/, '/api/me/profile');
  await page.getByLabel('From', { exact: true }).waitFor();
  await page.reload();
  await box(/^Quiet hours/).waitFor();
  expect(await box(/^An event has a new time or place/).isChecked()).toBe(false);
  expect(await box(/^Tickets are there/).isChecked()).toBe(true);
  expect(await box(/^Quiet hours/).isChecked()).toBe(true);
  expect(await box(/^News of organisers/).isChecked()).toBe(false);
  expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe('22:00');
  await press(/^Quiet hours/, choices);
  await page.getByLabel('From', { exact: true }).waitFor({ state: 'detached' });
});

test('a person gives a number, confirms it with the code, chooses which SMS they want, and ends them', async () => {
  const service = await startSmsService();
  house.app.sms = createTwilioSender(readConfig(service.env).sms as NonNullable<Config['sms']>);
  const person = await house.person({ phone: true });
  const { page } = person;
  await person.open('/sign-in');
  await signIn(person, 'organiser@example.com', demoPassword);
  await person.open('/account');
  person.expects({ status: 400, path: '/api/me/phone-number' });
  person.expects({ status: 422, path: '/confirmation' });
  const number = page.getByLabel('Mobile number');
  await number.fill('0151 12345678');
  await person.press('Send code');
  await page.getByText('With the country code').waitFor();
  expect(await number.getAttribute('aria-invalid')).toBe('true');
  await number.fill('+49 151 12345678');
  await person.press('Send code');
  await page.getByText(/^We have sent a code to/).waitFor();
  expect(await findBarriers(person)).toEqual([]);
  const code = service.textsTo('+4915112345678').at(-1)?.slice(0, 6) ?? '';
  await person.fill('Code from the SMS', code === '123456' ? '654321' : '123456');
  await person.press('Confirm');
  await page.getByText('You have 4 attempts left.').waitFor();
  await person.fill('Code from the SMS', code);
  await person.press('Confirm');
  await page.getByRole('button', { name: 'End SMS' }).waitFor();
  const section = page
    .getByRole('region')
    .or(page.locator('section'))
    .filter({ hasText: '+4915112345678' })
    .last();
  const saved = page.waitForResponse(
    (response) =>
      response.url().endsWith('/api/me/message-choices') && response.request().method() === 'PATCH',
  );
  await section.getByRole('checkbox', { name: /^An event has a new time or place/ }).click();
  expect((await saved).status()).toBe(200);
  expect(await findBarriers(person)).toEqual([]);
  await page.reload();
  const moved = section.getByRole('checkbox', { name: /^An event has a new time or place/ });
  await moved.waitFor();
  expect(await moved.isChecked()).toBe(false);
  await person.press('End SMS');
  await number.waitFor();
  house.app.sms = null;
  await service.close();
});
