import type { Person } from './browsers.ts';

/** The narrowest phone that is still sold. No page changes its layout between this width and that of larger phones. */
const phone = { width: 320, height: 844 };
/** Font sizes: the page's own, and twice as large. */
const sizes = ['100%', '200%'];

/** Fonts to draw a page with, by name. An empty list of families means the page's own. */
type Letters = Record<string, string>;

/**
 * Finds everything on the page that can be scrolled sideways on a phone: at each font size, with each of the given fonts.
 * The page loads once and is drawn again for each, in one call to the browser. `whole` is a
 * part of the page that shows that all of it is there.
 */
export async function scrollsSideways(
  { page }: Person,
  letters: Letters,
  whole = 'header select',
): Promise<string[]> {
  // The program adds the controls at the top; the server's first screen has none.
  await page.locator(whole).waitFor();
  await page.locator('main :is(h1, h2, [role=application])').first().waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  await page.setViewportSize(phone);
  return page.evaluate(findWide, { sizes, letters });
}

/**
 * Runs in the page: draws it in each way and names each box whose content is wider, with the part that sticks out.
 */
async function findWide({ sizes, letters }: { sizes: string[]; letters: Letters }): Promise<string[]> {
  const { documentElement: root } = document;
  const found: string[] = [];
  // What a reader can open is measured open. Of many parts, like the entries of a log, three stand for all.
  const opened = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')].slice(0, 3);
  for (const part of opened) part.open = true;
  for (const size of sizes) {
    root.style.fontSize = size;
    // Observers of the page's size hear of the change before the second frame.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    // Which boxes scroll and which are fixed does not depend on the font, so this looks them up once.
    const all = [...document.body.querySelectorAll<HTMLElement>('*:not(svg *)')];
    const styles = all.map((element) => getComputedStyle(element));
    const boxes = all.filter((element, i) => scrolls(element, styles[i]?.overflowX ?? ''));
    const fixed = all.filter((_, i) => styles[i]?.position === 'fixed');
    for (const [name, families] of Object.entries(letters)) {
      if (families === '') root.style.removeProperty('--font-sans');
      else root.style.setProperty('--font-sans', families);
      const wide = [...[root, ...boxes].flatMap((box) => tooWide(box, all)), ...fixed.flatMap(overTheEdge)];
      // At double size words may take two lines. At the page's own size every word must fit.
      if (size === '100%') wide.push(...brokenWords());
      found.push(...wide.map((what) => `text at ${size}, ${name}: ${what}`));
    }
    root.style.removeProperty('--font-sans');
  }
  root.style.removeProperty('font-size');
  for (const part of opened) part.open = false;
  return found;

  function scrolls(element: Element, overflow: string): boolean {
    return (
      ['auto', 'scroll'].includes(overflow) &&
      // A row that is meant to be swiped has a class that says so. Text fields and frames scroll in their own way.
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

  /** True if a box between the two hides or scrolls what sticks out. */
  function isWithin({ parentElement: parent }: Element, box: Element): boolean {
    if (parent === null || parent === box) return false;
    return getComputedStyle(parent).overflowX !== 'visible' || isWithin(parent, box);
  }

  /** A fixed box that exceeds the screen can't be scrolled, so nobody ever sees its end. */
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
      // The browser would lay out a closed part anew for each of its texts: 5 s for a log.
      if (text.parentElement?.closest('details:not([open]) > :not(summary)')) continue;
      range.selectNodeContents(text);
      // Most texts are on one line, so their words need no check.
      if (!takesLines()) continue;
      if (text.parentElement?.closest('script, style, noscript, textarea, option, pre, .sr-only')) continue;
      // Words without a hyphen or slash, after which a line may end, and of a usual length.
      for (const { index, 0: word } of (text.textContent ?? '').matchAll(/(?<!\S)\p{L}{3,24}(?!\S)/gu)) {
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        if (takesLines()) broken.push(`broken: ${word}`);
      }
    }
    return broken;
  }
}
