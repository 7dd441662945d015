import type { APIRequestContext, Page } from 'playwright-core';
import { blockLayout, keyOf, withBlock } from '../../src/features/organise/layouts.ts';
import { newYork } from './clock-changes.ts';

/** A word of German law with 63 letters, which no browser divides. */
const longWord = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz';
/** Names of pools, sections and ticket types have room for 60 letters. */
const name = longWord.slice(0, 60);
const otherName = `${name.slice(0, 58)} 2`;

/** Makes an organisation, with an invitation and an event, in which every name is one long word. */
export async function makeLongEvent(request: APIRequestContext, origin: string) {
  const post = async (path: string, data: object) => {
    const reply = await request.post(path, { data, headers: { origin } });
    if (!reply.ok()) throw new Error(`POST ${path}: ${await reply.text()}`);
    return reply.json();
  };
  const profile = { name: longWord, homeCity: longWord };
  await request.patch('/api/me/profile', { data: profile, headers: { origin } });
  const organisation = await post('/api/organisations', { name: longWord });
  const address = `${keyOf(name).replaceAll('-', '')}@${'x'.repeat(60)}.example`;
  await post(`/api/organisations/${organisation.id}/invitations`, { email: address, role: 'door' });
  const layout = withBlock(blockLayout(name, 2, 20), otherName, 1, 4);
  const startsAt = new Date(Date.now() + 40 * 86_400_000);
  const event = await post('/api/events', {
    organisationId: organisation.id,
    title: longWord,
    summary: longWord,
    description: longWord,
    category: 'talk',
    startsAt,
    endsAt: new Date(startsAt.getTime() + 7_200_000),
    timeZone: 'America/Argentina/ComodRivadavia',
    venue: { name: longWord, address: longWord, city: longWord, country: 'DE' },
    currency: 'EUR',
    pools: [{ key: 'floor', name, capacity: 100 }],
    seatLayout: layout,
    ticketTypes: [
      { name, description: longWord, priceMinor: 12_345_600, pools: ['floor'] },
      { name: otherName, description: longWord, priceMinor: 0, zone: layout.zones[0]?.key },
    ],
    products: [
      {
        name,
        description: longWord,
        variants: [
          { name: longWord.slice(0, 40), priceMinor: 12_345_600, stock: 3 },
          { name: longWord.slice(20, 60), priceMinor: 0, stock: 0 },
        ],
      },
    ],
    promoCodes: [{ code: longWord.slice(0, 32), percentOff: 10 }],
  });
  return { organisationId: organisation.id as string, eventId: event.id as string };
}

/** Changes the event as another person of its team does: all names stay long, and `mark` makes them new. */
export async function changeLongEvent(
  request: APIRequestContext,
  eventId: string,
  mark: string,
): Promise<void> {
  const path = `/api/events/${eventId}`;
  const { version, venue, pools } = await (await request.get(`${path}/management`)).json();
  const changed = await request.patch(path, {
    data: {
      title: `${longWord} ${mark}`,
      venue: { ...venue, name: `${longWord} ${mark}` },
      pools: [
        {
          key: 'floor',
          name,
          capacity: pools.find(({ key }: { key: string }) => key === 'floor').capacity + 1,
        },
      ],
    },
    headers: { 'if-match': String(version) },
  });
  if (!changed.ok()) throw new Error(await changed.text());
}

/** Types what clashes with such a change, and a time that occurs twice, into the form of the event. */
export async function typeOtherValues(page: Page): Promise<void> {
  const fill = (name: string, value: string) => page.locator(`[name=${name}]`).fill(value);
  await fill('title', 'A title of my own');
  await fill('timeZone', 'America/New_York');
  await fill('startsAt', `${newYork.back}T01:30`);
  await fill('endsAt', `${newYork.back}T05:00`);
}
