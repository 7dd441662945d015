import { expect, test } from 'vitest';
import { signIn } from './testing/accounts.ts';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { placeOf, publishQueue, type TestQueue } from './testing/queues.ts';

const house = setUpHouse();
const minute = 60_000;

/** A person at a phone who has joined the queue. */
async function joins(queue: TestQueue): Promise<Person> {
  const person = await house.person({ phone: true });
  await person.open(`${queue.address}/queue`);
  await person.pressTwice('Join the queue');
  await person.sees('button', 'Leave the queue');
  return person;
}

test('people join before the opening, are drawn, wait, and buy when it is their turn', async () => {
  const queue = await publishQueue(house, 'A drawn queue', { opensInMs: 30 * minute, capacity: 1 });
  await queue.steer({ paused: true, message: 'We open soon.' });
  const people = [await joins(queue), await joins(queue)];
  for (const person of people) {
    await person.sees('heading', 'You take part in the draw');
    await person.sees('timer', 'until the opening');
    await person.page.getByText('We open soon.').waitFor();
    await person.page.getByText('2 people wait.').waitFor();
  }
  await isAccessible(people[0] as Person);
  house.advance(30 * minute);
  for (const person of people) await person.sees('heading', 'The queue is paused');

  const places = await Promise.all(people.map((person) => placeOf(person, queue)));
  expect(places.map(({ position }) => position).sort()).toEqual([1, 2]);
  const [first, second] = (places[0].position === 1 ? people : people.reverse()) as [Person, Person];
  await first.page.getByText('Your position: 1').waitFor();
  await second.page.getByText('Your position: 2').waitFor();
  await isAccessible(second);
  await checksDraw(second, queue);
  await second.open(`${queue.address}/queue`);
  await second.page.reload();
  await second.page.getByText('Your position: 2').waitFor();
  second.page = await second.context.newPage();
  await second.open(`${queue.address}/queue`);
  await second.page.getByText('Your position: 2').waitFor();

  // There is one place, so one person is let in.
  await queue.steer({ paused: false, message: '' });
  await first.sees('heading', 'It is your turn');
  await first.sees('timer', 'left to choose');
  await second.sees('heading', 'You are next');
  // The only place is held, and nobody knows for how long.
  await second.page.getByText('We can say how long it takes once people have been let in.').waitFor();
  await isAccessible(first);
  await isAccessible(second);

  await first.follow('Choose places');
  await first.press('More: In');
  await first.page
    .getByRole('button', { name: /^Continue/ })
    .filter({ visible: true })
    .first()
    .click();
  await first.fill('Name', 'Nora Lindholm');
  await first.fill('E-mail', 'drawn@example.org');
  await first.press('Get the tickets');
  await seesTickets(first, 1);
  await first.open(`${queue.address}/queue`);
  await first.sees('heading', 'You have your tickets');
});

test('a turn that is not used ends, and whoever joins again stands at the end', async () => {
  const queue = await publishQueue(house, 'A short turn');
  await queue.steer({ windowSeconds: 60 });
  const person = await joins(queue);
  await person.sees('heading', 'It is your turn');
  await passTime(queue, 1.2 * minute);
  // By itself the page asks when its own clock says so, which stands still here.
  await person.page.reload();
  await person.page.getByText('Your time to choose is over', { exact: false }).waitFor();
  await isAccessible(person);
  await queue.steer({ paused: true });
  await person.press('Join again');
  await person.page.getByText('Your position: 2').waitFor();
  await person.press('Leave the queue');
  await person.sees('dialog', 'Leave the queue?');
  await isAccessible(person);
  await person.press('Stay');
  await person.press('Leave the queue');
  await person.page.getByRole('dialog').getByRole('button', { name: 'Leave the queue' }).click();
  await person.page.getByText('You have left the queue', { exact: false }).waitFor();
});

test('whoever waits is told that all places are held, and that all are sold', async () => {
  const queue = await publishQueue(house, 'The last place', { capacity: 1 });
  const buyer = await joins(queue);
  await buyer.sees('heading', 'It is your turn');
  const waits = await joins(queue);
  await buyer.follow('Choose places');
  await buyer.press('More: In');
  await buyer.page
    .getByRole('button', { name: /^Continue/ })
    .filter({ visible: true })
    .first()
    .click();
  await buyer.page.getByLabel('Name', { exact: true }).waitFor();
  await waits.sees('heading', 'All places are held at the moment');
  await waits.page.getByText('1 person has places', { exact: false }).waitFor();
  await buyer.fill('Name', 'Nora Lindholm');
  await buyer.fill('E-mail', 'last-place@example.org');
  await buyer.press('Get the tickets');
  await waits.sees('heading', 'Sold out');
  await isAccessible(waits);
  await waits.follow('To the waitlist');
  await waits.sees('button', 'Join the waitlist: In');
});

test('the page of an event leads to its queue, says whose turn it is, and says why places were not held', async () => {
  const queue = await publishQueue(house, 'A way in');
  await queue.steer({ paused: true });
  const person = await house.person({ phone: true });
  await person.open(queue.address);
  const gate = await person.sees('region', 'Queue');
  await gate.getByText('People queue for this event').waitFor();
  expect(await person.page.getByRole('button', { name: 'More: In' }).count()).toBe(0);
  await isAccessible(person);
  await person.follow('To the queue');
  await person.press('Join the queue');
  await person.page.getByText('Your position: 1').waitFor();
  await person.open(queue.address);
  await gate.getByText('You are next').waitFor();
  await queue.steer({ paused: false });
  await gate.getByText('It is your turn').waitFor();
  await person.press('More: In');
  await isAccessible(person);

  // A browser that does not know yet that people have to wait: it hears no news, and reads what was true before.
  const early = await house.person({ phone: true });
  await early.page.routeWebSocket('**/socket.io/**', () => {});
  await early.page.route(`**${queue.api}`, async (route) => {
    const told = await (await route.fetch()).json();
    await route.fulfill({ json: { ...told, state: 'standby' } });
  });
  await early.open(queue.address);
  await early.press('More: In');
  await early.page.unroute(`**${queue.api}`);
  early.expects({ status: 403, path: '/holds' });
  // The attempt made a guest, who has no place.
  early.expects({ status: 404, path: '/queue/mine' });
  await early.page
    .getByRole('button', { name: /^Continue/ })
    .filter({ visible: true })
    .first()
    .click();
  await early.hears('status', 'Join the queue first.');
  await early.sees('button', 'Join the queue');
});

test('the queue goes on after flight mode, and a keyboard and a screen reader get everything', async () => {
  const queue = await publishQueue(house, 'A flight');
  await queue.steer({ paused: true });
  const person = await house.person({ narrow: true });
  await person.open(`${queue.address}/queue`);
  const button = await person.sees('button', 'Join the queue');
  await button.focus();
  await person.page.keyboard.press('Enter');
  await person.hears('status', 'The queue is paused');
  await person.page.getByText('Your position: 1').waitFor();
  await person.context.setOffline(true);
  await person.hears('status', 'You are not connected');
  await queue.steer({ paused: false });
  await person.context.setOffline(false);
  await person.sees('heading', 'It is your turn');
  await person.hears('status', 'It is your turn');
  await expect.poll(() => person.page.title()).toMatch(/^Your turn/);
  await person.page.getByText('You are not connected').waitFor({ state: 'detached' });
});

test('the organiser pauses the queue, writes to the people who wait, and does away with it', async () => {
  const queue = await publishQueue(house, 'A steered queue');
  const organiser = await house.person({ narrow: true });
  await organiser.open('/sign-in');
  await signIn(organiser, 'organiser@example.com');
  await organiser.open(queue.api.replace('/api', '/organise'));
  await organiser.pressTwice('Pause');
  await organiser.hears('status', 'Paused: nobody is let in.');
  const waits = await joins(queue);
  await organiser.page.getByText('Waiting', { exact: true }).locator('xpath=..').getByText('1').waitFor();
  await organiser.fill('People per minute', 'many');
  await organiser.fill('Message to the people who wait', 'Back at noon.');
  await organiser.press('Save');
  await organiser.page.getByText('Give a whole number from 1 to 100,000, or nothing.').waitFor();
  await organiser.fill('People per minute', '30');
  await organiser.fill('Minutes to choose places', '5');
  await isAccessible(organiser);
  await organiser.press('Save');
  await organiser.hears('status', 'Saved.');
  await waits.page.getByText('Back at noon.').waitFor();
  await waits.page.getByText('You then have 5 minutes to choose your places.', { exact: false }).waitFor();
  await organiser.press('Let people in');
  await waits.sees('heading', 'It is your turn');

  await organiser.follow('A steered queue');
  await organiser.choose('Queue', 'The queue opens at a time');
  await organiser.press('Save');
  await organiser.page.getByText('Say when the queue opens.').waitFor();
  await organiser.choose('Queue', 'Nobody waits');
  // The open page may ask before it is reloaded.
  waits.expects({ status: 404, path: '/queue', often: true });
  await organiser.press('Save');
  await organiser.hears('status', 'Saved');
  await waits.page.reload();
  await waits.sees('heading', 'This event has no queue');
});

/**
 * Lets time pass in steps. After a longer one the keeper takes it that Admit was away, and gives everybody more time (docs/waiting-room.md).
 */
async function passTime({ eventId }: TestQueue, ms: number): Promise<void> {
  const keptSql = 'select kept_at as at from waiting_rooms where event_id = $1';
  for (let left = ms; left > 0; left -= 9000) {
    house.advance(9000);
    const now = house.app.clock.now();
    await expect
      .poll(async () => (await house.app.db.query<{ at: Date }>(keptSql, [eventId]))[0]?.at, { interval: 20 })
      .toSatisfy((at: Date) => at >= now);
  }
}

/** Whoever was drawn checks the draw, as it is and with an order that somebody has changed on the way. */
async function checksDraw(person: Person, queue: TestQueue): Promise<void> {
  await person.page.getByText('How is the order drawn?').click();
  await person.follow('Check the draw');
  await person.hears('status', 'Your place was drawn right, and so was the whole order');
  await person.page.getByText('The hash is the one that this browser saw before the draw.').waitFor();
  expect(await person.page.locator('li[aria-current]').textContent()).toMatch(/^2.*You$/);
  await isAccessible(person);
  const path = `**${queue.api}/draw*`;
  await person.page.route(path, async (route) => {
    const draw = await (await route.fetch()).json();
    await route.fulfill({ json: { ...draw, entries: draw.entries.reverse() } });
  });
  await person.page.reload();
  await person.hears('alert', 'This draw does not match');
  await person.page.getByText('From position 1 on, the order is another one than the rules give.').waitFor();
  await person.page.getByText('another position in the list than you were told').waitFor();
  await isAccessible(person);
  await person.page.unroute(path);
}
