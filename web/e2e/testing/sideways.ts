import type { Person } from './browsers.ts';

/** The narrowest phone that is still sold, and a common one. */
const widths = [320, 390];
/** Of the letters: as the page sets them, and twice as large. */
const sizes = ['100%', '200%'];
/** The page's own letters, and those of the system, which a reader sees until the page's own have arrived. */
const families = ['', 'sans-serif'];

/** Everything on the page in front that can be scrolled sideways, on each phone and with letters of each size. */
export async function scrollsSideways({ page }: Person): Promise<string[]> {
  const found: string[] = [];
  // The program's tools are at the top; the server's first screen has none.
  await page.locator('header select').waitFor();
  await page.locator('main :is(h1, h2, [role=application])').first().waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 });
    for (const size of sizes) {
      for (const family of families) {
        const wide = await page.evaluate(findWide, { size, family });
        found.push(
          ...wide.map((what) => `${width} px, text at ${size}, ${family || 'own letters'}: ${what}`),
        );
      }
    }
  }
  await page.evaluate(findWide, { size: '', family: '' });
  return found;
}

/** Runs in the page: draws it so, and names each box whose content is wider than the box, with what sticks out. */
async function findWide({ size, family }: { size: string; family: string }): Promise<string[]> {
  const { documentElement: root } = document;
  root.style.fontSize = size;
  if (family === '') root.style.removeProperty('--font-sans');
  else root.style.setProperty('--font-sans', family);
  // What the page measures itself by is told of the change before the second frame.
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));

  const all = [...document.body.querySelectorAll<HTMLElement>('*:not(svg *)')];
  const boxes = all.filter(
    (element) =>
      ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) &&
      // A row that is meant to be swiped says so. Text fields and frames have their own way of scrolling.
      !/\boverflow-x-auto\b/.test(element.className) &&
      !element.matches('textarea, select, input, iframe'),
  );
  const name = (element: Element) => {
    if (element === root) return 'the page';
    const classes = (element.getAttribute('class') ?? '').slice(0, 60);
    const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 40);
    return `<${element.tagName.toLowerCase()} class="${classes}">${text}`;
  };
  /** Whether a box between the two hides or scrolls what sticks out of it. */
  const isWithin = ({ parentElement: parent }: Element, box: Element): boolean =>
    parent !== null &&
    parent !== box &&
    (getComputedStyle(parent).overflowX !== 'visible' || isWithin(parent, box));
  const wide = [root, ...boxes].flatMap((box) => {
    const by = box.scrollWidth - box.clientWidth;
    if (by <= 0) return [];
    const edge = box === root ? { left: 0, right: root.clientWidth } : box.getBoundingClientRect();
    const out = all.filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      const isOut = width > 1 && (right > edge.right + 0.5 || left < edge.left - 0.5);
      return isOut && box.contains(element) && !isWithin(element, box);
    });
    const innermost = out.filter(
      (element) => !out.some((other) => other !== element && element.contains(other)),
    );
    return `${by} px too wide: ${name(box)}, for ${innermost.slice(0, 4).map(name).join(' and ')}`;
  });
  // Nothing can be scrolled to where a fixed box goes over the edge: its end is never seen.
  const fixed = all.filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    const isOut = right > root.clientWidth + 0.5 || left < -0.5;
    return width > 1 && isOut && getComputedStyle(element).position === 'fixed';
  });
  return [...wide, ...fixed.map((element) => `over the edge: ${name(element)}`), ...brokenWords()];

  /** Words that take two lines: with letters twice as large they may, as the page sets them every word fits. */
  function brokenWords(): string[] {
    if (size !== '100%') return [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const broken: string[] = [];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (text.parentElement?.closest('script, style, noscript, textarea, option, pre, .sr-only')) continue;
      // Without a hyphen or a slash, after which a line may end, and no longer than words are.
      for (const { index, 0: word } of (text.textContent ?? '').matchAll(/(?<!\S)\p{L}{3,24}(?!\S)/gu)) {
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1)
          broken.push(`broken: ${word}`);
      }
    }
    return broken;
  }
}
