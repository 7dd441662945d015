import { deflateSync } from 'node:zlib';
import { memo } from '../../memo.ts';

interface Glyph {
  id: number;
  codePoints: number[];
  advanceWidth: number;
}

/** The parts of the PDF writer's font that its types leave out. */
interface EmbeddedFont {
  subset: {
    glyphs: number[];
    mapping: Record<number, number>;
    includeGlyph(id: number): number;
    encode(): Uint8Array;
  };
  font: { postscriptName: string; glyphForCodePoint(codePoint: number): Glyph };
  document: { ref(fields?: object): { end(content: string | Uint8Array): void } };
  /** The letters and the width of each glyph of the subset. */
  unicode: number[][];
  widths: number[];
  scale: number;
  layout(text: string, features?: unknown): { glyphs: Glyph[]; positions: unknown[] };
  encode(text: string, features?: unknown): [string[], unknown[]];
  embed(): void;
  toUnicodeCmap(): unknown;
  isPrepared?: true;
}

/** Prepares the current font of a document before its first use. */
export function prepareFont(doc: PDFKit.PDFDocument): void {
  const font = (doc as unknown as { _font: EmbeddedFont })._font;
  if (font.isPrepared) return;
  font.isPrepared = true;
  const known = beginWithAscii(font);
  tellLetters(font, known);
  embedOnce(font);
  listLettersOnce(font);
}

/** A subset with the letters of ASCII, to begin with. */
interface Beginning {
  glyphs: number[];
  mapping: Record<number, number>;
  unicode: number[][];
  widths: number[];
  known: Map<string, number>;
}

const beginnings = memo<Beginning | null>(100);

/**
 * Gives the subset all letters of ASCII, so that most tickets of an event have the same subset and embedOnce() can use it
 * again. Tickets of one person differ in a few letters. It adds 5 KB to a PDF. Other scripts begin with nothing.
 */
function beginWithAscii(font: EmbeddedFont): Map<string, number> {
  const beginning = beginnings(font.font.postscriptName, () => readAscii(font));
  if (!beginning) return new Map();
  font.subset.glyphs.push(...beginning.glyphs);
  Object.assign(font.subset.mapping, beginning.mapping);
  font.unicode.push(...beginning.unicode);
  font.widths.push(...beginning.widths);
  return new Map(beginning.known);
}

function readAscii({ font, scale }: EmbeddedFont): Beginning | null {
  const beginning: Beginning = { glyphs: [], mapping: {}, unicode: [], widths: [], known: new Map() };
  for (let codePoint = 0x20; codePoint < 0x7f; codePoint++) {
    const { id, advanceWidth } = font.glyphForCodePoint(codePoint);
    if (id === 0) return null;
    const glyph = beginning.glyphs.push(id);
    beginning.mapping[id] = glyph;
    beginning.unicode.push([codePoint]);
    beginning.widths.push(advanceWidth * scale);
    beginning.known.set(keyOf(id, [codePoint]), glyph);
  }
  return beginning;
}

const keyOf = (id: number, codePoints: number[]) => `${id} ${codePoints.join(' ')}`;

/**
 * Makes the font of a document say for each glyph which letters it stands for there. Arabic letters share their glyphs (yeh
 * and teh differ by dots that are glyphs of their own), and the writer remembers only the letters of a glyph's first use, so
 * that text copied out of the PDF had other letters. A glyph with other letters becomes another glyph of the font.
 */
function tellLetters(font: EmbeddedFont, known: Map<string, number>): void {
  font.encode = (text, features) => {
    const { glyphs, positions } = font.layout(text, features);
    const codes = glyphs.map(({ id, codePoints, advanceWidth }) => {
      const key = keyOf(id, codePoints);
      let glyph = known.get(key);
      if (glyph === undefined) {
        glyph = font.subset.includeGlyph(id);
        if (font.unicode[glyph]) glyph = font.subset.glyphs.push(id) - 1;
        known.set(key, glyph);
        font.widths[glyph] = advanceWidth * font.scale;
        font.unicode[glyph] = codePoints;
      }
      return glyph.toString(16).padStart(4, '0');
    });
    return [codes, positions];
  };
}

/** Compressed font files of 10 to 20 kB, by font and glyphs. */
const files = memo<Buffer>(200);

/**
 * Uses the font file of another document that has the same glyphs. To write and compress the files of a ticket's two fonts
 * was a third of its time.
 */
function embedOnce(font: EmbeddedFont): void {
  const embed = font.embed.bind(font);
  font.embed = () => {
    const { subset, document } = font;
    const encode = subset.encode.bind(subset);
    const key = `${font.font.postscriptName} ${subset.glyphs.join(' ')}`;
    subset.encode = () => files(key, () => deflateSync(encode()));
    // The first object that it makes is the font file, which is compressed already.
    const ref = document.ref.bind(document);
    document.ref = (fields) => {
      document.ref = ref;
      return ref({ ...fields, Filter: 'FlateDecode' });
    };
    embed();
  };
}

/** Does the same with the list of the letters that the glyphs stand for. */
function listLettersOnce(font: EmbeddedFont): void {
  const { toUnicodeCmap } = font;
  font.toUnicodeCmap = () => {
    const { unicode } = font;
    const list = font.document.ref({ Filter: 'FlateDecode' });
    list.end(files(`letters ${unicode.join(' ')}`, () => deflateSync(textOf(toUnicodeCmap, unicode))));
    return list;
  };
}

/** What the PDF writer would write. */
function textOf(toUnicodeCmap: () => unknown, unicode: number[][]): string {
  let text = '';
  const end = (content: string) => {
    text = content;
  };
  const document = { ref: () => ({ end }) };
  toUnicodeCmap.call({ document, unicode });
  return text;
}
