import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCaches } from '../../server/caches.ts';
import { systemClock } from '../../server/clock.ts';
import { openNotices } from '../../server/data/notices.ts';
import { createAccounts } from '../../server/features/accounts/create-accounts.ts';
import { moveBuyer } from '../../server/features/purchases/move-buyer.ts';
import { createRateLimits } from '../../server/http/rate-limits.ts';
import { createNewId } from '../../server/ids.ts';
import { createLog } from '../../server/log.ts';
import { type Client, createClient } from '../../server/testing/client.ts';
import { days, hours } from '../../server/testing/clock.ts';
import type { Victim } from '../../server/testing/own-postgres.ts';
import { minuteOfDay } from '../../server/zone-times.ts';
import type { OnSale } from './buyers.ts';

/** The organiser of the events. */
export interface House {
  client: Client;
  /** The organisation. */
  headers: Record<string, string>;
  /**
   * Two events with few places, one with a floor and one with rows of seats, a third one that the organiser cancels during
   * the load, and a fourth one with fewer places than people want.
   */
  publish(): Promise<{ events: OnSale[]; calledOff: OnSale; waitedFor: OnSale }>;
  close(): Promise<void>;
}

const insertUserSql = `
  insert into users (id, name, email, email_verified, role, created_at, updated_at) values ($1, 'House', 'house@example.com', true, 'user', $2, $2)`;

/** Signs in with the secrets that the server made in `secretsDir`. */
export async function openHouse(
  { db, connectionString }: Victim,
  url: string,
  secretsDir: string,
): Promise<House> {
  const { session } = JSON.parse(await readFile(join(secretsDir, 'secrets.json'), 'utf8'));
  const newId = createNewId(systemClock);
  const log = createLog({ logLevel: 'silent' });
  const config = { env: 'test' as const, publicUrl: url };
  const notices = await openNotices({ connection: { connectionString, name: 'notices' }, log });
  const accounts = await createAccounts({
    notices,
    callers: createCaches().callers,
    rateLimits: createRateLimits(systemClock, 1),
    config,
    connectionTo: (name) => ({ connectionString, name }),
    sessionSecret: session,
    db,
    clock: systemClock,
    newId,
    moveBuyer,
    log,
  });
  const userId = newId('user');
  await db.run(insertUserSql, [userId, new Date()]);
  const [opened] = await accounts.openSessions([userId]);
  const headers = { cookie: opened?.cookie ?? '' };
  const client = createClient(url);
  const organisation = await client.post('/api/organisations', { name: 'House' }, headers);

  async function put(sold: Record<string, unknown>, seated: boolean): Promise<OnSale> {
    const startsAt = new Date(Date.now() + days(300));
    const draft = await client.post(
      '/api/events',
      {
        organisationId: organisation.body.id,
        title: 'Night Shift',
        category: 'music',
        startsAt: startsAt.toISOString(),
        endsAt: new Date(startsAt.getTime() + hours(4)).toISOString(),
        timeZone: 'Europe/Berlin',
        venue: { name: 'Kesselhaus', city: 'Berlin', country: 'DE' },
        currency: 'EUR',
        refundPolicy: { steps: [{ hoursBefore: 24, refundPercent: 100 }], feePercent: 10 },
        maxPerBuyer: 40,
        placesPerNetwork: 0,
        // Buyers want the same places again and again; with the shortest possible clock they get some.
        holdSeconds: 60,
        promoCodes: [{ code: 'HALF', percentOff: 50, maxTickets: 20 }],
        ...sold,
      },
      headers,
    );
    const published = await client.post(`/api/events/${draft.body.id}/publication`, undefined, {
      ...headers,
      'if-match': `"${draft.body.version}"`,
    });
    if (published.status !== 200)
      throw new Error(`not published: ${JSON.stringify([draft.body, published.body])}`);
    return { eventId: published.body.id, ticketTypeId: published.body.ticketTypes[0].id, seated };
  }

  return {
    client,
    headers,
    publish: async () => ({
      events: [await put(floor, false), await put(rows, true)],
      calledOff: await put(floor, false),
      waitedFor: await put(few(), false),
    }),
    async close() {
      await accounts.close();
      await notices.close();
    },
  };
}

const floor = {
  pools: [{ key: 'floor', name: 'Floor', capacity: 120 }],
  ticketTypes: [{ name: 'Regular', priceMinor: 2500, pools: ['floor'] }],
};

/** Offers at night last until the morning, so this event is where it is day now. */
const few = () => ({
  ...floor,
  pools: [{ key: 'floor', name: 'Floor', capacity: 4 }],
  timeZone: zones.find((timeZone) => Math.abs(minuteOfDay(new Date(), timeZone) - 15 * 60) <= 4 * 60),
  resale: { allowed: true },
  waitlist: { enabled: true, offerMinutes: 10, partiesUntilHours: 24 },
});
const zones = ['Europe/Berlin', 'America/New_York', 'Pacific/Honolulu', 'Asia/Tokyo'];

const rows = {
  seatLayout: {
    width: 300,
    height: 100,
    zones: [{ key: 'gold', name: 'Gold', color: '#3366cc' }],
    sections: [
      {
        key: 'stalls',
        name: 'Stalls',
        rows: ['A', 'B', 'C', 'D'].map((label, row) => ({
          label,
          zone: 'gold',
          labels: Array.from({ length: 20 }, (_, seat) => String(seat + 1)),
          x: Array.from({ length: 20 }, (_, seat) => 10 + seat * 10),
          y: Array.from({ length: 20 }, () => 30 + row * 10),
        })),
      },
    ],
  },
  ticketTypes: [{ name: 'Seat', priceMinor: 4000, zone: 'gold' }],
};
