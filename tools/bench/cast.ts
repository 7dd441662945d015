/** The people and events of a bench, created before its clock starts. */
import type { EventId, OrganisationId, TicketTypeId, UserId } from '../../contract/ids.ts';
import type { Stage } from './stage.ts';

export interface Person {
  userId: UserId;
  /** The value of a Cookie header. */
  cookie: string;
}

const insertUsersSql = `
  insert into users (id, name, email, email_verified, role, created_at, updated_at)
  select id, 'Buyer', lower(id) || '@example.com', true, $2, $3, $3 from unnest($1::text[]) as id`;

/** Creates so many verified accounts with one session each. */
export async function openPeople(
  { db, accounts, newId }: Pick<Stage, 'db' | 'accounts' | 'newId'>,
  count: number,
  role: 'user' | 'organizer' = 'user',
): Promise<Person[]> {
  const people: Person[] = [];
  for (let left = count; left > 0; left -= 5000) {
    const ids = Array.from({ length: Math.min(left, 5000) }, () => newId('user'));
    await db.run(insertUsersSql, [ids, role, new Date()]);
    const sessions = await accounts.openSessions(ids);
    for (const [i, userId] of ids.entries()) people.push({ userId, cookie: sessions[i]?.cookie ?? '' });
  }
  return people;
}

export interface Organiser extends Person {
  organisationId: OrganisationId;
}

export async function openOrganiser(stage: Stage): Promise<Organiser> {
  const [person] = (await openPeople(stage, 1)) as [Person];
  const organisation = await call(stage, person, 'POST', '/api/organisations', { name: 'Bench Hall' });
  return { ...person, organisationId: organisation.id };
}

export interface BenchEvent {
  id: EventId;
  slug: string;
  ticketTypes: { id: TicketTypeId; name: string; zone: string | null }[];
  /** The first of its ticket types. */
  ticketTypeId: TicketTypeId;
}

/** Creates a published event: general admission with a million places, unless the options say otherwise. */
export async function publishEvent(
  stage: Stage,
  organiser: Organiser,
  fields: Record<string, unknown> = {},
): Promise<BenchEvent> {
  const startsAt = new Date(Date.now() + 30 * 86_400_000);
  const draft = await call(stage, organiser, 'POST', '/api/events', {
    organisationId: organiser.organisationId,
    title: 'Night Shift',
    category: 'music',
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + 4 * 3_600_000).toISOString(),
    timeZone: 'Europe/Berlin',
    venue: { name: 'Kesselhaus', city: 'Berlin', country: 'DE' },
    currency: 'EUR',
    // All load comes from one address.
    placesPerNetwork: 0,
    pools: [{ key: 'floor', name: 'Floor', capacity: 1_000_000 }],
    ticketTypes: [{ name: 'Regular', priceMinor: 2500, pools: ['floor'] }],
    ...fields,
  });
  const event = await call(stage, organiser, 'POST', `/api/events/${draft.id}/publication`, undefined, {
    'if-match': `"${draft.version}"`,
  });
  return {
    id: event.id,
    slug: event.slug,
    ticketTypes: event.ticketTypes,
    ticketTypeId: event.ticketTypes[0]?.id,
  };
}

/** Sends one request to the server under test and throws if it fails. */
export async function call(
  { server }: Pick<Stage, 'server'>,
  { cookie }: Pick<Person, 'cookie'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  // biome-ignore lint/suspicious/noExplicitAny: each caller knows the type of its answer
): Promise<any> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
