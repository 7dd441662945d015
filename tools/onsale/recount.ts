/** Recounts what a run must have kept: from the database, from the published draw, and from what people were told. */
import { audit } from '../../server/audit/audit.ts';
import type { Journal, Visit } from '../../server/features/rehearsals/journal.ts';
import type { Kept } from '../../server/features/rehearsals/outcome.ts';
import { readDraw, verdictOn } from '../verify-draw/verdict.ts';
import type { OwnShop } from './own-shop.ts';
import type { Decided } from './team.ts';
import { seconds, whyWrong } from './why-wrong.ts';

export interface Recount {
  promises: Kept[];
  /** Tickets that are valid at the end. */
  tickets: { honest: number; bots: number };
  sold: number;
}

const ticketsSql = `
  select order_id as "orderId", count(*)::int as tickets from tickets
  where event_id = $1 and status <> 'cancelled' group by order_id`;
const placesSql = `select id, position, status from queue_places where event_id = $1`;
const seatsSql = `
  select (seat)::int as seat, min(created_at) as first from holds
  cross join jsonb_array_elements(lines) as line cross join jsonb_array_elements(line->'seats') as seat
  where event_id = $1 group by seat`;

export async function recountSale(of: {
  shop: OwnShop;
  journal: Journal;
  visits: Visit[];
  decided: Decided;
}): Promise<Recount> {
  const { shop, journal, visits, decided } = of;
  const { db, eventId, url } = shop;
  const now = new Date(shop.fromMs + shop.nowMs());
  const found = await db.query<{ orderId: string; tickets: number }>(ticketsSql, [eventId]);
  const ticketsOf = new Map(found.map((row) => [row.orderId, row.tickets]));
  const tickets = { honest: 0, bots: 0 };
  for (const { person, orderId } of visits)
    tickets[person.isBot ? 'bots' : 'honest'] += (orderId && ticketsOf.get(orderId)) || 0;
  const sold = found.reduce((sum, row) => sum + row.tickets, 0);
  const draw = await verdictOn(await readDraw(`${url}/api/events/${eventId}/queue`));
  const places = await db.query<Place>(placesSql, [eventId]);
  const seats = await db.query<{ seat: number; first: Date }>(seatsSql, [eventId]);
  const takenMs = new Map(seats.map(({ seat, first }) => [seat, first.getTime() - shop.fromMs]));
  return {
    tickets,
    sold,
    promises: [
      {
        name: 'Every seat was sold once, people were let in first come first served after the draw, and the money adds up',
        how: 'npm run audit of this event: every promise recounted from the tables',
        broken: await audit(db, { eventIds: [eventId], settled: false, now }),
      },
      {
        name: 'The order of the draw is the one that the seed and the list give',
        how: 'npm run verify-draw: the published draw was repeated',
        broken: draw.holds ? [] : draw.lines.slice(-1),
      },
      {
        name: 'Every place that was told to somebody is still theirs, with the same number',
        how: 'each answer that people got, compared with the table of places',
        broken: brokenPlaces(visits, new Map(places.map((place) => [place.id, place]))),
      },
      {
        name: 'Whoever was told that they bought has their tickets, unless the team refunded the order',
        how: 'each order that was confirmed to somebody, compared with the tickets in the database',
        broken: lostTickets(visits, ticketsOf, decided),
      },
      {
        name: 'No honest buyer was refused wrongly',
        how: 'each refusal of an honest buyer, compared with what was free, held and admitted at that instant',
        broken: wrongRefusals({ journal, visits, takenMs, decided }),
      },
    ],
  };
}

export interface Place {
  id: string;
  position: number | null;
  status: string;
}

export function brokenPlaces(visits: Visit[], places: Map<string, Place>): string[] {
  return visits.flatMap(({ entryId, former, position, wrong }) => {
    if (wrong) return [wrong];
    const alive = former.find((id) => places.get(id)?.status !== 'ended');
    if (alive !== undefined) return [`${alive} has not ended, and its owner got another place`];
    if (entryId === null) return [];
    const kept = places.get(entryId);
    if (kept === undefined) return [`${entryId} was told to somebody and is gone`];
    return position === null || kept.position === position
      ? []
      : [`${entryId} was told ${position} and has ${kept.position}`];
  });
}

function lostTickets(visits: Visit[], ticketsOf: Map<string, number>, { refunded }: Decided): string[] {
  const gone = new Set(refunded);
  return visits.flatMap(({ person, end, orderId }) =>
    end === 'bought' && orderId && !gone.has(orderId) && !ticketsOf.has(orderId)
      ? [`${orderId} was confirmed to ${person.email} and has no ticket`]
      : [],
  );
}

interface Evidence {
  journal: Journal;
  visits: Visit[];
  /** When each seat was held for the first time; null if the run cannot see that. */
  takenMs: Map<number, number> | null;
  decided: Decided;
}

export function wrongRefusals({ journal, visits, takenMs, decided }: Evidence): string[] {
  const byNumber = new Map(visits.map((visit) => [visit.person.n, visit]));
  const wrong = journal.refusals.flatMap((refusal) => {
    const visit = byNumber.get(refusal.n);
    if (refusal.isBot || !visit) return [];
    const why = whyWrong(refusal, visit, journal, takenMs);
    return why ? [`${visit.person.email}: ${refusal.code} at ${seconds(refusal.atMs)} s, ${why}`] : [];
  });
  const honestOrders = new Map(
    visits.flatMap(({ person, orderId }) => (orderId && !person.isBot ? [[orderId, person.email]] : [])),
  );
  const refunded = decided.refunded.flatMap((orderId) =>
    honestOrders.has(orderId) ? [`${honestOrders.get(orderId)}: the team refunded ${orderId}`] : [],
  );
  return [...wrong, ...refunded];
}
