import { newEventSchema } from '../../contract/events.ts';
import type { EventId, OrganisationId, TicketTypeId, UserId } from '../../contract/ids.ts';
import type { App } from '../app.ts';
import { closeApp } from '../create-app.ts';
import type { Caller } from '../features/accounts/accounts.ts';
import { createUser } from '../features/accounts/create-user.ts';
import { createEvent } from '../features/catalog/create-event.ts';
import { publishEvent } from '../features/catalog/publish-event.ts';
import { createOrganisation } from '../features/organisations/create-organisation.ts';
import { joinTeam } from '../features/organisations/join-team.ts';
import { demoAccounts, demoPassword } from './accounts.ts';
import { type DemoEvent, houses, instantOf } from './demo-event.ts';
import {
  createDemoClock,
  type DemoClock,
  livePastEvent,
  pastEvent,
  publishedPastEvent,
  startOfPastEvent,
} from './past.ts';
import { city } from './programme/city.ts';
import { headliners } from './programme/headliners.ts';
import { music } from './programme/music.ts';
import { stage } from './programme/stage.ts';
import { sellDemoPlaces } from './sell.ts';

export const programme: DemoEvent[] = [...headliners, ...music, ...stage, ...city];

export interface DemoSummary {
  events: { id: EventId; slug: string; title: string; cover: string }[];
}

const callerOf = (userId: UserId, role: Caller['role'] = 'organizer'): Caller => ({
  userId,
  sessionId: '',
  role,
  isGuest: false,
  emailVerified: true,
  accessVersion: 1,
});

/**
 * Fills an empty database with the demo: accounts, organisations, published events, and a few sales. All of it uses
 * the same commands as people's requests, so the demo can't contain anything that people can't make.
 */
export async function seedDemo(
  app: App,
  /** Opens another App on the same database that runs by this clock, so that the demo has a past. */
  openBy: (clock: DemoClock) => Promise<App>,
): Promise<DemoSummary> {
  const users = await createDemoUsers(app);
  const organisations = await createHouses(app, users);
  await seedPast(openBy, app.clock.now(), organisations, users.door);
  const events: DemoSummary['events'] = [];
  const toSell: { eventId: EventId; ticketTypeId: TicketTypeId; places: number }[] = [];
  for (const demo of programme) {
    const { organisationId, caller } = organisations[demo.house];
    const published = await publishDemoEvent(app, caller, organisationId, demo);
    events.push({ id: published.id, slug: published.slug, title: published.title, cover: demo.cover });
    const [type] = published.ticketTypes;
    if (demo.sold && type) toSell.push({ eventId: published.id, ticketTypeId: type.id, places: demo.sold });
  }
  await sellDemoPlaces(app, toSell, callerOf(users.buyer, 'user'));
  return { events };
}

async function seedPast(
  openBy: (clock: DemoClock) => Promise<App>,
  now: Date,
  organisations: Houses,
  steward: UserId,
): Promise<void> {
  const clock = createDemoClock(publishedPastEvent(now));
  const past = await openBy(clock);
  try {
    const { organisationId, caller } = organisations[pastEvent.house];
    const startsAt = startOfPastEvent(now);
    const event = await publishDemoEvent(past, caller, organisationId, pastEvent, startsAt);
    const ticketTypeIds = event.ticketTypes.map(({ id }) => id);
    await livePastEvent(past, clock, { id: event.id, startsAt, ticketTypeIds }, steward);
  } finally {
    await closeApp(past);
  }
}

async function createDemoUsers(
  app: App,
): Promise<Record<'buyer' | 'organiser' | 'door' | 'admin' | 'promoter', UserId>> {
  const promoter = { role: 'promoter' as const, email: 'promoter@example.com', name: 'Paola Renner' };
  const entries = await Promise.all(
    [...demoAccounts, promoter].map(async ({ role, email, name }) => {
      const platformRole = role === 'admin' ? 'admin' : 'user';
      const userId = await createUser(app, {
        name,
        email,
        password: demoPassword,
        role: platformRole,
        verified: true,
      });
      return [role, userId] as const;
    }),
  );
  return Object.fromEntries(entries) as Awaited<ReturnType<typeof createDemoUsers>>;
}

type Houses = Record<DemoEvent['house'], { organisationId: OrganisationId; caller: Caller }>;

async function createHouses(
  app: App,
  users: { organiser: UserId; promoter: UserId; door: UserId },
): Promise<Houses> {
  const created: Partial<Houses> = {};
  for (const [house, name] of Object.entries(houses) as [DemoEvent['house'], string][]) {
    const own = house === 'nachtschicht' || house === 'aldwater' || house === 'northlight';
    const caller = callerOf(own ? users.organiser : users.promoter);
    const { id } = await createOrganisation(app, {
      operation: 'createOrganisation',
      retry: null,
      caller,
      body: { name },
    });
    if (own) {
      await joinTeam(app, { organisationId: id, userId: users.door, role: 'door' });
    }
    created[house] = { organisationId: id, caller };
  }
  return created as Houses;
}

async function publishDemoEvent(
  app: App,
  caller: Caller,
  organisationId: OrganisationId,
  demo: DemoEvent,
  startsAt = instantOf(app.clock.now(), demo.when, demo.event.timeZone),
) {
  const { hours, doorsMinutesBefore } = demo.when;
  const body = newEventSchema.parse({
    ...demo.event,
    organisationId,
    coverUrl: `/covers/${demo.cover}.webp`,
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + hours * 3_600_000).toISOString(),
    doorsAt: doorsMinutesBefore
      ? new Date(startsAt.getTime() - doorsMinutesBefore * 60_000).toISOString()
      : null,
  });
  const { id, version } = await createEvent(app, { operation: 'createEvent', retry: null, caller, body });
  return publishEvent(app, {
    operation: 'publishEvent',
    retry: null,
    caller,
    params: { eventId: id },
    ifMatch: version,
  });
}
