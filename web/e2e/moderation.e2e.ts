import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { linkTo } from './testing/mailbox.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();
const title = 'Night Shift';
const statement = 'The band says that it does not play there.';

test('a scam is reported, found and removed; its buyer is refunded, its organiser suspended, and the log has it all', async () => {
  await house.app.db.run(`update users set role = 'admin' where email = 'organiser@example.com'`);
  const buyer = await house.person({ phone: true });
  await findEvent(buyer, title);
  await buyer.press('More: Regular');
  await buyer.press(/^Continue/);
  await giveDetails(buyer, newBuyer());
  await payWith(buyer, cards.good);
  const orderId = await seesTickets(buyer, 1);

  const reporter = await house.person({ phone: true });
  await findEvent(reporter, title);
  const link = reporter.page.getByRole('link', { name: 'Report this event' });
  // The end of the page is loaded when somebody comes near it.
  await reporter.sees('region', 'Tickets');
  await reporter.page.getByRole('contentinfo').scrollIntoViewIfNeeded();
  await link.waitFor();
  await link.click();
  await reporter.sees('heading', 'Report an event');
  await reporter.press('Send the report');
  await reporter.page.getByText('Write at least three letters.').waitFor();
  await isAccessible(reporter);
  await reporter.fill('What has happened?', 'They are not coming.');
  await reporter.fill('Your e-mail', 'reporter@example.org');
  await reporter.page.getByRole('checkbox').check();
  await reporter.press('Send the report');
  await reporter.page.getByText('Your report has arrived.').waitFor();

  const admin = await enter(house, { phone: true });
  await admin.open('/account');
  await admin.follow('The platform’s desk');
  await admin.page.getByText('They are not coming.').waitFor();
  await isAccessible(admin);
  await admin.page.getByText('Reasons', { exact: true }).first().focus();
  await admin.page.keyboard.press('Enter');
  await admin.press('Remove and refund all');
  await admin.page.getByText('Write the reasons, with at least ten letters.').waitFor();
  await admin.fill('Reasons', statement);
  await isAccessible(admin);
  await admin.press('Remove and refund all');
  await admin.page.getByText('Nothing here.').waitFor();
  await admin.page.getByLabel('State').selectOption('decided');
  await admin.page.getByText(statement).waitFor();
  await admin.page.reload();
  await admin.page.getByText(statement).waitFor();

  const order = async () => (await buyer.context.request.get(`/api/orders/${orderId}`)).json();
  await expect.poll(async () => (await order()).status, { timeout: 60_000 }).toBe('refunded');
  const seen = await (await reporter.context.request.get('/api/events/night-shift')).json();
  expect(seen.code).toBe('not_found');
  await linkTo(house.url, 'reporter@example.org', /reports\/mdc_\w+#[\w.-]+/);

  await admin.follow('Events');
  await admin.fill('Search', 'night shi');
  await admin.page.getByText('Removed', { exact: true }).last().waitFor();
  const { organisation } = await house.app.db
    .query<{ organisation: string }>(
      `select organisation_id as organisation from events where slug = 'night-shift'`,
    )
    .then(([row]) => row as { organisation: string });
  await admin.open(`/admin/organisations?q=${organisation}`);
  await admin.page.getByText('Suspend', { exact: true }).first().click();
  await admin.fill('Reasons', statement);
  await admin.press('Suspend');
  await admin.page.getByRole('button', { name: 'Lift the suspension' }).waitFor();
  await isAccessible(admin);
  const log = await (await admin.context.request.get('/api/admin/audit-log?limit=20')).json();
  expect(log.items.map(({ act }: { act: string }) => act)).toEqual(
    expect.arrayContaining(['event.removed', 'event.cancelled', 'organisation.suspended']),
  );
  await admin.open('/admin/log');
  await admin.page.getByText('Organisation suspended: ').first().waitFor();

  // The team appeals by the link of its mail. The admin who decided cannot answer.
  const path = await linkTo(house.url, 'organiser@example.com', /\/reports\/mdc_\w+#[\w-]{32}/);
  const team = await house.person({ phone: true });
  await team.open(path);
  await team.page.getByText(statement).waitFor();
  await isAccessible(team);
  await team.fill('Why is the decision wrong?', 'Here is the contract.');
  await team.press('Send the appeal');
  await team.page.getByText('Your appeal has arrived.').waitFor();
  await admin.open('/admin/appeals');
  await admin.page.getByText('Here is the contract.').waitFor();
  await admin.page.getByText('You made this decision, so another admin must answer.').waitFor();
  await isAccessible(admin);
});
