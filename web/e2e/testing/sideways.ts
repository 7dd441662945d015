import type { Person } from './browsers.ts';

/** The narrowest phone that is still sold, and a common one. */
const widths = [320, 390];
/** Of the letters: as the page sets them, and twice as large. */
const sizes = ['100%', '200%'];

/** Letters that a page may have to be drawn with, by name. An empty list of families stands for the page's own. */
export type Letters = Record<string, string>;

/**
 * Everything on the page in front that can be scrolled sideways: on each phone, with letters of each size, with each of
 * the given fonts. The page is loaded once and drawn again for each; one call to the browser judges a whole width.
 */
export async function scrollsSideways({ page }: Person, letters: Letters): Promise<string[]> {
  const found: string[] = [];
  // The program's tools are at the top; the server's first screen has none.
  await page.locator('header select').waitFor();
  await page.locator('main :is(h1, h2, [role=application])').first().waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 });
    const wide = await page.evaluate(findWide, { sizes, letters });
    found.push(...wide.map((what) => `${width} px, ${what}`));
  }
  return found;
}

/** Runs in the page: draws it each way and names each box whose content is wider than the box, with what sticks out. */
async function findWide({ sizes, letters }: { sizes: string[]; letters: Letters }): Promise<string[]> {
  const { documentElement: root } = document;
  const found: string[] = [];
  for (const size of sizes) {
    root.style.fontSize = size;
    // What the page measures itself by is told of the change before the second frame.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    // Which boxes scroll, and which stand fixed, does not depend on the letters: asked once for all of them.
    const all = [...document.body.querySelectorAll<HTMLElement>('*:not(svg *)')];
    const styles = all.map((element) => getComputedStyle(element));
    const boxes = all.filter((element, i) => scrolls(element, styles[i]?.overflowX ?? ''));
    const fixed = all.filter((_, i) => styles[i]?.position === 'fixed');
    for (const [name, families] of Object.entries(letters)) {
      if (families === '') root.style.removeProperty('--font-sans');
      else root.style.setProperty('--font-sans', families);
      const wide = [...[root, ...boxes].flatMap((box) => tooWide(box, all)), ...fixed.flatMap(overTheEdge)];
      // With letters twice as large words may take two lines, as the page sets them every word fits.
      if (size === '100%') wide.push(...brokenWords());
      found.push(...wide.map((what) => `text at ${size}, ${name}: ${what}`));
    }
    root.style.removeProperty('--font-sans');
  }
  root.style.removeProperty('font-size');
  return found;

  function scrolls(element: Element, overflow: string): boolean {
    return (
      ['auto', 'scroll'].includes(overflow) &&
      // A row that is meant to be swiped says so. Text fields and frames have their own way of scrolling.
      !/\boverflow-x-auto\b/.test(element.getAttribute('class') ?? '') &&
      !element.matches('textarea, select, input, iframe')
    );
  }

  function tooWide(box: HTMLElement, all: HTMLElement[]): string[] {
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
    return [`${by} px too wide: ${nameOf(box)}, for ${innermost.slice(0, 4).map(nameOf).join(' and ')}`];
  }

  /** Whether a box between the two hides or scrolls what sticks out of it. */
  function isWithin({ parentElement: parent }: Element, box: Element): boolean {
    if (parent === null || parent === box) return false;
    return getComputedStyle(parent).overflowX !== 'visible' || isWithin(parent, box);
  }

  /** Nothing can be scrolled to where a fixed box goes over the edge: its end is never seen. */
  function overTheEdge(element: HTMLElement): string[] {
    const { left, right, width } = element.getBoundingClientRect();
    const isOut = right > root.clientWidth + 0.5 || left < -0.5;
    return width > 1 && isOut ? [`over the edge: ${nameOf(element)}`] : [];
  }

  function nameOf(element: Element): string {
    if (element === root) return 'the page';
    const classes = (element.getAttribute('class') ?? '').slice(0, 60);
    const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 40);
    return `<${element.tagName.toLowerCase()} class="${classes}">${text}`;
  }

  /** Words that take two lines. */
  function brokenWords(): string[] {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const takesLines = () => new Set([...range.getClientRects()].map(({ top }) => top)).size > 1;
    const broken: string[] = [];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      range.selectNodeContents(text);
      // Most texts are on one line, and no word of theirs is asked for.
      if (!takesLines()) continue;
      if (text.parentElement?.closest('script, style, noscript, textarea, option, pre, .sr-only')) continue;
      // Without a hyphen or a slash, after which a line may end, and no longer than words are.
      for (const { index, 0: word } of (text.textContent ?? '').matchAll(/(?<!\S)\p{L}{3,24}(?!\S)/gu)) {
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        if (takesLines()) broken.push(`broken: ${word}`);
      }
    }
    return broken;
  }
}
