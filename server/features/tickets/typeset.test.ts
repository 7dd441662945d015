import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, type Fit, piecesOf, typeset, wordPieces } from './typeset.ts';

const title: Fit = { width: 450, size: 30, minSize: 15, maxLines: 3, bold: true };
/** The text of each line from left to right, with a bar between runs. */
const seen = (block: Block) => block.lines.map((line) => line.runs.map((run) => run.text).join('|'));
const fontsOf = (block: Block) =>
  block.lines.flatMap((line) => line.runs.map((run) => run.face.font.postscriptName));

test('ASCII takes a short way, which breaks and measures like the general one', () => {
  const words = fc.array(
    fc.oneof(
      fc.string({ unit: fc.constantFrom(...' -aZ09.,:;!?"\'()/&_@'), maxLength: 12 }),
      fc.constantFrom('AV', 'To', 'well-known', '19:30', ' - ', '--'),
    ),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(words, (parts) => {
      const text = parts.join(' ').replaceAll(/ +/g, ' ').trim();
      expect(piecesOf(text)).toEqual(wordPieces(text));
      // A word of another script at the end sends the whole text the general way.
      const fit: Fit = { width: 1e6, size: 10, maxLines: 1 };
      const [alone, longer] = [typeset(`${text} x`, fit), typeset(`${text} x é`, fit)];
      const rest = typeset('é', fit);
      expect(seen(longer).join('')).toBe(`${seen(alone).join('')} é`);
      const space =
        (longer.lines[0]?.widthEm ?? 0) - (alone.lines[0]?.widthEm ?? 0) - (rest.lines[0]?.widthEm ?? 0);
      expect(space).toBeGreaterThan(0);
      expect(space).toBeLessThan(0.4);
    }),
  );
});

describe('setting a text', () => {
  test('a short one stays large and on one line', () => {
    const block = typeset('Night Shift', title);
    expect([block.size, block.isCut, seen(block)]).toEqual([30, false, ['Night Shift']]);
  });

  test('a long one breaks between words, then shrinks, then is cut', () => {
    const broken = typeset('A Midsummer Night’s Dream in the Old Town Square', title);
    expect([broken.size, seen(broken)]).toEqual([
      30,
      ['A Midsummer Night’s Dream', 'in the Old Town Square'],
    ]);
    const shrunk = typeset('The quick brown fox jumps over the lazy dog. '.repeat(2), title);
    expect(shrunk.size).toBeLessThan(30);
    expect([shrunk.lines.length, shrunk.isCut]).toEqual([3, false]);
    const cut = typeset('The quick brown fox jumps over the lazy dog. '.repeat(9), title);
    expect([cut.size, cut.lines.length, cut.isCut]).toEqual([15, 3, true]);
    expect(seen(cut).at(-1)).toMatch(/…$/);
  });

  test('a word that is wider than the line is broken inside', () => {
    const block = typeset('Donaudampfschifffahrtsgesellschaftskapitänsmütze', {
      width: 120,
      size: 12,
      maxLines: 5,
    });
    expect(block.lines.length).toBeGreaterThan(1);
    expect(seen(block).join('')).toBe('Donaudampfschifffahrtsgesellschaftskapitänsmütze');
  });

  test('balanced lines are of about the same length', () => {
    const text = 'Midnight Current: Kiasmos and friends';
    const [greedy, balanced] = [typeset(text, title), typeset(text, { ...title, balanced: true })];
    const raggedness = (block: Block) =>
      Math.abs((block.lines[0]?.widthEm ?? 0) - (block.lines[1]?.widthEm ?? 0));
    expect([greedy.lines.length, balanced.lines.length]).toEqual([2, 2]);
    expect(raggedness(balanced)).toBeLessThan(raggedness(greedy));
  });

  test('Japanese breaks without spaces, but not before closing punctuation', () => {
    const block = typeset('東京フィルハーモニー交響楽団「第九」特別演奏会〜歓喜の歌〜。', {
      width: 150,
      size: 20,
      maxLines: 9,
    });
    expect(block.lines.length).toBeGreaterThan(2);
    for (const line of seen(block)) expect(line).not.toMatch(/^[」。ー]|「$/);
  });

  test('right-to-left text starts at the right, its numbers and brackets the right way round', () => {
    const hebrew = typeset('ערב (2026) עם DJ Shadow', { width: 900, size: 20, maxLines: 1 });
    expect(hebrew.rightToLeft).toBe(true);
    const [line] = hebrew.lines;
    // From left to right the last words come first. The brackets belong to the Hebrew text and are mirrored.
    expect(line?.runs[0]?.text).toBe('DJ Shadow');
    expect(line?.runs.map((run) => run.text)).toContain('2026');
    expect(line?.runs.at(-1)?.text).toMatch(/ערב/);
    const brackets = line?.runs.flatMap((run) =>
      run.rightToLeft ? [...run.text].filter((c) => '()'.includes(c)) : [],
    );
    expect(brackets?.sort()).toEqual(['(', ')']);
    const english = typeset('Concert: אמנון', { width: 900, size: 20, maxLines: 1 });
    expect([english.rightToLeft, english.lines[0]?.runs[0]?.text]).toEqual([false, 'Concert: ']);
  });

  test('each script is set in a font that has it', () => {
    const text = 'Żółć Ελλάδα Москва שלום سلام 東京 서울';
    const fonts = fontsOf(typeset(text, { width: 2000, size: 12, maxLines: 1 })).join(' ');
    for (const name of ['Inter', 'NotoSansHebrew', 'NotoSansArabic', 'MotoyaLCedar', 'Gowun'])
      expect(fonts).toContain(name);
    expect(fontsOf(typeset('上海国际爵士音乐节', title)).join(' ')).toContain('ZCOOL');
  });

  test('a character that no font has is a visible square, an emoji is left out', () => {
    expect(seen(typeset('Party 🎉👩‍👩‍👧 now ᠮ', { width: 400, size: 12, maxLines: 1 }))).toEqual([
      'Party now □',
    ]);
    expect(seen(typeset('\u202eevil\u202c\u0007 text\nhere', { width: 400, size: 12, maxLines: 1 }))).toEqual(
      ['evil text here'],
    );
  });

  test('nothing is empty, and no line is ever wider than it may be', () => {
    expect(typeset('', title).lines).toEqual([]);
    expect(typeset('🎉', title).lines).toEqual([]);
    const letters = fc.constantFrom(
      ...'aW .-(שלسم東京はー「」가é🎉\u0301\u200f1'.split(''),
      '👩‍👩‍👧',
      'ß'.repeat(30),
    );
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 80 }), fc.integer({ min: 60, max: 300 }), (parts, width) => {
        const block = typeset(parts.join(''), { width, size: 14, minSize: 9, maxLines: 3 });
        expect(block.lines.length).toBeLessThanOrEqual(3);
        for (const line of block.lines) expect(line.widthEm * block.size).toBeLessThanOrEqual(width + 0.001);
      }),
      { numRuns: 150 },
    );
  });
});
