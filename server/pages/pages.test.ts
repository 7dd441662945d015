import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createServer } from '../http/server.ts';
import { days, hours } from '../testing/clock.ts';
import type { TestEvent } from '../testing/world.ts';
import { localTime } from './event-head.ts';
import { readHead, setUpSite } from './testing/site.ts';

const site = setUpSite();
const { get } = site;

const pageOf = (event: TestEvent) => get(`/e/${encodeURIComponent(event.slug)}`);

describe('an event’s page', () => {
  test('tells search engines and link previews what it is', async () => {
    const startsAt = '2031-07-12T18:00:00.000Z';
    const event = await site.world.event({
      priceMinor: 2550,
      fields: {
        title: 'Fête “Été” & <Amis>',
        summary: 'Drums on the roof.',
        startsAt,
        endsAt: '2031-07-12T21:30:00.000Z',
        doorsAt: '2031-07-12T17:00:00.000Z',
        timeZone: 'Europe/Berlin',
        coverUrl: '/covers/blue-hour.webp',
        venue: {
          name: 'Kesselhaus',
          address: 'Knaackstraße 97',
          city: 'Berlin',
          country: 'DE',
          latitude: 52.5,
          longitude: 13.4,
        },
      },
    });
    const { statusCode, headers, body } = await pageOf(event);
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    // Shown and preloaded before the program has loaded.
    const screen = body.slice(body.indexOf('<div id="root">'));
    expect(screen).toContain('<bdi>Fête “Été” &amp; &lt;Amis&gt;</bdi></h1>');
    expect(screen).toContain('<bdi>Drums on the roof.</bdi>');
    expect(screen).toMatch(/<img src="\/covers\/blue-hour.webp"[^>]* fetchpriority="high"/);
    expect(body).toContain('<script type="module" fetchpriority="low"');
    const url = `${site.world.url}/e/${event.slug}`;
    const description =
      'Saturday, 12 July 2031 at 20:00, Kesselhaus, Berlin. From €25.50. Drums on the roof.';
    const image = `${site.world.url}/covers/blue-hour.webp`;
    const head = readHead(body);
    expect(head.title).toBe('Fête “Été” & <Amis> · Admit');
    expect(head.canonical).toBe(url);
    expect(head.meta).toMatchObject({
      description,
      'og:title': 'Fête “Été” & <Amis>',
      'og:description': description,
      'og:url': url,
      'og:image': image,
      'og:type': 'website',
      'twitter:card': 'summary_large_image',
    });
    expect(head.meta).not.toHaveProperty('robots');
    expect(head.data).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Event',
      name: 'Fête “Été” & <Amis>',
      url,
      startDate: '2031-07-12T20:00:00+02:00',
      endDate: '2031-07-12T23:30:00+02:00',
      doorTime: '2031-07-12T19:00:00+02:00',
      eventStatus: 'https://schema.org/EventScheduled',
      image: [image],
      location: {
        '@type': 'Place',
        name: 'Kesselhaus',
        address: { streetAddress: 'Knaackstraße 97', addressLocality: 'Berlin', addressCountry: 'DE' },
        geo: { latitude: 52.5, longitude: 13.4 },
      },
      organizer: { '@type': 'Organization', name: expect.stringContaining('Organisation') },
      offers: [
        {
          '@type': 'Offer',
          name: 'Regular',
          url,
          price: '25.50',
          priceCurrency: 'EUR',
          availability: 'https://schema.org/InStock',
        },
      ],
    });
    expect(body.match(/<title>/g)).toHaveLength(1);
    expect(body.match(/name="description"/g)).toHaveLength(1);
  });

  test('keeps what an organiser writes harmless', async () => {
    const evil = '</script><script>alert(1)</script>"><img src=x onerror=alert(2)>';
    const event = await site.world.event({
      fields: {
        title: evil,
        summary: evil,
        description: evil,
        venue: { name: evil, city: evil.slice(0, 80), country: 'DE' },
      },
    });
    const { body } = await pageOf(event);
    expect(body.match(/<script/g)).toHaveLength(3);
    expect(body).not.toContain('<img');
    expect(readHead(body)).toMatchObject({
      title: `${evil} · Admit`,
      data: { name: evil, location: { name: evil } },
    });
    const { body: dollars } = await pageOf(await site.world.event({ fields: { title: "$& $` $' $1" } }));
    expect(readHead(dollars).title).toBe("$& $` $' $1 · Admit");
  });

  test('tells search engines the price of the step that sells now', async () => {
    const until = new Date(site.world.clock.now().getTime() + 3_600_000).toISOString();
    const terms = { pools: ['floor'], priceMinor: 3000, priceSteps: [{ priceMinor: 1000, until }] };
    const event = await site.world.event({ fields: { ticketTypes: [{ name: 'Entry', ...terms }] } });
    const offered = async () =>
      (readHead((await pageOf(event)).body).data as { offers: { price: string }[] }).offers[0]?.price;
    expect(await offered()).toBe('10.00');
    site.world.clock.advance(3_600_000);
    expect(await offered()).toBe('30.00');
  });

  test('tells search engines what is not on sale yet, and what is no more', async () => {
    const [now, hour] = [site.world.clock.now().getTime(), 3_600_000];
    const at = (hours: number) => new Date(now + hours * hour).toISOString();
    const fields = { saleStartsAt: at(1), saleEndsAt: at(3) };
    const event = await site.world.event({ fields: { ...fields, startsAt: at(9), endsAt: at(12) } });
    const offered = async () => {
      const [offer] = (readHead((await pageOf(event)).body).data as { offers: { availability: string }[] })
        .offers;
      return offer?.availability;
    };
    expect(await offered()).toBe('https://schema.org/PreOrder');
    site.world.clock.advance(2 * hour);
    expect(await offered()).toBe('https://schema.org/InStock');
    site.world.clock.advance(2 * hour);
    expect(await offered()).toBe('https://schema.org/OutOfStock');
  });

  test('follows the event: sold out, changed, cancelled, over', async () => {
    const event = await site.world.event({ capacity: 1 });
    const headNow = async () => readHead((await pageOf(event)).body);
    const buyer = await site.world.guest();
    await buyer.client.post(`/api/events/${event.id}/holds`, {
      items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
    });
    expect(await headNow()).toMatchObject({
      data: { offers: [{ availability: 'https://schema.org/SoldOut' }] },
      meta: { description: expect.stringContaining('Sold out.') },
    });
    const change = await event.organiser.client.patch(
      `/api/events/${event.id}`,
      { title: 'Day Shift' },
      { 'if-match': `"${event.version}"` },
    );
    expect(change.status).toBe(200);
    expect((await headNow()).title).toBe('Day Shift · Admit');
    site.world.clock.advance(days(40));
    expect(await headNow()).toMatchObject({ meta: { description: expect.stringMatching(/^Over\./) } });
    expect((await headNow()).data).not.toHaveProperty('offers');
    site.world.clock.advance(-days(40));
    await site.world.app.db.run(
      `update events set status = 'cancelled', version = version + 1 where id = $1`,
      [event.id],
    );
    const cancelled = await headNow();
    expect(cancelled).toMatchObject({
      title: 'Cancelled: Day Shift · Admit',
      meta: { description: expect.stringMatching(/^Cancelled\./) },
      data: { eventStatus: 'https://schema.org/EventCancelled' },
    });
    expect(cancelled.data).not.toHaveProperty('offers');
  });

  test('does not exist for a draft, nor for what was never there, but is still the app', async () => {
    const draft = await site.world.event({ publish: false, fields: { title: 'Secret Rehearsal' } });
    for (const path of [
      `/e/${draft.slug}`,
      `/e/${draft.id}`,
      `/e/${draft.slug}/seats`,
      '/e/never-was',
      '/e/%E2%82%AC',
    ]) {
      const { statusCode, body } = await get(path);
      expect([path, statusCode]).toEqual([path, 404]);
      expect(body).toContain('<div id="root"></div>');
      expect(body).not.toContain('Secret');
      expect(readHead(body)).toMatchObject({ title: 'Not found · Admit', meta: { robots: 'noindex' } });
    }
    const gone = await site.world.event({ fields: { title: 'Unpublished' } });
    expect((await pageOf(gone)).statusCode).toBe(200);
    await gone.organiser.client.delete(`/api/events/${gone.id}/publication`, {
      'if-match': `"${gone.version}"`,
    });
    expect((await pageOf(gone)).statusCode).toBe(404);
  });

  test('describes itself by its text where it has no summary, without the marks of Markdown', async () => {
    const event = await site.world.event({
      fields: { description: '# Tonight\n\n**Loud** and [late](https://a.example).' },
    });
    const { meta, data } = readHead((await pageOf(event)).body);
    expect(meta.description).toMatch(/ Tonight Loud and late\.$/);
    expect(data.description).toBe('Tonight Loud and late.');
  });

  test('has one address, by whatever it was reached, in any script', async () => {
    const event = await site.world.event({ fields: { title: 'ليلة العود' } });
    const address = `${site.world.url}/e/${encodeURIComponent('ليلة-العود')}`;
    for (const path of [
      `/e/${encodeURIComponent(event.slug)}`,
      `/e/${event.id}`,
      `/e/${encodeURIComponent(event.slug)}/`,
      `/e/${event.id}?from=a`,
    ]) {
      expect(readHead((await get(path)).body).canonical).toBe(address);
    }
  });

  test('asks early for what it shows first', async () => {
    const event = await site.world.event({ fields: { coverUrl: '/covers/blue-hour.webp' } });
    const { preloads } = readHead((await pageOf(event)).body);
    expect(preloads).toEqual([
      `/api/events/${event.slug}`,
      `/api/events/${event.id}/availability`,
      '/covers/blue-hour.webp',
    ]);
    const seated = await site.world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 4 }] });
    const { preloads: seats, canonical } = readHead((await get(`/e/${seated.slug}/seats`)).body);
    expect(canonical).toBe(`${site.world.url}/e/${seated.slug}`);
    expect(seats).toContain(`/api/events/${seated.slug}/seat-map`);
    for (const href of [...preloads.slice(0, 2), ...seats]) {
      const { statusCode } = await get(href);
      expect([href, statusCode]).toEqual([href, 200]);
    }
    expect((await get(`/e/${event.slug}/seats`)).statusCode).toBe(404);
  });

  test('is sent small, and not again while nothing has changed', async () => {
    const event = await site.world.event();
    const plain = await pageOf(event);
    const small = await get(`/e/${event.slug}`, { 'accept-encoding': 'gzip, deflate, br' });
    expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
    expect(brotliDecompressSync(small.rawPayload).toString()).toBe(plain.body);
    const etag = String(plain.headers.etag);
    expect((await get(`/e/${event.slug}`, { 'if-none-match': etag })).statusCode).toBe(304);
    await event.organiser.client.patch(
      `/api/events/${event.id}`,
      { title: 'Other' },
      { 'if-match': `"${event.version}"` },
    );
    expect((await get(`/e/${event.slug}`, { 'if-none-match': etag })).statusCode).toBe(200);
  });

  test('is the app all the same while the database is away', async () => {
    const other = await site.world.another();
    const server = await createServer(other.app, { dist: site.dist });
    await other.app.db.close();
    other.app.log.level = 'silent';
    const { statusCode, headers, body } = await server.inject({ url: '/e/some-event' });
    expect([statusCode, headers['retry-after']]).toEqual([503, '1']);
    expect(body).toContain('<div id="root"></div>');
    await server.close();
  });
});

test('a web app that was not built to its end stops the start, with what to do', async () => {
  const dist = new URL(`file://${mkdtempSync(join(tmpdir(), 'admit-half-built-'))}/`);
  await expect(createServer(site.world.app, { dist })).rejects.toThrow(/has no index\.html.*npm run build/);
  rmSync(dist, { recursive: true });
});

test('the front page names the pictures that it will show first, and goes on when they change', async () => {
  const preloadsNow = async () => readHead((await get('/')).body).preloads;
  const soonest = async (coverUrl: string, inMs: number) => {
    const startsAt = new Date(site.world.clock.now().getTime() + inMs);
    const endsAt = new Date(startsAt.getTime() + hours(2));
    await site.world.event({
      fields: { coverUrl, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
    });
    site.world.clock.advance(11_000);
  };
  await soonest('/covers/blue-hour.webp', hours(3));
  const asked = ['/api/events?limit=24', '/api/trending-events?limit=8'];
  await expect.poll(preloadsNow).toEqual([...asked, '/covers/blue-hour.webp']);
  expect((await get('/')).body).toContain(
    'imagesrcset="/covers/720/blue-hour.webp 720w, /covers/blue-hour.webp 1600w" imagesizes="',
  );
  await soonest('https://example.org/a.jpg?b&c', hours(2));
  await expect.poll(preloadsNow).toEqual([...asked, 'https://example.org/a.jpg?b&c']);
  for (const href of asked) expect((await get(href)).statusCode).toBe(200);
  // A search requests something else.
  expect(readHead((await get('/?q=a')).body).preloads).toEqual([]);
});

test('the other pages have titles; those of one person are not to be listed', async () => {
  const front = readHead((await get('/?q=jazz')).body);
  expect(front).toMatchObject({ title: 'Events and tickets · Admit', canonical: `${site.world.url}/` });
  expect(readHead((await get('/sign-in')).body)).toMatchObject({
    title: 'Sign in · Admit',
    canonical: `${site.world.url}/sign-in`,
  });
  for (const path of ['/orders', '/orders/ord_1', '/account/', '/organise/events/evt_1', '/door/evt_1']) {
    const { statusCode, body } = await get(path);
    expect([path, statusCode, readHead(body).meta.robots]).toEqual([path, 200, 'noindex']);
    expect(readHead(body).canonical).toBeUndefined();
  }
  for (const path of ['/nothing', '/e', '/orders/ord_1/more']) {
    const { statusCode, body } = await get(path);
    expect([path, statusCode]).toEqual([path, 404]);
    expect(body).toContain('<div id="root"></div>');
  }
  for (const path of ['/api/nothing', '/nothing.png']) {
    const { statusCode, headers } = await get(path);
    expect([path, statusCode, headers['content-type']]).toEqual([
      path,
      404,
      'application/problem+json; charset=utf-8',
    ]);
  }
  expect((await site.http.inject({ method: 'HEAD', url: '/orders' })).statusCode).toBe(200);
});

test('pages carry the policy that no inline script runs; a file only what means something there', async () => {
  const page = await get('/');
  expect(page.headers['content-security-policy']).not.toContain('unsafe-inline');
  const file = await get('/assets/index-abc123.js');
  expect(file.statusCode).toBe(200);
  expect(file.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  for (const name of [
    'content-security-policy',
    'x-frame-options',
    'referrer-policy',
    'strict-transport-security',
  ]) {
    expect(file.headers).not.toHaveProperty(name);
    expect(page.headers).toHaveProperty(name);
  }
});

test('times are those of the place, with the offset of that day', () => {
  const times: [string, string, string][] = [
    ['2031-01-15T19:30:00Z', 'Europe/Berlin', '2031-01-15T20:30:00+01:00'],
    ['2031-07-15T19:30:00Z', 'Europe/London', '2031-07-15T20:30:00+01:00'],
    ['2031-01-15T19:30:00Z', 'Europe/London', '2031-01-15T19:30:00+00:00'],
    ['2031-01-15T23:59:59Z', 'Asia/Kathmandu', '2031-01-16T05:44:59+05:45'],
    ['2031-01-15T00:00:00Z', 'America/St_Johns', '2031-01-14T20:30:00-03:30'],
    ['2031-01-15T00:00:00Z', 'UTC', '2031-01-15T00:00:00+00:00'],
  ];
  for (const [instant, timeZone, local] of times) expect(localTime(instant, timeZone)).toBe(local);
});
