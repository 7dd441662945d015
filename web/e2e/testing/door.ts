import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
export async function openDoorEvent(house: House, title: string, count: number): Promise<DoorEvent> {
  const address = await publishSale(house, title, {
    pools: [{ key: 'hall', name: 'Hall', capacity: 200 }],
    ticketTypes: [{ name: 'Standing', priceMinor: 1000, pools: ['hall'] }],
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
