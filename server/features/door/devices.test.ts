import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainRules } from '../../../contract/door-rules.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { createGates } from '../door-links/testing/gates.ts';
import { buy } from '../tickets/testing/buy.ts';

/** What devices of door links may do and see at the door. */
let world: World;
let door: Awaited<ReturnType<typeof createGates>>;
beforeAll(async () => {
  world = await createWorld({ RATE_LIMIT_FACTOR: '100' });
  door = await createGates(world);
});
afterAll(() => world.close());

const iso = (ms = 0) => new Date(world.clock.now().getTime() + ms).toISOString();
const post = (path: string, headers: Record<string, string>, body: object) =>
  world.client().post(`/api/events/${door.event.id}${path}`, body, headers);
const handIn = (headers: Record<string, string>, scans: object[]) =>
  post('/check-ins/batch', headers, { scans });

test('a device sees no names in any answer of the door, unless its link says so', async () => {
  const { tickets, orderId } = await buy(world, door.buyer, door.event, {
    quantity: 6,
    attendees: Array.from({ length: 6 }, (_, i) => `Secret Guest ${i}`),
  });
  const [one, two, three, four] = tickets.map(({ code }) => code);
  const byMember = await door.scan({ cookie: door.manager.client.cookie() }, four as string);
  expect(byMember.body.attendeeName).toBe('Secret Guest 3');
  const [account] = await world.app.db.query<{ name: string }>('select name from users where id = $1', [
    door.manager.userId,
  ]);
  const steward = account?.name as string;
  const answersOf = async (headers: Record<string, string>, id: string) => {
    const nonce = door.newNonce();
    const scan = { code: one, nonce: `${nonce}-a` };
    return [
      await post('/check-ins', headers, scan),
      await post('/check-ins', headers, scan),
      await post('/check-ins', headers, { code: four, nonce: `${nonce}-b` }),
      await handIn(headers, [
        { code: two, nonce: `${nonce}-c` },
        { code: four, nonce: `${nonce}-d` },
        { code: four, nonce: `${nonce}-e`, scannedAt: iso(), offline: { admitted: true } },
      ]),
      await post('/check-ins/group', headers, { code: one, nonce, ticketIds: [tickets[4]?.id] }),
      await world.client().get(`/api/events/${door.event.id}/door-tickets?q=${orderId.slice(-8)}`, headers),
      await door.manager.client
        .delete(`/api/events/${door.event.id}/door-devices/${id}`)
        .then(() => handIn(headers, [{ code: three, nonce: `${nonce}-f`, scannedAt: iso(-minutes(1)) }])),
    ];
  };
  const blind = await door.gate({ seesNames: false });
  const answers = await answersOf(blind.headers, blind.id);
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 409, 200, 200, 200, 200]);
  const text = JSON.stringify(answers.map(({ body }) => body));
  expect(text).not.toContain('Secret Guest');
  expect(text).not.toContain(steward);
  expect(answers[2]?.body).toMatchObject({ code: 'already_used', usedAt: iso() });

  const seeing = await door.gate({ seesNames: true });
  const seen = await post('/check-ins', seeing.headers, { code: four, nonce: door.newNonce() });
  expect(seen.body).toMatchObject({ code: 'already_used', by: steward });
});

test('a batch that has one ticket 500 times reads it once', async () => {
  const { headers } = await door.gate();
  const code = await door.newCode();
  const { db } = world.app;
  const query = db.query.bind(db);
  let read = 0;
  db.query = (async (text: string, values?: unknown[]) => {
    const rows = await query(text, values);
    if (/from check_ins where nonce|as has_rules/.test(text)) read = Math.max(read, rows.length);
    return rows;
  }) as typeof db.query;
  const send = (more: object) =>
    handIn(
      headers,
      Array.from({ length: 500 }, () => ({ code, nonce: door.newNonce(), scannedAt: iso(), ...more })),
    );
  try {
    await send({ offline: { admitted: true } });
    const { body } = await send({});
    expect(body.results[499]).toMatchObject({ outcome: 'refused', code: 'already_used' });
  } finally {
    db.query = query;
  }
  expect(read).toBe(1);
});

test('a device scans at the gate and at the checkpoint of its link, whatever it says', async () => {
  const drinks = {
    name: 'Drinks',
    kind: 'handout',
    ticketTypeIds: null,
    perDay: false,
    days: null,
    times: 1,
    countsInside: false,
    insideLimit: null,
  };
  const path = `/api/events/${door.event.id}/door-settings`;
  const { body } = await door.manager.client.put(
    path,
    { ...plainRules, checkpoints: [drinks, { ...drinks, name: 'Balcony', kind: 'zone' }] },
    { 'if-match': '"0"' },
  );
  const [{ id: bar }, { id: balcony }] = body.checkpoints;
  const { headers } = await door.gate({ gate: 'Bar', checkpointId: bar });
  const scanned = await door.scan(headers, await door.newCode(), { gate: 'Balcony', checkpointId: balcony });
  expect(scanned.body).toMatchObject({ kind: 'handout', checkpointId: bar, gate: 'Bar' });
  // A link without a gate leaves it to the device to name one.
  const free = await door.gate({ gate: undefined });
  expect((await door.scan(free.headers, await door.newCode(), { gate: 'East' })).body.gate).toBe('East');
});

test('a device that measures its clock by the answers has its scans corrected, however slow its upload is', async () => {
  const { headers } = await door.gate();
  const code = await door.newCode();
  const aheadMs = minutes(90);
  // The answer says what time it is at the server.
  const { body } = await handIn(headers, [{ code: 'no ticket', nonce: door.newNonce() }]);
  const skewMs = world.clock.now().getTime() + aheadMs - Date.parse(body.now);
  const scannedAt = iso(aheadMs - minutes(10));
  const sentAt = iso(aheadMs);
  const truth = iso(-minutes(10));
  const send = (device: object) =>
    post('/check-ins/batch', headers, {
      scans: [{ code, nonce: door.newNonce(), scannedAt, offline: { admitted: true } }],
      device,
    });
  world.clock.advance(40_000);
  const measured = await send({ sentAt, skewMs });
  expect(measured.body.results[0].checkIn.checkedInAt).toBe(truth);
  // Without a measurement the time on the way makes the clock look slow: the scan seems 40 s later, and is the double.
  expect((await send({ sentAt })).body.results[0]).toMatchObject({ code: 'already_used', usedAt: truth });
});

test('a manager takes back what a stolen device has scanned, and nothing that others have', async () => {
  const [stolen, other] = [await door.gate(), await door.gate()];
  const codes = await Promise.all(Array.from({ length: 5 }, () => door.newCode()));
  const [early, first, second, moved, foreign] = codes as [string, string, string, string, string];
  const scan = async ({ headers }: typeof stolen, code: string) =>
    (await post('/check-ins', headers, { code, nonce: door.newNonce() })).status;
  expect(await scan(stolen, early)).toBe(201);
  world.clock.advance(minutes(30));
  const since = iso();
  for (const code of [first, second, moved]) expect(await scan(stolen, code)).toBe(201);
  expect(await scan(other, foreign)).toBe(201);
  const path = `/api/events/${door.event.id}/door-devices/${stolen.id}`;
  expect((await door.manager.client.delete(path)).status).toBe(204);
  const undo = (body: object) => door.manager.client.post(`${path}/undo`, { reason: 'stolen', ...body });
  expect((await undo({ since })).body).toEqual({ undone: 3, left: 0 });
  expect((await undo({ since })).body).toEqual({ undone: 0, left: 0 });
  for (const [code, status] of [
    [first, 201],
    [second, 201],
    [early, 409],
    [foreign, 409],
  ] as const)
    expect(await scan(other, code)).toBe(status);
  expect((await undo({})).body).toEqual({ undone: 1, left: 0 });
  expect(await scan(other, early)).toBe(201);
  const acts = await world.app.db.query<{ after: { reason: string } }>(
    `select after from audit_log where act = 'check_in.undone' and organisation_id = $1`,
    [door.event.organiser.organisationId],
  );
  expect(acts.filter(({ after }) => after.reason === 'stolen')).toHaveLength(4);
});
