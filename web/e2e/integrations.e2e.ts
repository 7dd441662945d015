import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWebhookSender } from '../../server/adapters/webhooks/sender.ts';
import { systemClock } from '../../server/clock.ts';
import { openReceiver, type Receiver } from '../../server/features/webhooks-out/testing/receiver.ts';
import { isAccessible } from './testing/axe.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();
let receiver: Receiver;
beforeAll(async () => {
  receiver = await openReceiver();
  house.app.webhookSender = createWebhookSender({ clock: systemClock, privateHosts: [receiver.host] });
});
afterAll(() => receiver.close());

test('a manager makes a key on a phone, a program uses it, and the manager rotates and revokes it', async () => {
  const organiser = await enter(house, { phone: true });
  const { page } = organiser;
  await organiser.open('/organise/team');
  await organiser.follow('API keys');
  await page.getByText('There are no keys yet.').waitFor();
  await isAccessible(organiser);
  await organiser.press('Make a key');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await dialog.getByText('Give the key a name.').waitFor();
  await dialog.getByText('Choose at least one thing that the key may do.').waitFor();
  await dialog.getByLabel('Name', { exact: true }).fill('Web shop');
  await dialog.getByLabel('Events', { exact: true }).selectOption('Read');
  await isAccessible(organiser);
  await dialog.getByRole('button', { name: 'Make it' }).click();
  const shown = dialog.getByText(/^admit_\w{46}$/);
  const secret = (await shown.textContent())?.trim() ?? '';
  // The secret is shown once, so only the button takes it away.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  await shown.waitFor();
  await isAccessible(organiser);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByText('Never used').waitFor();

  const me = await (await organiser.context.request.get('/api/me')).json();
  const path = `/api/organisations/${me.organisations[0].id}`;
  const ask = async (with_: string, what = 'events') =>
    (await fetch(`${house.url}${path}/${what}`, { headers: { authorization: `Bearer ${with_}` } })).status;
  expect(await ask(secret)).toBe(200);
  expect(await ask(secret, 'members')).toBe(403);
  await organiser.open('/organise/api-keys');
  await page.getByText(/Last used/).waitFor();

  await organiser.press('New secret for Web shop');
  await dialog.getByLabel('The old secret still works for').selectOption('24 hours');
  await dialog.getByRole('button', { name: 'New secret' }).click();
  const next = (await dialog.getByText(/^admit_\w{46}$/).textContent())?.trim() ?? '';
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByText(/The old secret works until/).waitFor();
  expect([await ask(secret), await ask(next)]).toEqual([200, 200]);

  await organiser.press('Revoke Web shop');
  await isAccessible(organiser);
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('Was revoked').waitFor();
  expect([await ask(secret), await ask(next)]).toEqual([401, 401]);
});

test('a manager adds an endpoint, tests it, reads its log and has a failed webhook sent again', async () => {
  const organiser = await enter(house, { phone: true });
  const { page } = organiser;
  await organiser.open('/organise/team');
  await organiser.follow('Webhooks');
  await organiser.press('Add an endpoint');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://10.0.0.1/hooks');
  organiser.expects({ status: 422, path: '/webhook-endpoints' });
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await dialog.getByText(/Webhooks are not sent to this address/).waitFor();
  await dialog.getByRole('textbox', { name: 'Address' }).fill(receiver.url);
  await dialog.getByLabel('Note').fill('Accounting');
  await isAccessible(organiser);
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await dialog.getByText(/^whsec_/).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await organiser.follow(receiver.url);
  await page.getByText('Nothing was sent yet.').waitFor();
  receiver.behave = (response) => response.writeHead(500).end('out of order');
  await organiser.press('Send a test');
  const log = page.getByRole('region', { name: 'Log' });
  const item = log.getByRole('listitem');
  await item.getByText('Test', { exact: true }).waitFor();
  await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
  await expect
    .poll(async () => {
      await page.getByRole('button', { name: 'Load again' }).click();
      return item.textContent();
    })
    .toContain('HTTP 500');
  await item.getByText('Details').click();
  await item
    .getByText(/out of order/)
    .first()
    .waitFor();
  await item.getByText(/This is a test from Admit/).waitFor();
  await isAccessible(organiser);
  receiver.behave = (response) => response.end('ok');
  // It fails again and again, until somebody switches the endpoint off.
  await organiser.press('Switch off');
  await page.getByText('Is off').waitFor();
  await organiser.press('Switch on');
  await page.getByText('Is on').waitFor();
  await organiser.press('Send all failed ones again');
  await organiser.hears('status', '1 message is sent again.');
  await expect
    .poll(async () => {
      await page.getByRole('button', { name: 'Load again' }).click();
      return item.textContent();
    })
    .toContain('Arrived');
  await organiser.press('Delete');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('There are no endpoints yet.').waitFor();
});

test('somebody who may not manage them reads why', async () => {
  const { db } = house.app;
  const organiser = await enter(house);
  const me = await (await organiser.context.request.get('/api/me')).json();
  const [{ id }] = me.organisations;
  await db.run(`update members set role = 'support' where user_id = $1 and organisation_id = $2`, [
    me.id,
    id,
  ]);
  try {
    await organiser.open('/organise/webhooks');
    await organiser.page.getByText('Only owners and managers can do this.').waitFor();
    await organiser.open('/organise/api-keys');
    await organiser.page.getByText('Only owners and managers can do this.').waitFor();
  } finally {
    await db.run(`update members set role = 'owner' where user_id = $1 and organisation_id = $2`, [
      me.id,
      id,
    ]);
  }
});
