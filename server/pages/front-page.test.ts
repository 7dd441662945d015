import { expect, test } from 'vitest';
import { buy } from '../features/tickets/testing/buy.ts';
import { setUpSite } from './testing/site.ts';

const site = setUpSite();
const { get } = site;

test('the front page shows its heading in the reader’s language, and the first wanted event, before the program', async () => {
  const events = [
    await site.world.event({ fields: { title: 'Rock & Roll', coverUrl: '/covers/blue-hour.webp' } }),
  ];
  for (const title of ['Two', 'Three']) events.push(await site.world.event({ fields: { title } }));
  for (const [i, event] of events.entries())
    for (let n = 0; n < 5 - i; n++) await buy(site.world, await site.world.guest(), event, { quantity: 1 });
  await site.world.drain();
  await site.world.app.interest.flush();
  const rootOf = (body: string) => body.slice(body.indexOf('<div id="root">'), body.indexOf('<noscript>'));
  await expect
    .poll(async () => {
      site.world.clock.advance(11_000);
      return rootOf((await get('/')).body);
    })
    .toContain('Rock &amp; Roll');
  const root = rootOf((await get('/')).body);
  for (const [language, title] of [
    ['en', 'What’s on'],
    ['de', 'Was läuft'],
    ['ar', 'ماذا يُعرض الآن'],
  ])
    expect(root).toContain(`<span lang="${language}" data-in="${language}">${title}</span>`);
  expect(root.match(/<img src="[^"]*"/g)).toEqual(['<img src="/covers/blue-hour.webp"']);
  expect(root).toContain(
    'srcset="/covers/720/blue-hour.webp 720w, /covers/blue-hour.webp 1600w" sizes="16rem"',
  );
  // A search shows something else.
  expect((await get('/?q=a')).body).toContain('<div id="root"></div>');
});
