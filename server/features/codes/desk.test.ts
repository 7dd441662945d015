import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { free, hold, list, make, withHidden } from './testing/codes.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
// Every test leaves tables that agree with each other.
afterEach(async () => {
  await world.drain();
  expect(await audit(world.app.db, { acknowledged: [], now: world.clock.now() })).toEqual([]);
});
afterAll(() => world.close());

describe('the desk', () => {
  test('codes are random, listed in pages, found and revoked by tag, and exported', async () => {
    const { event } = await withHidden(world);
    expect((await make(event, { count: 60, tag: 'Radio', percentOff: 10 })).body.made).toBe(60);
    await make(event, { count: 2, tag: '=Press', percentOff: 100 });
    const first = await list(event);
    expect(first.items).toHaveLength(50);
    expect(first.tags).toEqual([
      { tag: '=Press', codes: 2 },
      { tag: 'Radio', codes: 60 },
    ]);
    const second = await list(event, `?cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ nextCursor: null });
    const codes = [...first.items, ...second.items].map(({ code }) => code);
    expect(new Set(codes).size).toBe(62);
    for (const code of codes) expect(code).toMatch(/^[2-9A-HJKMNP-Z]{12}$/);
    const csv = await event.organiser.client.get(
      `/api/events/${event.id}/vouchers/codes.csv?tag=${encodeURIComponent('=Press')}`,
    );
    const lines = String(csv.body).trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(`,'=Press,open,${world.url}/e/${event.slug}?code=`);
    const xlsx = await event.organiser.client.get(`/api/events/${event.id}/vouchers/codes.xlsx`);
    expect(xlsx.status).toBe(200);
    const revoked = await event.organiser.client.patch(`/api/events/${event.id}/vouchers`, {
      tag: 'Radio',
      revoked: true,
    });
    expect(revoked.body).toEqual({ changed: 60 });
    expect((await list(event, '?state=revoked&limit=100')).items).toHaveLength(60);
    expect((await list(event, '?state=open')).items).toHaveLength(2);
    const entries = (
      await event.organiser.client.get(`/api/organisations/${event.organiser.organisationId}/audit-log`)
    ).body.items;
    expect(entries.map(({ act }: { act: string }) => act)).toEqual(
      expect.arrayContaining(['codes.changed', 'event.exported', 'codes.made']),
    );
    expect(JSON.stringify(entries)).not.toContain(codes[0]);
  });

  test('a file names each bad row, and makes nothing until all are good', async () => {
    const { event } = await withHidden(world);
    await make(event, { csv: 'TAKEN-1' });
    const csv =
      '\uFEFFcode,tag\r\nGOOD-1,Press\r\n"GOOD-2","a ""tag"", quoted"\r\nx\r\ntaken-1\r\ngood-1\r\n\r\nGOOD-3,\r\n';
    const expected = [
      { row: 4, code: 'x', fault: 'bad_code' },
      { row: 5, code: 'TAKEN-1', fault: 'taken' },
      { row: 6, code: 'GOOD-1', fault: 'twice' },
    ];
    for (const dryRun of [true, false])
      expect((await make(event, { csv, tag: 'All', dryRun })).body).toEqual({ made: 0, bad: expected });
    const good = csv.replace('x\r\ntaken-1\r\ngood-1\r\n', '');
    expect((await make(event, { csv: good, tag: 'All', dryRun: true })).body).toEqual({ made: 3, bad: [] });
    expect((await list(event)).items).toHaveLength(1);
    // A retry of the same request gets its first answer, although the codes are taken now.
    const key = { 'idempotency-key': 'file-once' };
    for (let tries = 0; tries < 2; tries++)
      expect((await make(event, { csv: good, tag: 'All' }, key)).body).toEqual({ made: 3, bad: [] });
    const again = (await make(event, { csv: good, tag: 'All' }, { 'idempotency-key': 'file-twice' })).body;
    expect([again.made, again.bad.length]).toEqual([0, 3]);
    const made = (await list(event)).items.map(({ code, tag }: { code: string; tag: string }) => [code, tag]);
    expect(made).toEqual(
      expect.arrayContaining([
        ['GOOD-1', 'Press'],
        ['GOOD-2', 'a "tag", quoted'],
        ['GOOD-3', 'All'],
      ]),
    );
    const many = Array.from({ length: 10_001 }, (_, i) => `MANY-${i}`).join(';x\n');
    expect((await make(event, { csv: many, dryRun: true })).body).toEqual({
      made: 0,
      bad: [{ row: 10_001, code: 'MANY-10000', fault: 'too_many' }],
    });
  });

  test('ten racers for a code with three uses: three have it', async () => {
    const { event, open } = await withHidden(world, 20);
    await make(event, { csv: 'RACE', ticketTypeIds: [open], uses: 3, keepsPlaces: true, percentOff: 100 });
    const racers = await Promise.all(Array.from({ length: 10 }, () => world.guest()));
    const answers = await Promise.all(racers.map((racer) => hold(racer, event, open, 1, 'RACE')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    for (const { status, body } of answers) if (status !== 201) expect(body.code).toBe('promo_code_used_up');
    expect(await free(world, event)).toBe(17);
  });
});
