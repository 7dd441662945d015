import type { EventId } from '../../../../contract/ids.ts';
import type { ManagedPass } from '../../../../contract/passes.ts';
import { dateOf } from '../../../testing/possible-passes.ts';
import type { Person, TestEvent, World } from '../../../testing/world.ts';
import { offer } from '../../transfers/testing/offer.ts';

/** Makes a pass for these dates, gives it places, and publishes it. */
export async function makePass(
  _world: World,
  dates: TestEvent[],
  { places, priceMinor = 9000 }: { places: number; priceMinor?: number },
): Promise<TestEvent> {
  const { organiser } = dates[0] as TestEvent;
  const { client, organisationId } = organiser;
  const body = { title: 'Season pass', priceMinor, dates: dates.map(dateOf) };
  const made = await client.post(`/api/organisations/${organisationId}/passes`, body);
  if (made.status !== 201) throw new Error(`no pass: ${JSON.stringify(made.body)}`);
  const id = made.body.id as EventId;
  const given = await setPlaces({ id, organiser }, places);
  if (given.status !== 200) throw new Error(`no places: ${JSON.stringify(given.body)}`);
  const { version } = (await client.get(`/api/events/${id}/management`)).body;
  const headers = { 'if-match': `"${version}"` };
  const { status, body: event } = await client.post(`/api/events/${id}/publication`, undefined, headers);
  if (status !== 200) throw new Error(`not published: ${JSON.stringify(event)}`);
  const { slug, ticketTypes } = event;
  return { id, slug, version: event.version, organiser, ticketTypes, ticketTypeId: ticketTypes[0].id };
}

export const setPlaces = ({ id, organiser }: Pick<TestEvent, 'id' | 'organiser'>, places: number) =>
  organiser.client.put(`/api/events/${id}/pass/places`, { places });

export const readPass = async ({
  id,
  organiser,
}: Pick<TestEvent, 'id' | 'organiser'>): Promise<ManagedPass> =>
  (await organiser.client.get(`/api/events/${id}/pass/places`)).body;

let friends = 0;
/** Passes a ticket on to a new person, with all that follows. */
export async function passOn(world: World, sender: Person, ticketId: string): Promise<void> {
  const email = `friend-${++friends}@example.com`;
  const { id, secret } = await offer(world, sender, ticketId, { email });
  const friend = await world.user();
  const accepted = await friend.client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Noa' });
  if (accepted.status !== 200) throw new Error(`not accepted: ${JSON.stringify(accepted.body)}`);
  await world.drain();
}
