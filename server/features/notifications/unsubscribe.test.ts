import { afterAll, beforeAll, expect, test } from 'vitest';
import { days } from '../../testing/clock.ts';
import { startSmtp, type TestSmtp } from '../../testing/smtp-server.ts';
import { createWorld, type Person, testPassword, type World } from '../../testing/world.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { buy } from '../tickets/testing/buy.ts';
import { remindOfEvents } from './remind-of-events.ts';

let world: World;
let smtp: TestSmtp;
beforeAll(async () => {
  smtp = await startSmtp();
  world = await createWorld({ SMTP_URL: smtp.url });
});
afterAll(async () => {
  await world.close();
  await smtp.close();
});

const mailsTo = (address: string) => smtp.received.filter(({ to }) => to?.[0]?.address === address);
const header = (mail: { headers: { key: string; value: string }[] } | undefined, name: string) =>
  mail?.headers.find(({ key }) => key === name)?.value;
/** What a mail program does when the person presses the button. */
const press = (url: string, method = 'POST') =>
  fetch(url, {
    method,
    ...(method === 'POST' && {
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  });

async function remindedOf(buyer: Person, email: string) {
  const event = await world.event({ priceMinor: 0 });
  await buy(world, buyer, event, { buyer: { name: 'Ada', email } });
  await remindOfEvents(world.app);
  world.clock.advance(days(29) + 1);
  await remindOfEvents(world.app);
  await world.drain();
}

test('a guest switches reminders off with one press, and still gets their tickets', async () => {
  const guest = await world.guest();
  const email = 'guest@example.com';
  await remindedOf(guest, email);
  const [tickets, reminder] = mailsTo(email);
  expect(header(tickets, 'list-unsubscribe')).toBeUndefined();
  expect(header(reminder, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  const url = /^<(.+)>$/.exec(header(reminder, 'list-unsubscribe') ?? '')?.[1] ?? '';
  expect(url).toContain(`${world.app.config.publicUrl}/api/unsubscriptions/${guest.userId}/reminders/`);

  const wants = async () =>
    (
      await world.app.db.query<{ wants: boolean }>(
        'select mail_reminders as wants from users where id = $1',
        [guest.userId],
      )
    )[0]?.wants;
  expect((await press(url, 'GET')).status).toBe(404);
  expect((await press(url.slice(0, -2))).status).toBe(404);
  expect((await press(url.replace('reminders', 'signIns'))).status).toBe(404);
  expect((await press(url.replace(guest.userId, (await world.guest()).userId))).status).toBe(404);
  expect(await wants()).toBe(true);
  for (let i = 0; i < 2; i++) expect((await press(url)).status).toBe(204);
  expect(await wants()).toBe(false);

  await remindedOf(guest, email);
  expect(mailsTo(email).map(({ subject }) => subject?.split(':')[0])).toEqual([
    'Your tickets',
    'Soon',
    'Your tickets',
  ]);
});

test('notices of new sign-ins can be switched off with one press', async () => {
  const person = await world.user();
  const signIn = async (agent: string) => {
    const body = { email: person.email, password: testPassword };
    await world.client().post('/api/auth/sign-in/email', body, { 'user-agent': agent });
    await world.drain();
  };
  await signIn('Mozilla/5.0 (Windows NT 10.0) Firefox/140.0');
  await signIn('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/605.1');
  const [notice] = mailsTo(person.email);
  const url = /^<(.+)>$/.exec(header(notice, 'list-unsubscribe') ?? '')?.[1] ?? '';
  expect((await press(url)).status).toBe(204);
  expect((await person.client.get('/api/me/profile')).body.mails).toEqual({
    reminders: true,
    signIns: false,
    news: true,
    exports: true,
  });
  await signIn('Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0');
  expect(mailsTo(person.email)).toHaveLength(1);
});

test('a mail about a scheduled export has the link of that schedule alone', async () => {
  const person = await world.user();
  const scheduleId = world.app.newId('exportSchedule');
  const payload = {
    ...{ kind: 'export-ready', to: person.email, name: 'Fin', userId: person.userId, language: 'en' },
    ...{ fileId: world.app.newId('exportFile'), scheduleId, table: 'orders', format: 'csv' },
    ...{ event: 'Night Shift', timeZone: 'UTC', url: `${world.app.config.publicUrl}/organise` },
    ...{ dueAt: '2027-01-02T06:00:00.000Z', endsAt: '2027-01-09T06:00:00.000Z' },
  };
  await enqueueJobs(world.app.db, [{ task: 'send-mail', payload }]);
  await world.drain();
  const [mail] = mailsTo(person.email);
  expect(header(mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  const url = /^<(.+)>$/.exec(header(mail, 'list-unsubscribe') ?? '')?.[1] ?? '';
  expect(url).toContain(`/api/export-recipients/${person.userId}/${scheduleId}/`);
  expect((await press(url)).status).toBe(204);
  expect((await press(url, 'GET')).status).toBe(404);
});
