import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditFields, keyedFields } from '../../../contract/audit-fields.ts';
import type { AuditEntry } from '../../../contract/audit-log.ts';
import { isRepeatable, type Operation } from '../../../contract/operation.ts';
import { operations } from '../../../contract/operations.ts';
import { rolesWith } from '../../../contract/team-roles.ts';
import { type CallerName, type Cast, createCast, send } from '../../testing/cast.ts';
import { type Possible, possible } from '../../testing/possible.ts';
import { drawnOf } from '../../testing/thorough.ts';
import { createWorld, testPassword, type World } from '../../testing/world.ts';
import { writtenTypes } from '../../testing/written-types.ts';

let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await createWorld({ TRUST_PROXY: '1' });
  cast = await createCast(world);
  await addFailures();
});
afterAll(() => world.close());

const acting = operations.filter((op) => op.acts);
const named = acting.map((op) => [op.id, op] as const);

/** A caller for whom the operation does what its entry says. */
function actorOf(op: Operation): CallerName {
  if (op.id === 'declineInvitation') return 'nobody';
  // The table check_ins has every scan. The log has those by which a manager overruled a refusal.
  if (op.id === 'checkIn') return 'manager';
  if (op.id === 'deleteMe') return 'manager';
  // The log has shared lists alone, and not every role that saves a list of its own may share one.
  if (op.id.endsWith('OrderView')) return 'support';
  // The last role of the table is the lowest that may.
  if (op.needs) return rolesWith(op.needs).at(-1) as CallerName;
  return op.access === 'signed-in' ? 'user' : (op.access as CallerName);
}

const agent = 'audit-log.test/1.0';
const sendAs = ({ person, path, body, headers }: Possible, op: Operation, more = {}) =>
  send(person?.client ?? world.client(), op, path, body, { ...headers, 'user-agent': agent, ...more });

const platformLog = async (query = ''): Promise<AuditEntry[]> =>
  (await cast.people.admin.client.get(`/api/admin/audit-log?limit=100${query}`)).body.items;
const countEntries = async (): Promise<number> => (await world.app.db.query('select from audit_log')).length;

describe('every act has its entry', () => {
  /** Operations that change something for a team and write no entry. */
  const exceptions: Record<string, string> = {
    suggestEvent: 'it stores nothing: a member puts a suggestion into an event, and that change is an act',
    previewDates: 'it stores nothing',
    uploadPicture: 'nobody sees it before an event shows it, and that change is an act',
    saveEventSeatPlan: 'nothing is sold by it before somebody applies it, and that change is an act',
    previewBroadcast: 'it stores and sends nothing',
    testBroadcast: 'it sends a mail to the caller alone',
    registerOwnDoorDevice: 'it names the caller’s own device',
    checkInBatch: 'the table check_ins has who admitted whom, where and when',
    checkInGroup: 'the table check_ins has who admitted whom, where and when',
  };
  const changesForOthers = (op: Operation) =>
    op.method !== 'GET' && ['team', 'door', 'admin'].includes(op.access);
  /** These change a team, and anybody may call them. */
  const changesTeam = ['createOrganisation', 'acceptInvitation', 'declineInvitation', 'deleteMe'];

  test('an operation that changes something for a team or as an admin declares its acts', () => {
    const silent = operations
      .filter((op) => changesForOthers(op) || changesTeam.includes(op.id))
      .filter((op) => !op.acts?.length && !exceptions[op.id]);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  test.each(named)(
    '%s writes one entry that says who, what and from where, and a retry none',
    async (_, op) => {
      const request = await possible(world, cast, op, actorOf(op));
      const before = await countEntries();
      // The clock of a test stands still, and the log is in the order of time.
      world.clock.advance(1000);
      const key = { 'idempotency-key': `audit-${op.id}` };
      const answer = await sendAs(request, op, isRepeatable(op) ? key : {});
      expect(answer.status, JSON.stringify(answer.body)).toBe(op.status);
      expect(await countEntries()).toBe(before + 1);
      const [entry] = await platformLog();
      const requestId = answer.headers.get('x-request-id');
      expect(requestId).toMatch(/./);
      const isAdmin = op.access === 'admin';
      expect(entry).toMatchObject({
        requestId,
        organisationId: isAdmin ? null : expect.stringMatching(/^org_/),
        actor: request.person
          ? {
              kind: 'user',
              id: request.person.userId,
              role: expect.stringMatching(/^(owner|manager|finance|support|door|read-only|admin)$/),
            }
          : { kind: 'secret', id: null, role: null },
        from: { network: request.headers['x-forwarded-for'], userAgent: agent },
      });
      expect(op.acts).toContain(entry?.act);
      expect(entry?.before ?? entry?.after).not.toBeNull();
      expect(entry?.before).not.toEqual(entry?.after);
      // Reading again is another act: the data has left twice.
      if (!isRepeatable(op) || op.method === 'GET') return;
      expect((await sendAs(request, op, key)).status).toBe(op.status);
      expect(await countEntries()).toBe(before + 1);
    },
  );
});

/** Makes commits of certain tables fail while the table `failing` names them. */
async function addFailures(): Promise<void> {
  const { db } = world.app;
  await db.run('create table failing (what text)');
  await db.run(`
    create function fail() returns trigger language plpgsql as $$ begin
      if exists (select from failing where what = tg_argv[0]) then raise exception 'a test failed this commit'; end if;
      return null;
    end $$`);
  const acted = [
    'events',
    'answers',
    'cancellations',
    'refunds',
    'cancellation_failures',
    'members',
    'invitations',
    'organisations',
    'users',
    'money_reviews',
    'deliveries',
    'broadcasts',
    'tickets',
    'orders',
    'order_notes',
    'order_tags',
    'order_views',
    'export_schedules',
    'payouts',
    'payout_accounts',
    'graphile_worker._private_jobs',
    'outbox_parked',
    'holds',
    'library_plans',
    'vouchers',
    'gift_cards',
    'waiting_rooms',
    'door_links',
    'preview_links',
    'api_keys',
    'report_cases',
    'moderation_appeals',
    'organisation_standings',
    'sessions',
    'webhook_endpoints',
    'webhook_deliveries',
    'door_devices',
    'door_settings',
    'door_conflicts',
    'check_ins',
    'organisation_ways',
    'event_ways',
    'bank_statements',
    'bank_matches',
    'bank_returns',
  ];
  for (const table of ['audit_log', ...acted]) {
    const what = table === 'audit_log' ? 'entries' : 'acts';
    await db.pool.query(`
      create constraint trigger fail after insert or update or delete on ${table}
      deferrable initially deferred for each row execute function fail('${what}')`);
  }
}

/**
 * A sum of hashes of the rows of each table, in one statement: it runs a thousand times, over tables that grow. Without the tables
 * that processes write by themselves.
 */
async function readTables(): Promise<Record<string, string>> {
  const { pool } = world.app.db;
  const { rows: tables } = await pool.query(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'
       and table_name not in ('failing', 'outbox_cursors', 'heartbeat', 'event_heat', 'visits', 'visit_days')`,
  );
  const sums = tables.map(
    ({ name }) =>
      `select '${name}' as name, concat_ws(' ', count(*), sum(hashtextextended(row::text, 0)::numeric)) as hash from "${name}" as row`,
  );
  const { rows } = await pool.query(sums.join(' union all '));
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}

describe('an act and its entry commit together', () => {
  // Of each act `npm test` lets one of the two commits fail, as the seed of the run draws it.
  const kinds = ['entries', 'acts'] as const;
  for (const what of kinds) {
    // An act that only reads has nothing to commit but its entry.
    // The dates keep the places of a pass before it gets them, and a job gives them back (date-passes/passes.test.ts).
    const changing = acting.filter(
      (op) =>
        (what === 'entries' || op.method !== 'GET') &&
        op.id !== 'setPassPlaces' &&
        (op.method === 'GET' || drawnOf(kinds, 1, op.id).includes(what)),
    );
    test.each(changing.map((op) => [op.id, op] as const))(
      `%s changes nothing if the commit of ${what} fails`,
      async (_, op) => {
        const request = await possible(world, cast, op, actorOf(op));
        await world.drain();
        const before = await readTables();
        await world.app.db.run('insert into failing values ($1)', [what]);
        const { status } = await sendAs(request, op).finally(() => world.app.db.run('delete from failing'));
        expect(status).toBe(500);
        expect(await readTables()).toEqual(before);
        // The same request succeeds now, so nothing else was wrong with it.
        expect((await sendAs(request, op)).status).toBe(op.status);
        expect(await readTables()).not.toEqual(before);
      },
    );
  }
});

describe('what an entry shows', () => {
  const path = () => `/api/organisations/${cast.house.organisationId}/audit-log`;
  const patch = (event: { id: string; version: number }, fields: object) =>
    cast.house.client.patch(`/api/events/${event.id}`, fields, { 'if-match': `"${event.version}"` });

  test('a changed event: only the fields that differ, items of lists by id, and no long text', async () => {
    const event = await world.event({ organiser: cast.house });
    const { body: managed } = await cast.house.client.get(`/api/events/${event.id}/management`);
    const ticketTypes = writtenTypes(managed.ticketTypes).map((type) => ({
      ...type,
      priceMinor: type.priceMinor + 100,
    }));
    const description = 'A long evening.'.repeat(50);
    world.clock.advance(1000);
    const changed = await patch(event, { title: 'Another title', description, ticketTypes });
    expect(changed.status, JSON.stringify(changed.body)).toBe(200);
    const [entry] = (await cast.house.client.get(path())).body.items;
    expect(entry).toMatchObject({
      act: 'event.changed',
      subject: { type: 'event', id: event.id, name: 'Another title' },
    });
    const [type] = managed.ticketTypes;
    expect(entry.before).toMatchObject({
      title: managed.title,
      ticketTypes: { [type.id]: { priceMinor: type.price.amount } },
    });
    expect(entry.after).toEqual({
      title: 'Another title',
      description: { length: description.length, sha256: expect.any(String) },
      ticketTypes: { [type.id]: { priceMinor: type.price.amount + 100 } },
    });
  });

  test('a request that changes nothing writes no entry', async () => {
    const event = await world.event({ organiser: cast.house });
    const { title } = (await cast.house.client.get(`/api/events/${event.id}/management`)).body;
    const before = await countEntries();
    expect((await patch(event, { title })).status).toBe(200);
    expect(await countEntries()).toBe(before);
  });

  test('no entry has an address, a secret or a buyer’s name', async () => {
    const rows = await world.app.db.query<{ row: string }>('select audit_log::text as row from audit_log');
    const secrets = await world.app.db.query<{ email: string }>(
      'select email from users union select email from invitations',
    );
    for (const { row } of rows) {
      expect(row).not.toContain('Ada Osei');
      for (const { email } of secrets) expect(row).not.toContain(email);
    }
  });

  test('every field of every entry has a name that the page can say in words', async () => {
    const unknown = new Set<string>();
    const look = (state: unknown, isKeyed = false): void => {
      if (typeof state !== 'object' || state === null || Array.isArray(state)) return;
      for (const [name, value] of Object.entries(state)) {
        // Ids, keys and codes have no words.
        const isKey = isKeyed || /_/.test(name);
        if (!isKey && !known.has(name)) unknown.add(name);
        look(value, !isKey && keyedFields.has(name));
      }
    };
    const known = new Set<string>(auditFields);
    const rows = await world.app.db.query<{ before: unknown; after: unknown }>(
      'select before, after from audit_log',
    );
    expect(rows.length).toBeGreaterThan(acting.length);
    for (const { before, after } of rows) {
      look(before);
      look(after);
    }
    expect([...unknown]).toEqual([]);
  });

  test('the name of a person is gone from the log when the account is', async () => {
    const person = await world.member(cast.house, 'manager');
    const organisationId = cast.house.organisationId;
    await cast.house.client.put(`/api/organisations/${organisationId}/members/${person.userId}`, {
      role: 'door',
    });
    const about = `${path()}?subject=${person.userId}`;
    expect((await cast.house.client.get(about)).body.items[0].subject.name).toEqual(expect.any(String));
    world.clock.advance(1000);
    await person.client.post('/api/me/deletion', { password: testPassword, ticketsLeaveMe: true });
    const { items } = (await cast.house.client.get(about)).body;
    expect(items.map(({ act }: AuditEntry) => act)).toEqual(['member.left', 'member.role_changed']);
    expect(items.map(({ subject, actor }: AuditEntry) => [subject.name, actor.role])).toEqual([
      [null, 'door'],
      [null, 'owner'],
    ]);
  });
});

describe('reading', () => {
  test('filters and pages, and shows a team nothing of another one', async () => {
    const house = await world.organiser();
    const events = [];
    for (let i = 0; i < 3; i++) events.push(await world.event({ organiser: house }));
    const path = `/api/organisations/${house.organisationId}/audit-log`;
    const all: AuditEntry[] = (await house.client.get(path)).body.items;
    expect(all.every((entry) => entry.organisationId === house.organisationId)).toBe(true);
    expect(all.filter(({ act }) => act === 'event.published')).toHaveLength(3);

    const paged: AuditEntry[] = [];
    for (let cursor = ''; ; ) {
      const { items, nextCursor } = (await house.client.get(`${path}?limit=2${cursor}`)).body;
      paged.push(...items);
      if (!nextCursor) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(paged).toEqual(all);

    const list = async (query: string): Promise<AuditEntry[]> =>
      (await house.client.get(`${path}?${query}`)).body.items;
    const [first] = events;
    expect((await list(`subject=${first?.id}`)).map(({ act }) => act).sort()).toEqual([
      'event.created',
      'event.published',
    ]);
    expect(await list('act=event.created&subjectType=event')).toHaveLength(3);
    expect(await list('subjectType=account')).toEqual([]);
    expect(await list(`actor=${house.userId}`)).toEqual(all.filter(({ actor }) => actor.id === house.userId));
    const { at = '' } = all[0] ?? {};
    expect(await list(`to=${at}`)).toEqual(all.filter((entry) => entry.at < at));
    expect(await list(`from=${at}`)).toEqual(all.filter((entry) => entry.at >= at));
    expect((await platformLog(`&organisationId=${house.organisationId}`)).length).toBe(all.length);
    expect((await cast.house.client.get(path)).status).toBe(404);
  });
});

describe('append-only', () => {
  test.each(['update audit_log set act = act', 'delete from audit_log', 'truncate audit_log'])(
    'the database refuses: %s',
    async (statement) => {
      await expect(world.app.db.pool.query(statement)).rejects.toThrow('append-only');
    },
  );
});
