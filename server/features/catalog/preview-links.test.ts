import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { days } from '../../testing/clock.ts';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';
import { createDesk } from './testing/drafts.ts';

let world: World;
let house: Organiser;
let desk: ReturnType<typeof createDesk>;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
  desk = createDesk(world, house);
});
afterAll(() => world?.close());

describe('preview links', () => {
  const make = (id: string, body: unknown = {}) => house.client.post(`/api/events/${id}/preview-links`, body);
  const open = (link: { id: string }, secret: string) =>
    world.client().post(`/api/preview-links/${link.id}`, { secret });

  test('show a draft to whoever has the secret, until they expire or are revoked', async () => {
    const { body: event } = await desk.create({ title: 'Secret Show' });
    const made = await make(event.id, { label: 'The band', days: 3 });
    const secret = made.body.url.split('#')[1];
    expect(made.body.url).toContain(`/preview/${made.body.link.id}#`);
    const shown = await open(made.body.link, secret);
    expect(shown.body).toMatchObject({ event: { title: 'Secret Show', status: 'draft' }, undecided: [] });
    // What only the team may see is not in it.
    expect(shown.body.event.promoCodes).toBeUndefined();
    // The page of the event itself is closed to the same person, and so is its sale.
    expect((await world.client().get(`/api/events/${event.id}`)).status).toBe(404);
    expect((await desk.hold({ id: event.id, ticketTypeId: event.ticketTypes[0].id })).body.code).toBe(
      'event_not_on_sale',
    );
    const wrong = `${secret[0] === 'A' ? 'B' : 'A'}${secret.slice(1)}`;
    expect((await open(made.body.link, wrong)).status).toBe(404);
    const { items } = (await house.client.get(`/api/events/${event.id}/preview-links`)).body;
    expect(items).toMatchObject([{ label: 'The band', revokedAt: null }]);
    expect(JSON.stringify(items)).not.toContain(secret);

    const second = await make(event.id);
    const { id } = second.body.link;
    expect((await house.client.delete(`/api/events/${event.id}/preview-links/${id}`)).status).toBe(204);
    expect((await open(second.body.link, second.body.url.split('#')[1])).status).toBe(404);
    world.clock.advance(days(3));
    expect((await open(made.body.link, secret)).status).toBe(404);
    expect(await desk.acts(event.id)).toEqual([
      'event.created',
      'preview_link.made',
      'preview_link.made',
      'preview_link.revoked',
    ]);
  });

  test('fifty of an event may be valid at once', async () => {
    const { body: event } = await desk.create();
    await world.app.db.run(
      `insert into preview_links (id, event_id, secret_hash, label, created_by, created_at, expires_at)
       select 'pvl_' || n, $1, sha256(n::text::bytea), '', 'usr_x', $2, $3 from generate_series(1, 49) n`,
      [event.id, world.clock.now(), new Date(world.clock.now().getTime() + days(1))],
    );
    const both = await Promise.all([make(event.id), make(event.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    world.clock.advance(days(1));
    expect((await make(event.id)).status).toBe(201);
  });
});
