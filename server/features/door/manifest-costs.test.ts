import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Manifest } from '../../../contract/door-manifest.ts';
import type { Reads } from '../../data/db.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { createGates } from '../door-links/testing/gates.ts';
import { selectWritten } from './manifest-store.ts';
import { takeManifest } from './testing/manifests.ts';

/* What manifests cost the server, whoever asks for them. */

let world: World;
let door: Awaited<ReturnType<typeof createGates>>;
beforeAll(async () => {
  world = await createWorld({ RATE_LIMIT_FACTOR: '1' });
  door = await createGates(world);
});
afterAll(() => world.close());

/** Tickets without orders, because only the manifest reads them. Their ids are numbers. */
async function issue(event: TestEvent, count: number, after = 0): Promise<void> {
  await world.app.db.transaction(async (trx) => {
    await trx.run('set local session_replication_role = replica');
    await trx.run(
      `insert into tickets (id, event_id, order_id, ticket_type_id, ticket_type_name, net_minor, tax_minor, fee_minor, position, issued_at)
       select 'tkt_' || lpad(($4::int + n)::text, 26, '0'), $1, 'ord_' || lpad(($4::int + n)::text, 26, '0'), $3, 'Regular', 0, 0, 0, 0, now()
       from generate_series(1, $2::int) as n`,
      [event.id, count, event.ticketTypeId, after],
    );
  });
}
/** A thorough run has a million. */
const ofOthers = runs(50_000, 1_000_000);

test('a delta reads the tickets of its event by their indexes, among many tickets of other events', {
  timeout: 300_000,
}, async () => {
  const [event, other] = [
    await world.event({ organiser: door.house, priceMinor: 0 }),
    await world.event({ organiser: door.house, priceMinor: 0 }),
  ];
  await issue(event, 500, 20_000_000);
  for (let at = 0; at < ofOthers; at += 25_000) await issue(other, 25_000, 30_000_000 + at);
  const texts: string[] = [];
  const recorder = {
    query: async (sql: string) => {
      texts.push(sql);
      return [];
    },
  } as unknown as Reads;
  await selectWritten(recorder, event.id, 1000, 1000);
  const client = world.app.db.openClient('explain');
  await client.connect();
  // Also before anything has counted the rows of the table.
  for (const prepare of ['select', 'analyze tickets']) {
    await client.query(`set statement_timeout = 0; ${prepare}`);
    const { rows } = await client.query(`explain (generic_plan, format json) ${texts[0]}`);
    const plan = JSON.stringify(rows);
    for (const index of ['tickets_of_event', 'tickets_cancelled_of_event', 'check_ins_once'])
      expect(plan).toContain(`"Index Name":"${index}"`);
    expect(plan).not.toContain('Seq Scan');
  }
  await client.end();
});

const rename = (event: TestEvent, from: number, to: number) =>
  world.app.db.run(
    `update tickets set attendee_name = 'Ada' where event_id = $1 and id > 'tkt_' || lpad($2::text, 26, '0')
       and id <= 'tkt_' || lpad($3::text, 26, '0')`,
    [event.id, String(from), String(to)],
  );

test('a delta that would be nearly whole is the whole manifest, which all gates share', async () => {
  const event = await world.event({ organiser: door.house, priceMinor: 0 });
  await issue(event, 9000);
  const known = await takeManifest(world.app, event);
  const seen = ({ head, tickets }: Manifest) => [head.since, tickets.length];
  await rename(event, 0, 1125);
  expect(seen(await takeManifest(world.app, event, known.head.version))).toEqual([known.head.version, 1125]);
  await rename(event, 1125, 1126);
  expect(seen(await takeManifest(world.app, event, known.head.version))).toEqual([null, 9000]);
  const one = await event.organiser.client.get(
    `/api/events/${event.id}/door-manifest?since=${known.head.version}`,
  );
  const [identity] = known.head.version.split('-');
  const old = await event.organiser.client.get(`/api/events/${event.id}/door-manifest?since=${identity}-1`);
  expect(old.bytes).toEqual(one.bytes);
  expect(world.app.caches.gateKnowledge.get(event.id)?.known?.made.size).toBe(1);
});

test('the devices of one link have 600 manifests a minute packed for them alone, and other links have theirs', async () => {
  const { head } = await takeManifest(world.app, door.event);
  const [identity] = head.version.split('-');
  let from = 0;
  const ask = async (headers: Record<string, string>) =>
    (
      await world
        .client()
        .get(`/api/events/${door.event.id}/door-manifest?since=${identity}-${++from}`, headers)
    ).status;
  const link = await door.makeLink();
  const devices = await Promise.all([1, 2, 3].map((n) => door.open(link.secret, `Phone ${n}`)));
  const statuses = new Set<number>();
  for (const { headers } of devices) for (let i = 0; i < 200; i++) statuses.add(await ask(headers));
  expect([...statuses]).toEqual([200]);
  expect(await ask(devices[2]!.headers)).toBe(429);
  expect(await ask((await door.gate()).headers)).toBe(200);
});
