import type { OrderTransfer } from '../../../../contract/pay-ways.ts';
import type { Organiser, Person, TestEvent, World } from '../../../testing/world.ts';
import { ownIban } from './statements.ts';

const account = { holder: 'Kulturverein Kesselhaus e.V.', iban: ownIban, bic: 'COBADEFFXXX' };
const terms = { days: 7, hoursBefore: 72, fromMinor: 0 };
export const unpaid = { perBuyer: 10, perNetwork: 1000, inAll: 1000 };

/** An organisation offers bank transfers. */
export async function offerTransfers(house: Organiser, changes: object = {}): Promise<void> {
  const path = `/api/organisations/${house.organisationId}/ways-to-pay`;
  const { version } = (await house.client.get(path)).body;
  const body = { account, bankTransfer: terms, unpaid, ...changes };
  const put = await house.client.send('PUT', path, {
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'if-match': `"${version}"` },
  });
  if (put.status !== 200) throw new Error(`no ways to pay: ${JSON.stringify(put.body)}`);
}

export async function holdPlaces(person: Person, event: TestEvent, quantity: number): Promise<string> {
  const held = await person.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity }],
  });
  if (held.status !== 201) throw new Error(`nothing held: ${JSON.stringify(held.body)}`);
  return held.body.id;
}

export const placeBy = (person: Person, holdId: string, email: string, payBy = 'bank_transfer') =>
  person.client.post('/api/orders', { holdId, payBy, buyer: { name: 'Ada Öztürk', email } });

let buyers = 0;

/** A guest orders places of an event, to be paid by bank transfer. */
export async function orderByTransfer(
  world: World,
  event: TestEvent,
  quantity = 1,
): Promise<{ person: Person; orderId: string; transfer: OrderTransfer }> {
  const person = await world.guest();
  const placed = await placeBy(
    person,
    await holdPlaces(person, event, quantity),
    `ada-${++buyers}@example.com`,
  );
  if (placed.status !== 201) throw new Error(`not ordered: ${JSON.stringify(placed.body)}`);
  const orderId = placed.body.order.id as string;
  const transfer = (await person.client.get(`/api/orders/${orderId}/transfer`)).body;
  return { person, orderId, transfer };
}

export const importFile = (house: Organiser, content: string | Buffer, more: object = {}) =>
  house.client.post(`/api/organisations/${house.organisationId}/bank-statements`, {
    fileName: 'statement',
    content: Buffer.from(content).toString('base64'),
    ...more,
  });
