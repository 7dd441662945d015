import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { readPdfText, readQrCodes } from '../../server/features/tickets/testing/read-pdf.ts';
import { proof } from '../../server/testing/thorough.ts';
import { signIn } from './testing/accounts.ts';
import type { Person } from './testing/browsers.ts';
import { cards, codesOf, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { createCamera } from './testing/camera.ts';
import { setUpHouse } from './testing/house.ts';
import { isLive } from './testing/live.ts';

const play = 'The Cartographer’s Daughter';
const seatsPath = '/e/the-cartographer-s-daughter/seats';
const camera = createCamera();
afterAll(camera.remove);
const house = setUpHouse({ browserArgs: camera.args });

test('a guest chooses two seats, gets them by mail, and the door admits each once', async () => {
  const guest = await house.person();
  const buyer = newBuyer();
  await findEvent(guest, play);
  await guest.follow('Choose seats');
  await guest.press('List');
  await guest.press(/^Stalls/);
  await guest.press('Stalls, row C, seat 12, £89.50');
  await guest.press('Stalls, row C, seat 13, £89.50');
  await guest.press('Continue · £179');
  await giveDetails(guest, buyer);
  await payWith(guest, cards.good);
  const codes = await codesOf(guest, await seesTickets(guest, 2));

  const pdf = await ticketsFromMailbox(guest, buyer.email);
  expect(readQrCodes(readFileSync(pdf))).toEqual(codes);
  expect(readPdfText(readFileSync(pdf))).toContain(play);

  const door = await house.person();
  await openDoor(door);
  // The play is weeks away. The door says so before and after the scan, with the date, and admits all the same.
  await door.hears('status', /This event is not today. The doors open .*\d{4}/);
  await checkIn(door, codes[0] ?? '');
  await door.hears('status', 'Stalls, row C, seat 12');
  const admitted = await door.hears('status', 'Admitted');
  expect(await colourOf(admitted)).toBe('amber');
  expect(await admitted.textContent()).toMatch(/The doors open .*\d{4}/);
  await refusesSecondTime(door, codes[0] ?? '');

  camera.show(pdf, 2);
  await door.press('Scan with the camera');
  await door.hears('status', 'Stalls, row C, seat 13');
  expect(await colourOf(await door.hears('status', 'Admitted'))).toBe('amber');
});

proof('a guest is found the best two seats next to each other', async () => {
  const guest = await house.person();
  await findEvent(guest, play);
  await guest.follow('Choose seats');
  const best = guest.page.getByRole('region', { name: 'Best available' });
  await best.getByRole('combobox').selectOption({ label: 'Standard, £59.50' });
  await guest.press('Find 2 seats');
  await guest.press('Continue · £119');
  await giveDetails(guest, newBuyer());
  await payWith(guest, cards.good);
  await seesTickets(guest, 2);
  const seats = await guest.page.getByRole('article').allTextContents();
  const [first, second] = seats.map((text) => /Row(\w+?)Seat(\d+)/.exec(text));
  expect(first?.[1]).toBe(second?.[1]);
  expect(Math.abs(Number(first?.[2]) - Number(second?.[2]))).toBe(1);
});

test('seats can be chosen on the map with the keyboard alone, and each is read out', async () => {
  const guest = await house.person();
  await guest.open(seatsPath);
  await (await guest.sees('application', /^Seat map/)).focus();
  const { keyboard } = guest.page;
  await keyboard.press('ArrowRight');
  await guest.page.getByText('Stalls, row A, seat 1, £89.50').waitFor();
  await keyboard.press('ArrowRight');
  await guest.page.getByText('Stalls, row A, seat 2, £89.50').waitFor();
  await keyboard.press('Enter');
  await guest.sees('heading', '1 seat');
  await guest.sees('button', 'Give back Stalls, row A, seat 2');
});

test('a seat that somebody takes is gone on every other screen', async () => {
  const seat = 'Stalls, row D, seat 5, £89.50';
  const [quick, slow] = await Promise.all([house.person(), house.person({ phone: true })]);
  await Promise.all([openList(quick), openList(slow)]);
  await slow.press(seat);
  await quick.press(seat);
  await quick.press('Continue · £89.50');
  await quick.sees('heading', 'Checkout');

  await slow.page.getByRole('button', { name: seat, disabled: true }).waitFor();
  const tray = await slow.sees('region', 'Your seats');
  expect(await tray.textContent()).toContain('Stalls, row D, seat 5 was just taken by someone else.');

  await quick.press('Give the places back');
  await slow.page.getByRole('button', { name: seat, disabled: false }).waitFor();
});

proof('a page that the live channel refuses asks for itself, and listens once there is room', async () => {
  const seat = 'Stalls, row E, seat 5, £89.50';
  const [quick, refused] = await Promise.all([house.person(), house.person({ phone: true })]);
  let isFull = true;
  await refused.page.routeWebSocket(/socket\.io/, (socket) => {
    if (isFull) return void socket.close();
    socket.connectToServer();
  });
  await refused.open(seatsPath);
  await Promise.all([openSection(refused), openList(quick)]);
  await refused.page.getByRole('button', { name: seat, disabled: false }).waitFor();
  await quick.press(seat);
  await quick.press('Continue · £89.50');
  await quick.sees('heading', 'Checkout');
  // The page waits longer from one attempt to the next, 45 seconds at most.
  const sees = (disabled: boolean) =>
    refused.page.getByRole('button', { name: seat, disabled }).waitFor({ timeout: 90_000 });
  await sees(true);

  isFull = false;
  await refused.page.waitForResponse('**/availability', { timeout: 90_000 });
  await quick.press('Give the places back');
  await sees(false);
});

/** Finds the mail to this address in the mailbox, and returns the path of its PDF. */
async function ticketsFromMailbox(person: Person, address: string): Promise<string> {
  await person.open('/mailbox');
  await person.fill('Only mail to', address);
  await person.follow(`Your tickets: ${play}`);
  await person.sees('heading', `Your tickets: ${play}`);
  const { name, path } = await person.download(/\.pdf/);
  expect(name).toMatch(/^tickets-.*\.pdf$/);
  return path;
}

async function openDoor(person: Person): Promise<void> {
  await person.open('/door');
  await person.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await signIn(person, 'door@example.com');
  await person.follow(new RegExp(play));
  await person.press('Settings');
  await person.fill('Gate', 'North');
  await person.press('Close');
}

async function checkIn(person: Person, code: string): Promise<void> {
  await person.fill('Ticket code', code);
  await person.press('Check in');
}

async function refusesSecondTime(door: Person, code: string): Promise<void> {
  door.expects({ status: 409, path: '/check-ins' });
  await checkIn(door, code);
  const refusal = await door.hears('status', 'Refused');
  expect(await colourOf(refusal)).toBe('red');
  const said = (await refusal.textContent()) ?? '';
  expect(said).toMatch(/Used .*\d{1,2}:\d{2}/);
  expect(said).toContain('at gate North');
  expect(said).toContain('by Dora Mensah');
}

/** The colour that a person sees from two metres away. */
async function colourOf(status: Locator): Promise<string> {
  const colour = await status.evaluate(
    (box) => getComputedStyle(box.firstElementChild?.firstElementChild ?? box).backgroundColor,
  );
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number);
  if (green > 1.5 * red && green > blue) return 'green';
  if (red > 2.5 * green && red > blue) return 'red';
  return red > 1.2 * green && green > 1.5 * blue ? 'amber' : colour;
}

/** Opens the list of the theatre's seats, and waits for the live connection. */
async function openList(person: Person): Promise<void> {
  await Promise.all([isLive(person), person.open(seatsPath)]);
  await openSection(person);
}

async function openSection(person: Person): Promise<void> {
  await person.press('List');
  await person.press(/^Stalls/);
}
