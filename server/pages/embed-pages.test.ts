import { expect, test } from 'vitest';
import { setUpSite } from './testing/site.ts';

const site = setUpSite();

/** Which pages may frame an answer, by its content policy. */
const ancestorsOf = async (url: string) => {
  const { statusCode, headers } = await site.get(url);
  const policy = String(headers['content-security-policy']);
  return {
    statusCode,
    ancestors: /frame-ancestors ([^;]+)/.exec(policy)?.[1],
    frameOptions: headers['x-frame-options'],
    policy,
  };
};

test('any site may show the frame of an event, and no other page of the shop', async () => {
  const event = await site.world.event();
  for (const path of [`e/${event.slug}`, `e/${event.slug}/seats`, 'checkout/hold_1', 'orders/ord_1?paid=1']) {
    const found = await ancestorsOf(`/embed/${event.slug}/${path}`);
    expect([path, found.statusCode, found.ancestors, found.frameOptions]).toEqual([
      path,
      200,
      '*',
      undefined,
    ]);
    expect(found.policy).toContain("script-src 'self'");
    expect(found.policy).not.toContain('unsafe-inline');
  }
  for (const path of [
    '/',
    `/e/${event.slug}`,
    '/orders',
    '/sign-in',
    '/account',
    '/organise',
    '/embed',
    '/embedded',
  ]) {
    const { ancestors, frameOptions } = await ancestorsOf(path);
    expect([path, ancestors, frameOptions]).toEqual([path, "'none'", 'SAMEORIGIN']);
  }
});

test('only the sites that the organisation allows may show it, on each address of the frame', async () => {
  const organiser = await site.world.organiser();
  const event = await site.world.event({ organiser });
  const sites = ['https://venue.example', 'https://www.venue.example:8443'];
  const body = { about: '', links: [], color: null, logoUrl: null, embedOrigins: sites };
  const saved = await organiser.client.put(`/api/organisations/${organiser.organisationId}/page`, body, {
    'if-match': '"1"',
  });
  expect(saved.status).toBe(200);
  for (const path of [`e/${event.slug}`, 'orders/ord_1', `e/other`])
    expect((await ancestorsOf(`/embed/${event.slug}/${path}`)).ancestors).toBe(`'self' ${sites.join(' ')}`);
  const other = await site.world.event();
  expect((await ancestorsOf(`/embed/${other.slug}/e/${other.slug}`)).ancestors).toBe('*');
});

test('an event that the public does not know has no frame', async () => {
  const draft = await site.world.event({ publish: false });
  for (const ref of [draft.slug, 'nothing', 'a%20b', '%00', 'x'.repeat(300)])
    expect([ref, (await site.get(`/embed/${ref}/e/x`)).statusCode]).toEqual([ref, 404]);
});

test('the page is not to be listed, and runs what the frame needs before the program', async () => {
  const event = await site.world.event();
  const { body } = await site.get(`/embed/${event.slug}/e/${event.slug}`);
  expect(body).toContain('<meta name="robots" content="noindex">');
  expect(body.indexOf('src="/embed.js"')).toBeGreaterThan(0);
  expect(body.indexOf('src="/embed.js"')).toBeLessThan(body.indexOf('src="/first-paint.js"'));
});
