import { expect } from 'vitest';
import { demoPassword } from '../../../server/demo/accounts.ts';
import type { House } from './house.ts';

/** Publishes an event of the demo's organiser that sells these terms, and returns its address. */
export async function publishSale(house: House, title: string, terms: object): Promise<string> {
  const { request } = (await house.person()).context;
  const signedIn = await request.post('/api/auth/sign-in/email', {
    data: { email: 'organiser@example.com', password: demoPassword },
  });
  expect(signedIn.status()).toBe(200);
  const { organisations } = await (await request.get('/api/me')).json();
  const startsAt = house.app.clock.now().getTime() + 90 * 86_400_000;
  const created = await request.post('/api/events', {
    data: {
      organisationId: organisations[0].id,
      title,
      category: 'other',
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(startsAt + 7_200_000).toISOString(),
      timeZone: 'Europe/Berlin',
      venue: { name: 'Saal', city: 'Berlin', country: 'DE' },
      currency: 'EUR',
      ...terms,
    },
  });
  const { id, slug, version } = await created.json();
  const published = await request.post(`/api/events/${id}/publication`, {
    headers: { 'if-match': `"${version}"` },
  });
  expect(published.status()).toBe(200);
  return `/e/${slug}`;
}
