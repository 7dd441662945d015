import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { memo } from '../../memo.ts';

/** One font file. */
export interface Face {
  font: Font;
  /** The file. Faces of one file share one embedded font in a PDF. */
  path: string;
  /** True if the family has no bold cut. A thin outline replaces it. */
  boldIsFaked: boolean;
}

interface Family {
  regular: string;
  bold?: string;
}

const inter = { regular: 'inter/400Regular/Inter_400Regular.ttf', bold: 'inter/700Bold/Inter_700Bold.ttf' };
const hebrew = {
  regular: 'noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf',
  bold: 'noto-sans-hebrew/700Bold/NotoSansHebrew_700Bold.ttf',
};
const arabic = {
  regular: 'noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  bold: 'noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf',
};
const noto = (script: string, name: string): Family => ({
  regular: `noto-sans-${script}/400Regular/NotoSans${name}_400Regular.ttf`,
  bold: `noto-sans-${script}/700Bold/NotoSans${name}_700Bold.ttf`,
});
/** Scripts that one family each has, by their code points: such a file is opened only for a text that needs it. */
const rarer: [from: number, to: number, Family][] = [
  [0x0530, 0x058f, noto('armenian', 'Armenian')],
  [0xfb13, 0xfb17, noto('armenian', 'Armenian')],
  [0x0900, 0x097f, noto('devanagari', 'Devanagari')],
  [0xa8e0, 0xa8ff, noto('devanagari', 'Devanagari')],
  [0x0e00, 0x0e7f, noto('thai', 'Thai')],
  [0x10a0, 0x10ff, noto('georgian', 'Georgian')],
  [0x1c90, 0x1cbf, noto('georgian', 'Georgian')],
  [0x2d00, 0x2d2f, noto('georgian', 'Georgian')],
  [0x1200, 0x139f, noto('ethiopic', 'Ethiopic')],
  [0x2d80, 0x2ddf, noto('ethiopic', 'Ethiopic')],
  [0xab00, 0xab2f, noto('ethiopic', 'Ethiopic')],
];
const japanese = { regular: 'kosugi/Kosugi_400Regular.ttf' };
const chinese = { regular: 'zcool-xiaowei/400Regular/ZCOOLXiaoWei_400Regular.ttf' };
/**
 * The rare characters of names (堃 喆 𠮷): all 27,584 Han characters of Unicode's first block and extension A, and 3,602 of
 * extension B. The file is 12 MB, so it is opened only for a text that no other font can set.
 */
const rareHan = { regular: 'chocolate-classical-sans/400Regular/ChocolateClassicalSans_400Regular.ttf' };
const korean = { regular: 'gowun-dodum/400Regular/GowunDodum_400Regular.ttf' };

// Latin, Greek and Cyrillic come first. Several families have Han characters: fontsFor() prefers the one that has all
// characters of a text.
const families: Family[] = [inter, hebrew, arabic, japanese, chinese, korean];
const east = [japanese, chinese, korean];

const require = createRequire(import.meta.url);
/** More than there are font files. */
const opened = memo<Face>(100);

/** Opens a font file once per process. Only the files that a text needs are read. */
function open(family: Family, bold: boolean): Face {
  const path = (bold && family.bold) || family.regular;
  return opened(`${bold} ${path}`, () => {
    const font = create(readFileSync(require.resolve(`@expo-google-fonts/${path}`)));
    if ('fonts' in font) throw new Error(`${path} is a collection of fonts`);
    return { font: keepLetters(font), path, boldIsFaked: bold && !family.bold };
  });
}

/** fontkit keeps each glyph with the letters of its first use, and Arabic letters share glyphs. */
function keepLetters(font: Font): Font {
  const getGlyph = font.getGlyph.bind(font);
  font.getGlyph = (id, letters: number[] = []) => {
    const glyph = getGlyph(id, letters);
    if (glyph.codePoints.join() === letters.join()) return glyph;
    return Object.create(glyph, { codePoints: { value: letters } });
  };
  return font;
}

/**
 * Chooses a face for each code point of a text, or null if no shipped font has it. A space or comma takes the face of
 * the word before it, so that a line has few runs.
 */
export function chooseFaces(codePoints: number[], bold: boolean): (Face | null)[] {
  const order = fontsFor(codePoints);
  let last: Face | null = null;
  return codePoints.map((codePoint) => {
    if (last && isNeutral(codePoint) && last.font.hasGlyphForCodePoint(codePoint)) return last;
    const family = order.find((candidate) => open(candidate, bold).font.hasGlyphForCodePoint(codePoint));
    last = family ? open(family, bold) : null;
    return last;
  });
}

function fontsFor(codePoints: number[]): Family[] {
  const eastern = codePoints.filter(
    (codePoint) =>
      (codePoint >= 0x2e80 && codePoint <= 0xffef) || (codePoint >= 0x20000 && codePoint <= 0x3ffff),
  );
  const others = rarer.flatMap(([from, to, family]) =>
    codePoints.some((each) => each >= from && each <= to) ? [family] : [],
  );
  if (eastern.length === 0) return [...families.slice(0, 3), ...others];
  const missing = (family: Family) => {
    const { font } = open(family, false);
    return eastern.filter((codePoint) => !font.hasGlyphForCodePoint(codePoint)).length;
  };
  const isKnown = (codePoint: number) =>
    east.some((family) => open(family, false).font.hasGlyphForCodePoint(codePoint));
  const able = eastern.every(isKnown) ? east : [...east, rareHan];
  const best = able
    .map((family) => ({ family, missing: missing(family) }))
    .sort((a, b) => a.missing - b.missing);
  return [inter, hebrew, arabic, ...others, ...best.map(({ family }) => family)];
}

const isNeutral = (codePoint: number): boolean => /[\p{P}\p{Zs}]/u.test(String.fromCodePoint(codePoint));
