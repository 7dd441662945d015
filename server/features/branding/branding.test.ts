import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brandColors, contrast, leastContrast } from '../../../contract/brand-colors.ts';
import type { Answer } from '../../testing/client.ts';
import { days } from '../../testing/clock.ts';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';
import { forgetPictures } from '../pictures/forget-pictures.ts';
import { uploadPicture } from '../pictures/testing/upload-picture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const plain = { about: '', links: [], color: null, logoUrl: null, embedOrigins: [] };
const pathOf = ({ organisationId }: Organiser) => `/api/organisations/${organisationId}/page`;
async function save(of: Organiser, changed: object): Promise<Answer> {
  const { version } = (await of.client.get(pathOf(of))).body;
  return of.client.put(pathOf(of), { ...plain, ...changed }, { 'if-match': `"${version}"` });
}

test('a team writes its page, and the public reads it with the color that can be read', async () => {
  const house = await world.organiser();
  await world.event({ organiser: house });
  expect((await house.client.get(pathOf(house))).body).toEqual({ ...plain, colors: null, version: 1 });
  const id = await uploadPicture(house, 40);
  const page = {
    about: 'Music by the river.',
    links: [{ label: 'Our site', url: 'https://house.example/' }],
    color: '#ffd400',
    logoUrl: `/pictures/${id}/1600`,
    embedOrigins: ['https://house.example', 'https://house.example'],
  };
  const saved = await save(house, page);
  expect(saved.status).toBe(200);
  expect(saved.body).toMatchObject({ version: 2, color: '#ffd400', embedOrigins: ['https://house.example'] });
  const organiser = await world.client().get(`/api/organisers/${house.organisationId}`);
  expect(organiser.body).toMatchObject({ about: page.about, links: page.links, logoUrl: page.logoUrl });
  expect(organiser.body).not.toHaveProperty('embedOrigins');
  const { light, dark } = organiser.body.colors;
  // Yellow cannot be read on white, and stays as it is on black.
  expect(light.accent).not.toBe('#ffd400');
  expect(dark.accent).toBe('#ffd400');
});

test('what would be no page, no address or no origin changes nothing', async () => {
  const house = await world.organiser();
  const foreign = await uploadPicture(await world.organiser(), 41);
  const link = (url: string) => ({ links: [{ label: 'Link', url }] });
  for (const wrong of [
    { about: 'x'.repeat(2001) },
    link('javascript:alert(1)'),
    link('http://house.example'),
    link('https://house.example/"><script>'),
    { links: Array.from({ length: 9 }, () => link('https://a.example').links[0]) },
    { links: [{ label: ' ', url: 'https://a.example' }] },
    { color: 'red' },
    { color: '#fff' },
    { color: '#FFFFFF' },
    { logoUrl: `/pictures/${foreign}/1600` },
    { logoUrl: 'https://elsewhere.example/logo.png' },
    ...[
      '*',
      'https://*.example',
      'https://a.example/',
      'https://a.example; script-src *',
      "'self'",
      'data:',
      'https://A.example',
      'https://a.example:443',
      '',
    ].map((origin) => ({ embedOrigins: [origin] })),
  ])
    expect([wrong, (await save(house, wrong)).status]).toEqual([wrong, 400]);
  expect((await house.client.get(pathOf(house))).body.version).toBe(1);
});

test('a save on top of an older version is refused with the present one, and one of two at once succeeds', async () => {
  const house = await world.organiser();
  const at = (version: number, about: string) =>
    house.client.put(pathOf(house), { ...plain, about }, { 'if-match': `"${version}"` });
  const statuses = (await Promise.all([at(1, 'a'), at(1, 'b')])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 412]);
  expect((await at(1, 'c')).body).toMatchObject({ code: 'version_mismatch', version: 2 });
});

test('a logo stays as long as a page shows it', async () => {
  const house = await world.organiser();
  const [shown, unused] = [await uploadPicture(house, 60), await uploadPicture(house, 160)];
  expect((await save(house, { logoUrl: `/pictures/${shown}/1600` })).status).toBe(200);
  await forgetPictures(world.app, new Date(Math.max(world.clock.now().getTime(), Date.now()) + days(8)));
  const left = await world.app.db.query<{ id: string }>(`select id from pictures`);
  expect(left.map(({ id }) => id)).toContain(shown);
  expect(left.map(({ id }) => id)).not.toContain(unused);
});

test('each color becomes one that can be read, on light pages and on dark ones', () => {
  const color = fc
    .tuple(fc.nat(255), fc.nat(255), fc.nat(255))
    .map((channels) => `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`);
  fc.assert(
    fc.property(color, (given) => {
      const { light, dark } = brandColors(given);
      for (const [shades, papers] of [
        [light, ['#ffffff', '#f5f4f0']],
        [dark, ['#121210', '#1b1b18', '#1f1f1b']],
      ] as const) {
        expect(contrast(shades.accent, shades.onAccent)).toBeGreaterThanOrEqual(leastContrast);
        for (const paper of papers)
          expect(contrast(shades.accent, paper)).toBeGreaterThanOrEqual(leastContrast);
      }
    }),
    { examples: [['#ffffff'], ['#000000'], ['#ffd400'], ['#777777'], ['#2b3bdc']] },
  );
  // A color that can be read is left as it is. The contrasts are those of https://webaim.org/resources/contrastchecker/.
  expect(brandColors('#2b3bdc').light.accent).toBe('#2b3bdc');
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
