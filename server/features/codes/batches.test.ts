import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { mostVouchersOfEvent } from '../../../contract/voucher-fields.ts';
import { audit } from '../../audit/audit.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { readPdfText, readQrCodes } from '../tickets/testing/read-pdf.ts';
import { free, hold, list, make, withHidden } from './testing/codes.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterEach(async () => {
  await world.drain();
  expect(await audit(world.app.db, { acknowledged: [], now: world.clock.now() })).toEqual([]);
});
afterAll(() => world.close());

const change = async (event: TestEvent, body: object) =>
  (await event.organiser.client.patch(`/api/events/${event.id}/vouchers`, body)).body;
const numberOfCodes = async (event: TestEvent): Promise<number> =>
  (await list(event)).tags.reduce((sum: number, { codes }: { codes: number }) => sum + codes, 0);

describe('many codes', () => {
  test('a batch that was interrupted goes on with the same key, and buyers buy between its portions', async () => {
    const { event, open } = await withHidden(world, 10);
    const { ledger } = world.app;
    const { submit } = ledger;
    const sizes: number[] = [];
    const ada = await world.guest();
    ledger.submit = async (eventId, command) => {
      if (command.kind !== 'make-vouchers') return submit(eventId, command);
      if (sizes.length === 2) throw new Error('the process dies');
      sizes.push(command.vouchers.length);
      const outcome = await submit(eventId, command);
      expect((await hold(ada, event, open, 1)).status).toBe(201);
      return outcome;
    };
    const key = { 'idempotency-key': 'many-once' };
    const body = { count: 2500, tag: 'Many', percentOff: 10 };
    try {
      expect((await make(event, body, key)).status).toBe(500);
    } finally {
      ledger.submit = submit;
    }
    expect(sizes).toEqual([1000, 1000]);
    expect(await numberOfCodes(event)).toBe(2000);
    const answers = await Promise.all([make(event, body, key), make(event, body, key)]);
    expect(answers.map((answer) => answer.body)).toEqual(Array(2).fill({ made: 2500, bad: [] }));
    expect(await numberOfCodes(event)).toBe(2500);
    const { batches } = await list(event);
    expect(batches).toMatchObject([{ codes: 2500, madeAt: world.clock.now().toISOString() }]);
    // The log says once that the codes were made.
    const log = `/api/organisations/${event.organiser.organisationId}/audit-log`;
    const made = (await event.organiser.client.get(log)).body.items.filter(
      ({ act }: { act: string }) => act === 'codes.made',
    );
    expect(made).toMatchObject([{ after: { codes: 2500, tag: 'Many' } }]);
  });

  test('a file with a taken code makes nothing, with an Idempotency-Key too, in whichever portion the code is', async () => {
    const { event } = await withHidden(world);
    await make(event, { csv: 'TAKEN-1' });
    const rows = [...Array.from({ length: 1499 }, (_, i) => `FILE-${i}`), 'TAKEN-1'];
    const refused = await make(event, { csv: rows.join('\n') }, { 'idempotency-key': 'one-is-taken' });
    expect(refused.body).toEqual({ made: 0, bad: [{ row: 1500, code: 'TAKEN-1', fault: 'taken' }] });
    expect(await numberOfCodes(event)).toBe(1);
    expect((await list(event)).batches).toHaveLength(1);
    // The mended file is made whole, and a retry of it finds its own codes.
    const key = { 'idempotency-key': 'all-are-free' };
    const mended = { csv: rows.slice(0, -1).join('\n') };
    for (const _ of [1, 2]) expect((await make(event, mended, key)).body).toEqual({ made: 1499, bad: [] });
    expect(await numberOfCodes(event)).toBe(1500);
  });

  test('an event has at most 100,000, and those that are still being made count', async () => {
    const { event } = await withHidden(world);
    await make(event, { count: 3 });
    await world.app.db.run(
      `insert into voucher_batches (id, event_id, made_by, made, written, made_at)
        values ('vbt_00000000000000000000000001', $1, $2, $3, 0, $4)`,
      [event.id, event.organiser.userId, mostVouchersOfEvent - 5, world.clock.now()],
    );
    expect(await make(event, { count: 3 })).toMatchObject({
      status: 409,
      body: { code: 'too_many_codes', limit: mostVouchersOfEvent, have: mostVouchersOfEvent - 2 },
    });
    // Two requests at once do not pass it together.
    const answers = await Promise.all([make(event, { count: 2 }), make(event, { count: 2 })]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });
});

describe('changes', () => {
  test('of a batch or a tag: more uses keep more places, and fewer give them back', async () => {
    const { event, open } = await withHidden(world, 10);
    const kept = { ticketTypeIds: [open], keepsPlaces: true, tag: 'Kept' };
    await make(event, { ...kept, csv: 'KEPT-1\nKEPT-2' });
    // Of two batches of one millisecond neither is the latest.
    world.clock.advance(minutes(1));
    await make(event, { csv: 'OTHER-1', tag: 'Kept' });
    const { batches } = await list(event);
    expect(batches.map(({ codes }: { codes: number }) => codes)).toEqual([1, 2]);
    const batchId = batches[1].id;
    expect((await list(event, `?batch=${batchId}`)).items).toHaveLength(2);
    expect(await free(world, event)).toBe(8);
    expect(await change(event, { batchId, uses: 3 })).toEqual({ changed: 2 });
    expect(await free(world, event)).toBe(4);
    expect((await list(event, '?q=OTHER')).items[0]).toMatchObject({ uses: 1 });
    const ada = await world.guest();
    expect((await hold(ada, event, open, 2, 'KEPT-1')).status).toBe(201);
    // The code has two tickets, so it keeps two uses.
    expect(await change(event, { tag: 'Kept', uses: 1 })).toEqual({ changed: 2 });
    const uses = (await list(event)).items.map(({ code, uses, held }: Record<string, unknown>) => [
      code,
      uses,
      held,
    ]);
    expect(uses.toSorted()).toEqual([
      ['KEPT-1', 2, 2],
      ['KEPT-2', 1, 0],
      ['OTHER-1', 1, 0],
    ]);
    expect(await free(world, event)).toBe(7);
    expect(await change(event, { tag: 'Kept', uses: 1 })).toEqual({ changed: 0 });
    expect(await hold(await world.guest(), event, open, 1, 'KEPT-1')).toMatchObject({
      body: { code: 'promo_code_used_up' },
    });
  });

  test('of the end and the budget, and a budget never falls below what was taken off', async () => {
    const { event, open } = await withHidden(world, 10);
    await make(event, { csv: 'BUDGET', percentOff: 50, uses: 10, budgetMinor: 1250 });
    const [{ id }] = (await list(event)).items;
    const ada = await world.guest();
    expect((await hold(ada, event, open, 2, 'BUDGET')).body.total.amount).toBe(3750);
    const validUntil = new Date(world.clock.now().getTime() + minutes(30)).toISOString();
    expect(await change(event, { ids: [id], validUntil, budgetMinor: 2500 })).toEqual({ changed: 1 });
    const bob = await world.guest();
    expect((await hold(bob, event, open, 1, 'BUDGET')).body.total.amount).toBe(1250);
    await change(event, { ids: [id], budgetMinor: 100 });
    expect((await list(event)).items[0]).toMatchObject({
      budget: { amount: 2500 },
      off: { amount: 2500 },
      validUntil,
      uses: 10,
    });
    await change(event, { ids: [id], budgetMinor: null, validUntil: null });
    expect((await list(event)).items[0]).toMatchObject({ budget: null, validUntil: null });
    expect((await hold(await world.guest(), event, open, 1, 'BUDGET')).body.total.amount).toBe(1250);
    const log = `/api/organisations/${event.organiser.organisationId}/audit-log`;
    const entries = (await event.organiser.client.get(log)).body.items;
    expect(entries.map(({ after }: { after: object }) => after)).toEqual(
      expect.arrayContaining([
        { codes: 1, budget: { amount: 2500, currency: 'EUR' }, validUntil },
        { codes: 1, budget: null, validUntil: null },
      ]),
    );
  });

  test('say one thing only: revoked, or what else changes, of ids, a tag or a batch', async () => {
    const { event } = await withHidden(world);
    for (const body of [
      { tag: '' },
      { tag: '', revoked: true, uses: 2 },
      { tag: '', ids: ['vch_00000000000000000000000000'], uses: 2 },
      { uses: 2 },
    ])
      expect((await change(event, body)).code, JSON.stringify(body)).toBe('invalid_request');
  });
});

test('a code promises the places that it keeps now, and no more', async () => {
  const { event, open } = await withHidden(world, 4);
  const inMinutes = (count: number) => new Date(world.clock.now().getTime() + minutes(count)).toISOString();
  const validUntil = inMinutes(30);
  await make(event, { csv: 'LATER', ticketTypeIds: [open], uses: 3, keepsPlaces: true, validUntil });
  const check = async () =>
    (await (await world.guest()).client.post(`/api/events/${event.id}/code-checks`, { code: 'LATER' })).body;
  expect(await check()).toMatchObject({ usesLeft: 3, keepsPlaces: true, opened: [{ available: 3 }] });
  world.clock.advance(minutes(31));
  const bob = await world.guest();
  await buy(world, bob, event, { holdId: (await hold(bob, event, open, 2)).body.id });
  const later = { tag: '', validUntil: inMinutes(30) };
  await event.organiser.client.patch(`/api/events/${event.id}/vouchers`, later);
  expect(await check()).toMatchObject({ usesLeft: 3, keepsPlaces: true, opened: [{ available: 2 }] });
  const cleo = await world.guest();
  expect((await hold(cleo, event, open, 3, 'LATER')).body).toMatchObject({ code: 'sold_out', available: 2 });
  expect((await hold(cleo, event, open, 2, 'LATER')).status).toBe(201);
});

test('several seats have a code each, and each code keeps its own seat', async () => {
  const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 6 }] });
  const seatIds = [1, 2, 4].map((index) => seatId(event.id, index));
  const made = await make(event, { seatIds, keepsPlaces: true, priceMinor: 1000, tag: 'Family' });
  expect(made.body).toEqual({ made: 3, bad: [] });
  const { items } = await list(event);
  expect(items.map((each: { seatId: string }) => each.seatId).toSorted()).toEqual(seatIds);
  const codeOf = (index: number) =>
    items.find((each: { seatId: string }) => each.seatId === seatId(event.id, index)).code;
  const ask = async (index: number, code?: string) =>
    (await world.guest()).client.post(`/api/events/${event.id}/holds`, {
      seats: [{ seatId: seatId(event.id, index) }],
      ...(code && { code }),
    });
  expect((await ask(2)).body.code).toBe('seats_taken');
  expect((await ask(3)).status).toBe(201);
  expect((await ask(2, codeOf(4))).body.code).toBe('seats_taken');
  expect((await ask(2, codeOf(2))).body.total.amount).toBe(1000);
  expect((await ask(4, codeOf(4))).status).toBe(201);
  // One of the seats is taken, so no code is made.
  const more = [0, 1].map((index) => seatId(event.id, index));
  expect((await make(event, { seatIds: more, keepsPlaces: true })).body.code).toBe('seats_taken');
  expect((await make(event, { seatIds: [more[0], more[0]] })).status).toBe(400);
  expect((await make(event, { seatIds: more, uses: 2 })).status).toBe(400);
  expect((await make(event, { seatIds: more, count: 2 })).status).toBe(400);
  expect((await make(event, { seatIds: [seatId(event.id, 99)] })).body.code).toBe('unknown_seat');
  expect((await list(event)).items).toHaveLength(3);
  // A code of a seat keeps its one use.
  expect(await change(event, { tag: 'Family', uses: 5 })).toEqual({ changed: 0 });
});

test('open codes are printed as cards, eight on a page, with the link of each as a QR code', async () => {
  const { event, hidden } = await withHidden(world);
  const validUntil = new Date(world.clock.now().getTime() + minutes(600)).toISOString();
  await make(event, { count: 9, tag: 'Radio', ticketTypeIds: [hidden], uses: 2, validUntil });
  await make(event, { csv: 'ONLY-ONE', tag: 'Press' });
  const wide = 'W'.repeat(32);
  await make(event, { csv: wide, tag: 'Wide' });
  await make(event, { csv: 'GONE-1', tag: 'Gone' });
  await change(event, { tag: 'Gone', revoked: true });
  const print = (query: string, headers = {}) =>
    event.organiser.client.get(`/api/events/${event.id}/voucher-sheet${query}`, headers);
  const sheet = await print('?tag=Radio');
  expect([sheet.status, sheet.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const text = readPdfText(sheet.bytes);
  expect(text.split('\f').filter((page) => page.trim())).toHaveLength(2);
  const codes = (await list(event, '?tag=Radio')).items.map(({ code }: { code: string }) => code);
  for (const code of codes) expect(text).toContain(code);
  for (const said of ['Night Shift', 'For Backstage', 'For 2 tickets', 'Valid until'])
    expect(text).toContain(said);
  expect(text).not.toContain('ONLY-ONE');
  const one = await print('?tag=Press', { 'accept-language': 'de' });
  expect(readQrCodes(one.bytes)).toEqual([`${world.url}/e/${event.slug}?code=ONLY-ONE`]);
  expect(readPdfText(one.bytes)).toContain('Scanne den QR-Code');
  expect(readPdfText((await print('?tag=Wide')).bytes)).toContain(wide);
  for (const none of ['?tag=Gone', '?tag=Radio&part=2']) expect((await print(none)).status).toBe(404);
  const support = await world.member(event.organiser, 'support');
  expect((await support.client.get(`/api/events/${event.id}/voucher-sheet`)).status).toBe(403);
});

test('each code is on one sheet, whatever becomes of other codes between two prints', async () => {
  const { event } = await withHidden(world);
  await make(event, { count: 1001, tag: 'Mailing' });
  world.clock.advance(minutes(1));
  await make(event, { csv: 'LAST-1', tag: 'Mailing' });
  const print = async (part: number) =>
    event.organiser.client.get(`/api/events/${event.id}/voucher-sheet?tag=Mailing&part=${part}`);
  const codes = await world.app.db.query<{ id: string; code: string }>(
    'select id, code from vouchers where event_id = $1 order by id limit 1001',
    [event.id],
  );
  expect((await print(1)).status).toBe(200);
  // Codes of the first sheet end. The second sheet still begins with the same code.
  await change(event, { ids: codes.slice(0, 5).map(({ id }) => id), revoked: true });
  const sheet = await print(2);
  expect(sheet.status).toBe(200);
  const second = readPdfText(sheet.bytes);
  expect(second).toContain(codes[1000]?.code);
  expect(second).toContain('LAST-1');
  expect((await print(3)).status).toBe(404);
});
