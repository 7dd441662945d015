import { test } from 'vitest';
import { signIn } from './testing/accounts.ts';
import { isAccessible } from './testing/axe.ts';
import { seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { linkTo } from './testing/mailbox.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();
const offerLink = /http\S+\/offers\/wle_\w+#[\w-]+/;
const email = 'waits@example.org';

test('people wait on phones, the first is offered what comes back, and buys it from the link in the mail', async () => {
  const address = await publishSale(house, 'Worth waiting for', {
    pools: [{ key: 'all', name: 'All', capacity: 2 }],
    ticketTypes: [{ name: 'In', priceMinor: 0, pools: ['all'] }],
  });
  const holder = await house.person();
  await holder.open(address);
  for (let i = 0; i < 2; i++) await holder.press('More: In');
  await holder.page
    .getByRole('button', { name: /^Continue/ })
    .filter({ visible: true })
    .first()
    .click();
  await holder.page.getByLabel('Name', { exact: true }).waitFor();

  const first = await house.person({ phone: true });
  await first.open(address);
  await first.press('Join the waitlist: In');
  await first.press('More: In');
  await first.press('Join the waitlist');
  await first.page.locator('[aria-invalid=true]').waitFor();
  await first.fill('Your e-mail address', email);
  await isAccessible(first);
  await first.press('Join the waitlist');
  await first.page.getByText('You are the first in line.', { exact: false }).waitFor();
  await isAccessible(first);

  const second = await house.person({ phone: true });
  await second.open(address);
  await second.press('Join the waitlist: In');
  await second.fill('Your e-mail address', 'second-waits@example.org');
  await second.press('Join the waitlist');
  await second.page.getByText('You are number 2 in line.').waitFor();
  await second.open('/orders');
  await second.sees('heading', 'Waitlists');
  await second.page.getByText('You are number 2 in line.').waitFor();
  await isAccessible(second);

  await holder.open(address);
  await holder.press('Give back');
  await first.page.getByText('2 places are offered to you', { exact: false }).waitFor();
  await isAccessible(first);

  const phone = await house.person({ phone: true });
  await phone.open(await linkTo(house.url, email, offerLink));
  await phone.fill('Name', 'Nora Lindholm');
  await phone.fill('E-mail', email);
  await isAccessible(phone);
  await phone.press('Get the tickets');
  await seesTickets(phone, 2);

  const organiser = await house.person();
  await organiser.open('/sign-in');
  await signIn(organiser, 'organiser@example.com');
  await organiser.open('/organise');
  await organiser.follow('Worth waiting for');
  await organiser.follow('Waitlist');
  await organiser.page.getByText('second-waits@example.org').waitFor();
  await isAccessible(organiser);
  await organiser.page.getByLabel('Show').selectOption('all');
  await organiser.page.getByText(/^Bought/).waitFor();

  await second.press('Leave the waitlist');
  await second.page.getByText('You are number', { exact: false }).waitFor({ state: 'detached' });
});
