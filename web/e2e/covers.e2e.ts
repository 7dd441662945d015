import sharp from 'sharp';
import { expect, test } from 'vitest';
import { findBarriers } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { handOver } from './testing/hand-over.ts';
import { setUpHouse } from './testing/house.ts';
import { draft, enter } from './testing/organising.ts';

const house = setUpHouse();

const poster = (hue: number) =>
  sharp({ create: { width: 1200, height: 800, channels: 3, background: { r: hue, g: 60, b: 90 } } })
    .jpeg()
    .toBuffer();

/** The width of the picture that the form or the page shows, once it is loaded. */
const loaded = async (person: Person, address: RegExp) => {
  const handle = await person.page.waitForFunction((source) => {
    const image = [...document.images].find(
      ({ currentSrc, complete }) => complete && new RegExp(source).test(currentSrc),
    );
    return image && { width: image.naturalWidth, alt: image.alt, at: getComputedStyle(image).objectPosition };
  }, address.source);
  return handle.jsonValue();
};

const address = /\/pictures\/pic_\w+\//;

test('an organiser chooses a cover, says what stays visible and what it shows, and the event has it', async () => {
  const organiser = await enter(house, { narrow: true });
  await draft(organiser, 'Lantern Parade');
  // What is no picture is said at once, and nothing is sent.
  const input = organiser.page.getByLabel('Choose a picture');
  await input.setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
  await organiser.hears('alert', 'This is no JPEG, PNG, WebP or AVIF.');
  organiser.expects({ status: 422, path: '/pictures' });
  await input.setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
  await organiser.hears('alert', /no picture that can be used/);
  await input.setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await poster(200) });
  expect(await loaded(organiser, address)).toMatchObject({ at: '50% 50%' });
  await organiser.page.getByLabel('Keep visible: top to bottom').press('End');
  await organiser.fill('What the picture shows', 'Lanterns on a river');
  expect(await loaded(organiser, address)).toMatchObject({ at: '50% 100%' });
  expect(await findBarriers(organiser)).toEqual([]);
  await organiser.press('Save the draft');
  await organiser.sees('heading', 'Lantern Parade');
  await organiser.press('Publish');
  await organiser.page.getByText('Published. Buyers can find it').waitFor();

  const stranger = await house.person({ phone: true });
  await stranger.open('/e/lantern-parade');
  await stranger.sees('heading', 'Lantern Parade');
  expect(await loaded(stranger, address)).toMatchObject({ alt: 'Lanterns on a river', at: '50% 100%' });
  const preview = await stranger.page.locator('meta[property="og:image"]').getAttribute('content');
  expect(preview).toMatch(/\/pictures\/pic_\w+\/1200\.jpg$/);
  expect((await stranger.context.request.get(preview ?? '')).headers()['content-type']).toBe('image/jpeg');

  // Dropped and pasted pictures do the same, and a removed one leaves a drawing.
  await handOver(organiser, 'Cover picture', 'drop', await poster(20));
  const dropped = await organiser.page.getByAltText('').first().getAttribute('src');
  await handOver(organiser, 'Cover picture', 'paste', await poster(90));
  await organiser.page.waitForFunction(
    (before) => ![...document.images].some((image) => image.getAttribute('src') === before),
    dropped,
  );
  await organiser.press('Remove the picture');
  await organiser.press('Save');
  await organiser.page.getByText('Saved').first().waitFor();
  expect((await stranger.context.request.get('/api/events/lantern-parade')).ok()).toBe(true);
  const { coverUrl } = await (await stranger.context.request.get('/api/events/lantern-parade')).json();
  expect(coverUrl).toBeNull();
});
