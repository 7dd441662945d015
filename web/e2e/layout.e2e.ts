import { beforeAll, expect, test } from 'vitest';
import { type Language, languages } from '../../contract/languages.ts';
import type { Person, SystemFonts } from './testing/browsers.ts';
import { setUpHouse } from './testing/house.ts';
import { scrollsSideways } from './testing/sideways.ts';
import { makeThings, setOut, stops } from './testing/walk.ts';

const house = setUpHouse();

const families: Record<SystemFonts, string[]> = {
  wide: ['DejaVu Sans'],
  narrow: ['Noto Sans Arabic', 'PT Sans Narrow'],
};
const fonts = Object.keys(families) as SystemFonts[];

// Only Linux finds its fonts through fontconfig; elsewhere the layout is judged with the machine's own.
test.runIf(process.platform === 'linux').each(fonts)(
  'a system with %s letters has these for every language, and no others',
  async (font) => {
    const reader = await house.person({ phone: true, fonts: font });
    await reader.open('/');
    await reader.page.evaluate(
      (names) => {
        document.body.replaceChildren(names);
        document.body.style.fontFamily = 'sans-serif';
      },
      Object.values(languages)
        .map(({ name }) => name)
        .join(' '),
    );
    expect(
      await drawnWith(reader),
      'the fonts of web/e2e/testing/fonts: does Chromium read FONTCONFIG_FILE?',
    ).toEqual(families[font]);
  },
);

let things: Awaited<ReturnType<typeof makeThings>>;
beforeAll(async () => {
  things = await makeThings(house);
});

test.each(Object.keys(languages) as Language[])(
  'no page scrolls sideways in %s, with wide letters and with narrow ones',
  async (language) => {
    const wide: string[] = [];
    const walk = async (font: SystemFonts) => {
      const walkers = await setOut(house, things, language, font);
      for (const [page, ways] of Object.entries(stops)) {
        for (const [way, stop] of Object.entries(ways)) {
          const person = await stop(walkers);
          wide.push(...(await scrollsSideways(person)).map((what) => `${page}, ${way}, ${font}, ${what}`));
        }
      }
    };
    await Promise.all(fonts.map(walk));
    expect(wide).toEqual([]);
  },
  // Some 800 screens.
  600_000,
);

/** The families of the fonts that the text of the page is drawn with, by Chromium's own account. */
async function drawnWith({ page, context }: Person): Promise<string[]> {
  const session = await context.newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'body' });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts.map(({ familyName }) => familyName).sort();
}
