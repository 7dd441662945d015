import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { Person } from './browsers.ts';
import type { House } from './house.ts';
import { enter } from './organising.ts';
import { publishSale } from './sales.ts';

interface DoorEvent {
  id: EventId;
  organiser: Person;
  tickets: { id: TicketId; code: string }[];
  /** The file of the printed tickets, one to a page, in their order. */
  pdf: string;
}

/** An event of the demo's organiser with sold tickets, and the organiser in front of a browser. */
export async function openDoorEvent(
  house: House,
  title: string,
  count: number,
  fields: object = {},
): Promise<DoorEvent> {
  const address = await publishSale(house, title, {
    pools: [{ key: 'hall', name: 'Hall', capacity: 200 }],
    ticketTypes: [{ name: 'Standing', priceMinor: 1000, pools: ['hall'] }],
    ...fields,
  });
  const organiser = await enter(house, { phone: true });
  const { request } = organiser.context;
  const event = await (await request.get(`/api/events/${address.split('/').at(-1)}`)).json();
  const id = event.id as EventId;
  const sold = await request.post(`/api/events/${id}/door-sales`, {
    data: {
      items: [{ ticketTypeId: event.ticketTypes[0].id, quantity: count }],
      payment: { method: 'cash', amount: { amount: count * 1000, currency: 'EUR' } },
    },
  });
  const { order, codes } = await sold.json();
  const tickets = codes.map(({ ticketId }: { ticketId: TicketId }) => ({
    id: ticketId,
    code: house.app.signer.sign({ eventId: id, ticketId, issue: 1 }),
  }));
  const paper = await request.get(`/api/events/${id}/door-sales/${order.id}/tickets.pdf`);
  const pdf = join(tmpdir(), `admit-door-${id}.pdf`);
  writeFileSync(pdf, await paper.body());
  return { id, organiser, tickets, pdf };
}

/** Makes a door link of an event as its manager, and returns its address. */
export async function makeLink(manager: Person, eventId: EventId, fields: object): Promise<string> {
  const made = await manager.context.request.post(`/api/events/${eventId}/door-links`, {
    data: {
      label: 'Crew',
      seesNames: true,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      ...fields,
    },
  });
  return (await made.json()).url;
}

/** Opens a door link on a phone and waits until it is a gate. */
export async function openLink({ page, fill, press }: Person, url: string, name: string): Promise<void> {
  await page.goto(url);
  await fill('Name of this device', name);
  await press('Start');
  await page.getByText(/^\d+ of \d+ in$/).waitFor();
}

/** Types a code or a number. */
export async function scan(door: Person, code: string): Promise<void> {
  await door.fill('Ticket code', code);
  await door.press('Check in');
}

/** Waits until the service worker has the pages of the door. */
export const isReadyForFlight = ({ page }: Person): Promise<void> =>
  expect
    .poll(
      () => page.evaluate(async () => Boolean(navigator.serviceWorker.controller) && caches.has('gate')),
      { timeout: 30_000 },
    )
    .toBe(true);

/** Opens the look-up of a gate and waits for what it finds. */
export async function lookUp(
  door: Person,
  words: { lookUp: string; lookUpWhat: string; search: string },
  q: string,
): Promise<void> {
  await door.press(words.lookUp);
  await door.fill(words.lookUpWhat, q);
  // In some languages the word is a part of the name of the button behind the dialog.
  await door.page.getByRole('dialog').getByRole('button', { name: words.search, exact: true }).click();
  await door.page.locator('dialog li, dialog [role=status] p').first().waitFor();
}

/** Types something that is no ticket. */
export async function isRefused(
  door: Person,
  words: { code: string; check: string; refused: string },
): Promise<void> {
  door.expects({ status: 409, path: '/check-ins' });
  await door.fill(words.code, 'no such ticket');
  await door.press(words.check);
  await door.hears('status', words.refused);
}
