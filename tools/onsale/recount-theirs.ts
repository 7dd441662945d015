/** Recounts a run against a shop that runs already: from its published draw, and from what it tells each person at the end. */
import type { Order } from '../../contract/orders.ts';
import type { QueueEntry } from '../../contract/waiting-room.ts';
import type { Journal, Visit } from '../../server/features/rehearsals/journal.ts';
import type { Kept } from '../../server/features/rehearsals/outcome.ts';
import { readDraw, verdictOn } from '../verify-draw/verdict.ts';
import { brokenPlaces, type Place, wrongRefusals } from './recount.ts';
import type { Requests } from './requests.ts';
import type { Shop } from './shop.ts';

interface Seen {
  visit: Visit;
  entry: QueueEntry | null;
  order: Order | null;
}

export async function recountTheirs(of: {
  shop: Shop;
  journal: Journal;
  visits: Visit[];
  /** The Cookie header that each person had at the end, by their number. */
  cookies: Map<number, string>;
  requests: Requests;
}): Promise<{ promises: Kept[]; tickets: { honest: number; bots: number } }> {
  const { shop, journal, visits, cookies, requests } = of;
  const read = async <Body>(n: number, path: string): Promise<Body | null> => {
    const headers = { cookie: cookies.get(n) ?? '' };
    for (let tries = 0; tries < 4; tries++) {
      const { status, body } = await requests.send({ method: 'GET', path, headers });
      if (status === 200) return body as Body;
      if (status === 404) return null;
    }
    throw new Error(`${path} was not answered, so nothing can be recounted`);
  };
  const seen = await Promise.all(
    visits.map(
      async (visit): Promise<Seen> => ({
        visit,
        entry: visit.entryId ? await read(visit.person.n, `/api/events/${shop.eventId}/queue/mine`) : null,
        order: visit.orderId ? await read(visit.person.n, `/api/orders/${visit.orderId}`) : null,
      }),
    ),
  );
  const tickets = { honest: 0, bots: 0 };
  for (const each of seen) tickets[each.visit.person.isBot ? 'bots' : 'honest'] += valid(each).length;
  const draw = await verdictOfDraw(shop);
  return {
    tickets,
    promises: [
      {
        name: 'No place was sold to two of these people, and none beyond the free ones',
        how: 'the places of all tickets, as the shop shows each person their order',
        broken: soldTwice(seen, journal.plan.seats),
      },
      ...(draw ? [draw] : []),
      {
        name: 'Every place that was told to somebody is still theirs, with the same number',
        how: 'each answer that people got, compared with what the shop tells them at the end',
        broken: brokenPlaces(visits, placesOf(seen)),
      },
      {
        name: 'Whoever was told that they bought has their tickets',
        how: 'each order that was confirmed to somebody, read again at the end',
        broken: seen.flatMap(({ visit, order }) =>
          visit.end === 'bought' && (order === null || order.tickets.length === 0)
            ? [`${visit.orderId} was confirmed to ${visit.person.email} and has no ticket`]
            : [],
        ),
      },
      {
        name: 'No honest buyer was refused wrongly',
        how: 'each refusal of an honest buyer, compared with what was left and admitted at that instant',
        broken: wrongRefusals({
          journal,
          visits,
          takenMs: null,
          decided: { confirmed: [], refunded: [] },
        }),
      },
    ],
  };
}

const valid = ({ order }: Seen) =>
  order?.tickets.filter(({ status, isTransferred }) => status !== 'cancelled' && !isTransferred) ?? [];

function soldTwice(seen: Seen[], free: number): string[] {
  const owners = new Map<string, string>();
  const broken: string[] = [];
  let sold = 0;
  for (const each of seen)
    for (const { id, place } of valid(each)) {
      sold++;
      const owner = each.visit.person.email;
      // Without a number a place is like any other, and its ticket counts.
      const name = place ? `${place.section} ${place.row} ${place.seat}` : id;
      const former = owners.get(name);
      if (former !== undefined) broken.push(`${name} belongs to ${former} and to ${owner}`);
      owners.set(name, owner);
    }
  return sold > free ? [...broken, `${sold} places were sold, and ${free} were free`] : broken;
}

/** What a person cannot read again counts as gone, which `brokenPlaces` then says. */
function placesOf(seen: Seen[]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { visit, entry } of seen) {
    // Only the last place of a person can be read. Another one was given because this one had ended.
    for (const id of visit.former) places.set(id, { id, position: null, status: 'ended' });
    if (entry) places.set(entry.id, { id: entry.id, position: entry.position, status: entry.status });
  }
  return places;
}

/** Null for a queue without a draw. */
async function verdictOfDraw({ url, eventId }: Shop): Promise<Kept | null> {
  const published = await fetch(`${url}/api/events/${eventId}/queue/draw`);
  if (!published.ok) return null;
  const verdict = await verdictOn(await readDraw(`${url}/api/events/${eventId}/queue`));
  return {
    name: 'The order of the draw is the one that the seed and the list give',
    how: 'npm run verify-draw: the published draw was repeated',
    broken: verdict.holds ? [] : verdict.lines.slice(-1),
  };
}
