import type { Font, GlyphRun } from 'fontkit';
import { memo, memoPer } from '../../memo.ts';

/** A glyph in its place. All lengths are in thousandths of an em. */
export interface PlacedGlyph {
  id: number;
  /** The letters that the glyph stands for in this place. */
  codePoints: number[];
  /** The width that the font gives the glyph. */
  width: number;
  /** The way to the next glyph: the width with kerning. */
  advance: number;
  /** The way from the pen's position to the glyph's, to the right and upwards. */
  dx: number;
  dy: number;
}

interface ShapedText {
  /** From left to right. */
  glyphs: PlacedGlyph[];
  /** In ems: points at a font size of one point. */
  widthEm: number;
}

/**
 * Chooses and places the glyphs of a text that one font sets. Text from left to right is shaped word by word, so that words
 * are found in the cache. Text from right to left is shaped as a whole, because its words are in the other order.
 */
export function shape(font: Font, text: string, rightToLeft: boolean): ShapedText {
  const shapeWord = wordShaper(font);
  if (rightToLeft) return shapeWord(text);
  const words = text.match(/ +|[^ ]+ ?/g) ?? [];
  return words.length === 1 ? shapeWord(text) : joined(words.map(shapeWord));
}

/** An order's number, or a ticket's: each order has its own, so a cache of words would never have it. */
const code = /^(?=\S*\d)\w{6,}[.,;)]? ?$/;
/** Most names of people. Each buyer has another. */
const letters = /^[A-Za-zÀ-ÖØ-öø-ÿ]+ ?$/;

/** An event's own words are a hundred. A word takes about 2 kB. */
const mostWords = 1000;
const mostPairs = 5000;

/** The shaping of words by one font, with its caches. */
const wordShaper = memoPer((font: Font) => {
  const words = memo<ShapedText>(mostWords);
  const pairs = memo<PlacedGlyph | 'joined'>(mostPairs);
  const singles = memo<ShapedText>(mostPairs);
  const shapeAlone = (text: string) => singles(text, () => placed(font, font.layout(text)));

  /**
   * Places each letter as before its next letter alone. It gives what the shaper gives for the whole word, which takes
   * fifty times as long. Null if the font joins two of the letters.
   */
  function shapeByPairs(text: string): ShapedText | null {
    const glyphs: PlacedGlyph[] = [];
    for (let i = 0; i < text.length; i++) {
      const pair = text.slice(i, i + 2);
      const glyph = pairs(pair, () => firstOfPair(shapeAlone, pair));
      if (glyph === 'joined') return null;
      glyphs.push(glyph);
    }
    return { glyphs, widthEm: widthOf(glyphs) };
  }

  return (text: string): ShapedText => {
    // A code needs no kerning.
    if (code.test(text)) return joined([...text].map(shapeAlone));
    return (letters.test(text) && shapeByPairs(text)) || words(text, () => placed(font, font.layout(text)));
  };
});

/** The first glyph of two letters, with the kerning between them. A single letter is the last of its word. */
function firstOfPair(shapeAlone: (text: string) => ShapedText, pair: string): PlacedGlyph | 'joined' {
  const both = shapeAlone(pair).glyphs;
  const apart = [...pair].flatMap((letter) => shapeAlone(letter).glyphs);
  const isJoined = both.length !== pair.length || both.some(({ id }, i) => id !== apart[i]?.id);
  return isJoined ? 'joined' : (both[0] as PlacedGlyph);
}

function placed(font: Font, { glyphs, positions }: GlyphRun): ShapedText {
  const scale = 1000 / font.unitsPerEm;
  const all = glyphs.map(({ id, codePoints, advanceWidth }, i) => {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[i] ?? {};
    return {
      id,
      codePoints,
      width: advanceWidth * scale,
      advance: xAdvance * scale,
      dx: xOffset * scale,
      dy: yOffset * scale,
    };
  });
  return { glyphs: all, widthEm: widthOf(all) };
}

const joined = (parts: ShapedText[]): ShapedText => ({
  glyphs: parts.flatMap(({ glyphs }) => glyphs),
  widthEm: parts.reduce((sum, { widthEm }) => sum + widthEm, 0),
});

const widthOf = (glyphs: PlacedGlyph[]): number =>
  glyphs.reduce((sum, { advance }) => sum + advance, 0) / 1000;
