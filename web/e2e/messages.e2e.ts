import { expect, test } from 'vitest';
import { demoPassword } from '../../server/demo/accounts.ts';
import { signIn } from './testing/accounts.ts';
import { findBarriers } from './testing/axe.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';

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
  // The worker may still be drawing the tickets.
  await expect.poll(async () => organiser.page.reload().then(() => own.count()), { timeout: 60_000 }).toBe(1);
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
  await expect
    .poll(async () => organiser.page.reload().then(() => own.getByText('Sent', { exact: true }).count()), {
      timeout: 60_000,
    })
    .toBe(1);
});
