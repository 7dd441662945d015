import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seatMapSchema } from '../../../contract/seating.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
let event: TestEvent;
beforeAll(async () => {
  world = await createWorld();
  event = await world.event({ seats: [{ zone: 'front', rows: 2, perRow: 30 }] });
});
afterAll(() => world?.close());

/** The answer as it travels: fetch would undo the encoding. */
async function raw(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const { get } = await import('node:http');
  return new Promise((resolve, reject) => {
    get(new URL(path, world.url), { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(response.headers as never),
          bytes: Buffer.concat(chunks),
        }),
      );
    }).on('error', reject);
  });
}

describe('a seat map', () => {
  test('is found by id and by slug, and is what the contract says', async () => {
    const byId = await world.client().get(`/api/events/${event.id}/seat-map`);
    expect(byId.status).toBe(200);
    expect(seatMapSchema.parse(byId.body)).toEqual(byId.body);
    expect(byId.body).toMatchObject({ eventId: event.id, seatCount: 60 });
    expect((await world.client().get(`/api/events/${event.slug}/seat-map`)).body).toEqual(byId.body);
  });

  test('travels compressed as the client likes it, and is the same each time', async () => {
    const path = `/api/events/${event.id}/seat-map`;
    const [plain, br, gzip] = await Promise.all([
      raw(path, {}),
      raw(path, { 'accept-encoding': 'gzip, deflate, br' }),
      raw(path, { 'accept-encoding': 'gzip' }),
    ]);
    expect([plain, br, gzip].map((each) => each.headers.get('content-encoding'))).toEqual([
      null,
      'br',
      'gzip',
    ]);
    expect(brotliDecompressSync(br.bytes)).toEqual(plain.bytes);
    expect(gunzipSync(gzip.bytes)).toEqual(plain.bytes);
    expect(br.bytes.length).toBeLessThan(plain.bytes.length / 5);
    expect(br.headers.get('vary')).toContain('accept-encoding');
  });

  test('may be cached once it is published, and is not sent again to who has it', async () => {
    const first = await world.client().get(`/api/events/${event.id}/seat-map`);
    expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
    const etag = first.headers.get('etag') ?? '';
    const again = await world
      .client()
      .get(`/api/events/${event.id}/seat-map`, { 'if-none-match': `"other", ${etag}` });
    expect([again.status, again.bytes.length, again.headers.get('etag')]).toEqual([304, 0, etag]);
    const other = await world
      .client()
      .get(`/api/events/${event.id}/seat-map`, { 'if-none-match': '"other"' });
    expect(other.status).toBe(200);
  });

  test('of a draft is for its team only, and may not be cached', async () => {
    const draft = await world.event({ seats: [{ zone: 'a', rows: 1, perRow: 2 }], publish: false });
    const path = `/api/events/${draft.id}/seat-map`;
    const stranger = await world.user();
    expect((await world.client().get(path)).status).toBe(404);
    expect((await stranger.client.get(path)).status).toBe(404);
    const own = await draft.organiser.client.get(path);
    expect([own.status, own.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
  });

  test('is another one after the layout was replaced', async () => {
    const draft = await world.event({ seats: [{ zone: 'a', rows: 1, perRow: 2 }], publish: false });
    const { client } = draft.organiser;
    const before = await client.get(`/api/events/${draft.id}/seat-map`);
    const layout = {
      width: 100,
      height: 100,
      zones: [{ key: 'a', name: 'A', color: '#112233' }],
      sections: [
        {
          key: 's',
          name: 'S',
          rows: [{ label: 'A', zone: 'a', labels: ['1', '2', '3'], x: [1, 11, 21], y: [5, 5, 5] }],
        },
      ],
    };
    await client.patch(`/api/events/${draft.id}`, { seatLayout: layout }, { 'if-match': '1' });
    const after = await client.get(`/api/events/${draft.id}/seat-map`, {
      'if-none-match': before.headers.get('etag') ?? '',
    });
    expect([after.status, after.body.seatCount]).toEqual([200, 3]);
  });

  test('is not there for general admission, nor for an event that does not exist', async () => {
    const standing = await world.event();
    for (const ref of [standing.id, 'evt_01K9ZC4V7R8W3T5XN2M6QHJDEF', 'no-such-slug', 'a%00b', 'a%20b']) {
      const { status, body } = await world.client().get(`/api/events/${ref}/seat-map`);
      expect([ref, status, body.code]).toEqual([ref, 404, 'not_found']);
    }
  });
});
