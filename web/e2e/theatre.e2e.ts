import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPdfText, readQrCodes } from '../../server/features/tickets/testing/read-pdf.ts';
import type { Person } from './testing/browsers.ts';
import { cards, codesOf, findEvent, giveDetails, newBuyer, payWith, seesTickets, signIn } from './testing/buying.ts';
import { useHouse } from './testing/house.ts';

const play = 'The Cartographer’s Daughter';
const house = useHouse();

test('a guest chooses two seats, gets them by mail, and the door admits each once', async () => {
  const guest = await house.person();
  const buyer = newBuyer();
  await findEvent(guest, play);
  await guest.follow('Choose seats');
  await chooseInList(guest, 'Stalls', ['Stalls, row C, seat 12', 'Stalls, row C, seat 13']);
  await guest.press(/^Continue · £179/);
  await giveDetails(guest, buyer);
  await payWith(guest, cards.good);
  const orderId = await seesTickets(guest, 2);
  const codes = await codesOf(guest, orderId);

  const pdf = await pdfFromMailbox(guest, buyer.email);
  expect(readQrCodes(pdf)).toEqual(codes);
  const text = readPdfText(pdf);
  expect(text).toContain(play);
  expect(text).toMatch(/Row\s+Seat/i);

  const door = await house.person();
  await door.open('/door');
  await door.follow('Sign in');
  await signIn(door, 'door@example.com');
  await door.follow(new RegExp(play));
  await door.fill('Gate', 'North');
  await checkIn(door, codes[0]);
  expect(await shownColour(await door.hears('status', 'Admitted'))).toBe('green');
  await door.hears('status', 'Stalls, row C, seat 12');

  door.expects({ status: 409, path: '/check-ins' });
  await checkIn(door, codes[0]);
  const refusal = await door.hears('status', 'Refused');
  expect(await shownColour(refusal)).toBe('red');
  const said = (await refusal.textContent()) ?? '';
  expect(said).toMatch(/Used .*\d{1,2}:\d{2}/);
  expect(said).toContain('at gate North');
  expect(said).toContain('by Dora Mensah');
});
