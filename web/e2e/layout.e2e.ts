import { beforeAll, expect, test } from 'vitest';
import { type Language, languages } from '../../contract/languages.ts';
import { isThorough } from '../../server/testing/thorough.ts';
import type { Person } from './testing/browsers.ts';
import { setUpHouse } from './testing/house.ts';
import { scrollsSideways } from './testing/sideways.ts';
import { makeThings, setOut, stops } from './testing/walk.ts';

const house = setUpHouse();

/**
 * The fonts of the simulated systems (testing/fonts). They come from npm packages, so that every machine tests a
 * layout with the same letters. Both are installed, so a page loads once and is drawn with each.
 */
const systems = {
  wide: { css: 'sans-serif', families: ['DejaVu Sans'] },
  narrow: { css: '"PT Sans Narrow", "Noto Sans Arabic"', families: ['Noto Sans Arabic', 'PT Sans Narrow'] },
};

/** The page's own font, and system fonts, which a reader sees until the page's own font has loaded. */
const letters = { 'own letters': '', 'wide letters': systems.wide.css, 'narrow letters': systems.narrow.css };
/** The page's own font has no Arabic letters, so a narrow system font is used beside it. */
const arabicLetters = {
  ...letters,
  'own and narrow letters': '"Schibsted Grotesk Variable", "Noto Sans Arabic"',
};

// Only Linux finds its fonts through fontconfig. On other systems the test uses the machine's own fonts.
test.runIf(process.platform === 'linux').each(Object.entries(systems))(
  '%s letters are drawn with these fonts in every language, and with no others',
  async (_, { css, families }) => {
    const reader = await house.person({ phone: true });
    await reader.open('/');
    await reader.page.evaluate(
      ({ names, css }) => {
        document.body.replaceChildren(names);
        document.body.style.fontFamily = css;
      },
      {
        names: Object.values(languages)
          .map(({ name }) => name)
          .join(' '),
        css,
      },
    );
    expect(
      await drawnWith(reader),
      'the fonts of web/e2e/testing/fonts: does Chromium read FONTCONFIG_FILE?',
    ).toEqual(families);
  },
);

let things: Awaited<ReturnType<typeof makeThings>>;
beforeAll(async () => {
  things = await makeThings(house);
});

/**
 * `npm run test:thorough` walks every page in every language. `npm test` walks every page once: in the language with the longest
 * words and in the one that is written from right to left by turns.
 */
const pages = Object.entries(stops);
const walks: [Language, typeof pages][] = isThorough
  ? (Object.keys(languages) as Language[]).map((language) => [language, pages])
  : [
      ['de', pages.filter((_, at) => at % 2 === 0)],
      ['ar', pages.filter((_, at) => at % 2 === 1)],
    ];

test.each(walks)(
  'no page scrolls sideways in %s, with wide letters and with narrow ones',
  async (language, pages) => {
    const wide: string[] = [];
    const walkers = await setOut(house, things, language);
    for (const [page, ways] of pages) {
      for (const [way, stop] of Object.entries(ways)) {
        const person = await stop(walkers);
        const drawn = await scrollsSideways(person, language === 'ar' ? arabicLetters : letters);
        wide.push(...drawn.map((what) => `${page}, ${way}, ${what}`));
      }
    }
    expect(wide).toEqual([]);
  },
  // About 400 screens.
  600_000,
);

/** The families of the fonts that Chromium reports for the page's text. */
async function drawnWith({ page, context }: Person): Promise<string[]> {
  const session = await context.newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'body' });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts.map(({ familyName }) => familyName).sort();
}
