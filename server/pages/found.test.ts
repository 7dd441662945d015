import { describe, expect, test } from 'vitest';
import { days, hours, minutes } from '../testing/clock.ts';
import { readHead, setUpSite } from './testing/site.ts';

const site = setUpSite();
const { get } = site;

describe('an organiser’s page', () => {
  test('tells search engines and link previews what is coming up', async () => {
    const organiser = await site.world.organiser();
    await site.world.event({ organiser, fields: { title: 'Secret Rehearsal' }, publish: false });
    const unknown = await get(`/o/${organiser.organisationId}`);
    expect([unknown.statusCode, readHead(unknown.body).meta.robots]).toEqual([404, 'noindex']);
    expect(unknown.body).not.toContain('Secret');

    const cover = '/covers/blue-hour.webp';
    const event = await site.world.event({
      organiser,
      fields: { title: '<b>"Tom" & Jerry', coverUrl: cover },
    });
    const { body, statusCode } = await get(`/o/${organiser.organisationId}`);
    const head = readHead(body);
    const { name, slug } = JSON.parse((await get(head.preloads[0] ?? '')).body);
    const url = `${site.world.url}/o/${encodeURIComponent(slug)}`;
    const description = `Coming up: <b>"Tom" & Jerry (Berlin). Tickets from ${name}.`;
    expect([statusCode, head]).toMatchObject([
      200,
      {
        title: `${name} · Admit`,
        canonical: url,
        meta: {
          description,
          'og:title': name,
          'og:description': description,
          'og:url': url,
          'og:image': `${site.world.url}${cover}`,
        },
        data: {
          '@type': 'Organization',
          name,
          url,
          event: [{ name: '<b>"Tom" & Jerry', url: `${site.world.url}/e/${event.slug}` }],
        },
      },
    ]);
    expect(head.meta).not.toHaveProperty('robots');
    expect(body).not.toContain('<b>');
    for (const href of head.preloads) expect([href, (await get(href)).statusCode]).toEqual([href, 200]);
    expect(head.preloads).toEqual([
      `/api/organisers/${organiser.organisationId}`,
      `/api/events?organisation=${organiser.organisationId}&limit=24`,
    ]);
    // Requested by name it is the same page, and it follows later changes.
    expect(readHead((await get(`/o/${encodeURIComponent(slug)}`)).body).canonical).toBe(url);
    site.world.clock.advance(days(400));
    expect(readHead((await get(`/o/${slug}`)).body).meta.description).toBe(
      `${name} has no events coming up.`,
    );
    site.world.clock.advance(-days(400));
  });

  test('is not there for a name that nobody has, nor for one that no address could have', async () => {
    for (const path of ['/o/nobody', '/o/%E2%82%AC', '/o/%00', `/o/${'x'.repeat(2000)}`]) {
      const { statusCode, body } = await get(path);
      expect([path.slice(0, 20), statusCode, body.includes('<div id="root"></div>')]).toEqual([
        path.slice(0, 20),
        404,
        true,
      ]);
    }
  });
});

describe('for search engines', () => {
  test('robots.txt shuts what is private, and leaves open what public pages ask for', async () => {
    const { body, headers } = await get('/robots.txt');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    const lines = body.split('\n');
    for (const path of [
      '/api/',
      '/orders',
      '/account',
      '/organise',
      '/door',
      '/checkout',
      '/mailbox',
      '/reset-password',
    ]) {
      expect(lines).toContain(`Disallow: ${path}`);
    }
    expect(lines).toContain('Allow: /api/events');
    expect(lines).toContain(`Sitemap: ${site.world.url}/sitemap.xml`);
    expect(lines).toContain('Allow: /api/organisers');
    for (const open of ['Disallow: /', 'Disallow: /e', 'Disallow: /o', 'Disallow: /sign-in'])
      expect(lines).not.toContain(open);
  });

  test('the sitemap names every public event and its organiser once, in several files where one is not enough', async () => {
    await site.world.app.db.run(
      `update events set status = 'draft', version = version + 1 where status <> 'draft'`,
    );
    // The files are cached for ten minutes.
    site.world.clock.advance(minutes(11));
    const publish = (title: string, fields: object = {}) =>
      site.world.event({ fields: { title, ...fields } });
    const listed = [await publish('Tom & Jerry'), await publish('ليلة القانون')];
    await site.world.event({ publish: false, fields: { title: 'Draft' } });
    const soon = new Date(site.world.clock.now().getTime() + hours(1)).toISOString();
    await publish('Short', { startsAt: soon, endsAt: new Date(Date.parse(soon) + hours(1)).toISOString() });
    site.world.clock.advance(hours(3));
    const locations = (xml: string) => [...xml.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address);
    const one = await get('/sitemap.xml');
    expect(one.headers['content-type']).toBe('application/xml; charset=utf-8');
    expect(one.body).toContain('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">');
    const house = JSON.parse((await get(`/api/organisers/${listed[0]?.organiser.organisationId}`)).body);
    const addresses = [
      ...listed.map(({ slug }) => `${site.world.url}/e/${encodeURIComponent(slug)}`),
      `${site.world.url}/o/${encodeURIComponent(house.slug)}`,
    ];
    expect(locations(one.body).sort()).toEqual([`${site.world.url}/`, ...addresses].sort());
    expect((await get('/sitemap-1.xml')).statusCode).toBe(404);
    for (const title of ['Three', 'Four', 'Five']) await publish(title);
    site.world.clock.advance(minutes(11));
    const index = await get('/sitemap.xml');
    expect(index.body).toContain('<sitemapindex');
    expect(locations(index.body)).toEqual([1, 2].map((n) => `${site.world.url}/sitemap-${n}.xml`));
    const files = await Promise.all([1, 2].map((n) => get(`/sitemap-${n}.xml`)));
    expect(files.map(({ body }) => locations(body).length)).toEqual([4, 3]);
    expect(new Set(files.flatMap(({ body }) => locations(body))).size).toBe(7);
    for (const path of ['/sitemap-3.xml', '/sitemap-0.xml', '/sitemap-x.xml']) {
      const { statusCode } = await get(path);
      expect([path, statusCode]).toEqual([path, 404]);
    }
  });
});
