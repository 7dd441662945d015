import { expect, test } from 'vitest';
import { demoPassword } from '../../server/demo/accounts.ts';
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
  await organiser.press('Preview');
  await organiser.sees('heading', /(person gets|people get) it$/);
  expect(await findBarriers(organiser)).toEqual([]);
  await organiser.press('Send now');
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
