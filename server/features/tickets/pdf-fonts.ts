import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { Font } from 'fontkit';
import { memo, memoPer } from '../../memo.ts';
import type { ObjectNumber, PdfFile } from './pdf-file.ts';
import { pdfNumber as n, utf16Hex } from './pdf-file.ts';
import { type PlacedGlyph, shape } from './shape.ts';
import type { Run } from './typeset.ts';

/** The fonts of one PDF. Each has only the glyphs that the PDF needs. */
export interface DocumentFonts {
  /** Notes which letters of a font a run needs, and returns the font's name in the PDF. */
  use(run: Run): string;
  /** The operators that show a run whose baseline begins at (left, baseline). To be called after use() of all runs. */
  show(run: Run, left: number, baseline: number, size: number): string;
  /** Writes the fonts, and returns them as the entries of a dictionary. */
  write(file: PdfFile): string;
}

interface UsedFont {
  name: string;
  font: Font;
  /** The glyphs that the font's beginning does not have, by their key. */
  others: Map<string, PlacedGlyph>;
}

export function createDocumentFonts(): DocumentFonts {
  const used = new Map<string, UsedFont>();
  const fontOf = (run: Run) => used.get(run.face.path) as UsedFont;
  return {
    use(run) {
      const { font, path } = run.face;
      let entry = used.get(path);
      if (!entry) {
        entry = { name: `F${used.size + 1}`, font, others: new Map() };
        used.set(path, entry);
      }
      for (const glyph of shapeRun(run).others) entry.others.set(keyOf(glyph), glyph);
      return entry.name;
    },
    show(run, left, baseline, size) {
      const shaped = shapeRun(run);
      const start = `1 0 0 -1 ${n(left)} ${n(baseline)} Tm `;
      // Most runs look the same in every PDF.
      if (shaped.always !== null) return start + shaped.always;
      const { font, others } = fontOf(run);
      return showGlyphs(shaped.glyphs, codesOf(font, others), left, baseline, size);
    },
    write(file) {
      const entries: string[] = [];
      for (const { name, font, others } of used.values())
        entries.push(`/${name} ${writeFont(file, font, subsetOf(font, others))} 0 R`);
      return entries.join(' ');
    },
  };
}

interface ShapedRun {
  glyphs: PlacedGlyph[];
  /** Those that are not in the beginning of the font's subset. */
  others: PlacedGlyph[];
  /** The operator that shows the run, if it is the same in every PDF. */
  always: string | null;
}

const shapeRun = memoPer(({ face: { font }, text, rightToLeft }: Run): ShapedRun => {
  const { glyphs } = shape(font, text, rightToLeft);
  const { codes } = beginningOf(font);
  const others = glyphs.filter((glyph) => !codes.has(keyOf(glyph)));
  const isPlain = others.length === 0 && glyphs.every(({ dx, dy }) => dx === 0 && dy === 0);
  return {
    glyphs,
    others,
    always: isPlain ? showGlyphs(glyphs, codes, 0, 0, 1).replace(/^.*Tm /, '') : null,
  };
});

/**
 * Shows glyphs. Arrays hold the glyphs' codes, and where the next glyph is not a glyph's width away, the difference. A
 * glyph beside the pen's position, such as an accent, gets a place of its own.
 */
function showGlyphs(
  glyphs: PlacedGlyph[],
  codes: Map<string, string>,
  left: number,
  baseline: number,
  size: number,
): string {
  const operators: string[] = [];
  let array = '';
  let hex = '';
  let pen = 0;
  const place = (dx: number, dy: number) =>
    operators.push(`1 0 0 -1 ${n(left + ((pen + dx) * size) / 1000)} ${n(baseline - (dy * size) / 1000)} Tm`);
  const flush = () => {
    if (hex) array += `<${hex}>`;
    if (array) operators.push(`[${array}] TJ`);
    array = '';
    hex = '';
  };
  let isBeside = true;
  for (const glyph of glyphs) {
    const { width, advance, dx, dy } = glyph;
    const moves = dx !== 0 || dy !== 0;
    if (moves || isBeside) {
      flush();
      place(dx, dy);
      isBeside = moves;
    }
    hex += codes.get(keyOf(glyph));
    if (advance !== width && !moves) {
      array += `<${hex}>${n(width - advance)}`;
      hex = '';
    }
    pen += advance;
  }
  flush();
  return operators.join(' ');
}

/**
 * Names a glyph with the letters for which it stands. Arabic letters share their glyphs (yeh and teh differ by dots that
 * are glyphs of their own). So a glyph with other letters has another code, and copied text has the right letters.
 */
const keyOf = ({ id, codePoints }: PlacedGlyph): string => `${id} ${codePoints.join(' ')}`;

/** The codes of glyphs in a PDF: four hexadecimal digits. */
interface Codes {
  codes: Map<string, string>;
  glyphs: PlacedGlyph[];
}

/** Code 0 stands for a missing glyph. */
const toCodes = (glyphs: PlacedGlyph[], before = new Map<string, string>()): Map<string, string> =>
  new Map([
    ...before,
    ...glyphs.map((glyph, i): [string, string] => [
      keyOf(glyph),
      (before.size + i + 1).toString(16).padStart(4, '0'),
    ]),
  ]);

/** ASCII, the letters of western Europe, and the punctuation of dates and prices. */
const beginning = [
  ...Array.from({ length: 0x5f }, (_, i) => 0x20 + i),
  ...Array.from({ length: 0x40 }, (_, i) => 0xc0 + i),
  ...[...'·–—‘’“”…€£'].map((letter) => letter.codePointAt(0) as number),
];

/**
 * The glyphs with which every subset of a font begins. Tickets of different people differ in a few letters. With this
 * beginning most tickets have the same subset, so its file is written and compressed once. It adds 9 kB to a PDF. A font
 * for other scripts begins with nothing.
 */
const beginningOf = memoPer((font: Font): Codes => {
  const hasAll = beginning.every((codePoint) => font.hasGlyphForCodePoint(codePoint));
  const glyphs = hasAll ? beginning.map((codePoint) => alone(font, codePoint)) : [];
  return { glyphs, codes: toCodes(glyphs) };
});

function alone(font: Font, codePoint: number): PlacedGlyph {
  const { id, advanceWidth } = font.glyphForCodePoint(codePoint);
  const width = (advanceWidth * 1000) / font.unitsPerEm;
  return { id, codePoints: [codePoint], width, advance: width, dx: 0, dy: 0 };
}

interface Subset extends Codes {
  /** Six capitals, as PDF names subsets. Programs that join PDFs may take fonts with one name for one font. */
  tag: string;
  /** The font's file and the list of its letters, compressed. */
  file: Uint8Array;
  fileBytes: number;
  letters: Uint8Array;
  /** The widths of all codes, as an array of a PDF. */
  widths: string;
}

/** At 10 to 20 kB each. */
const subsets = memo<Subset>(200);

const codesOf = (font: Font, others: Map<string, PlacedGlyph>) => subsetOf(font, others).codes;

/** The subset has its other glyphs in a fixed order, so that PDFs with the same letters share it. */
function subsetOf(font: Font, others: Map<string, PlacedGlyph>): Subset {
  const keys = [...others.keys()].sort();
  return subsets(`${font.postscriptName} ${keys.join(',')}`, () => {
    const start = beginningOf(font);
    const added = keys.map((key) => others.get(key) as PlacedGlyph);
    const glyphs = [...start.glyphs, ...added];
    const file = writeSubset(font, glyphs);
    const widths = [
      font.getGlyph(0).advanceWidth * (1000 / font.unitsPerEm),
      ...glyphs.map(({ width }) => width),
    ];
    return {
      tag: tagOf(keys.join()),
      glyphs,
      codes: toCodes(added, start.codes),
      // The fastest level: the file is 2 % larger, and a rare letter delays its mail less.
      file: deflateSync(file, { level: 1 }),
      fileBytes: file.length,
      letters: deflateSync(listLetters(glyphs)),
      widths: `[0 [${widths.map(n).join(' ')}]]`,
    };
  });
}

const tagOf = (text: string): string =>
  [...createHash('sha256').update(text).digest().subarray(0, 6)]
    .map((byte) => String.fromCharCode(0x41 + (byte % 26)))
    .join('');

/** The types leave out the list of the subset's glyphs, which may have a glyph twice. */
function writeSubset(font: Font, glyphs: PlacedGlyph[]): Uint8Array {
  const subset = font.createSubset() as unknown as { glyphs: number[]; encode(): Uint8Array };
  for (const { id } of glyphs) subset.glyphs.push(id);
  return subset.encode();
}

/** The table from which readers copy text: the letters of each code. */
function listLetters(glyphs: PlacedGlyph[]): string {
  const entries = glyphs.map(({ codePoints }) => `<${utf16Hex(String.fromCodePoint(...codePoints))}>`);
  const ranges: string[] = [];
  // A range must not cross a boundary of 256 codes. Code 0 has no letters.
  for (let start = 0; start <= entries.length; start += 256) {
    const texts = [...(start === 0 ? ['<0000>'] : []), ...entries.slice(Math.max(0, start - 1), start + 255)];
    if (texts.length > 0)
      ranges.push(`<${hex4(start)}> <${hex4(start + texts.length - 1)}> [${texts.join(' ')}]`);
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    '<0000> <ffff>',
    'endcodespacerange',
    `${ranges.length} beginbfrange`,
    ...ranges,
    'endbfrange',
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n');
}

const hex4 = (value: number): string => value.toString(16).padStart(4, '0');

/** Writes a font as PDF has it: the font, its glyphs' widths, its measures and its file. */
function writeFont(file: PdfFile, font: Font, subset: Subset): ObjectNumber {
  const scale = 1000 / font.unitsPerEm;
  const name = `/${subset.tag}+${font.postscriptName.replaceAll(' ', '_')}`;
  const { minX, minY, maxX, maxY } = font.bbox;
  const box = [minX, minY, maxX, maxY].map((value) => n(value * scale)).join(' ');
  const fontFile = file.writeStream(subset.file, ` /Length1 ${subset.fileBytes}`);
  const letters = file.writeStream(subset.letters);
  // Flag 4: the font may have any characters.
  const descriptor = file.write(
    `<< /Type /FontDescriptor /FontName ${name} /Flags 4 /FontBBox [${box}] /ItalicAngle ${n(font.italicAngle)} ` +
      `/Ascent ${n(font.ascent * scale)} /Descent ${n(font.descent * scale)} ` +
      `/CapHeight ${n((font.capHeight || font.ascent) * scale)} /XHeight ${n((font.xHeight || 0) * scale)} ` +
      `/StemV 0 /FontFile2 ${fontFile} 0 R >>`,
  );
  const descendant = file.write(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont ${name} /CIDToGIDMap /Identity /FontDescriptor ${descriptor} 0 R ` +
      `/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W ${subset.widths} >>`,
  );
  return file.write(
    `<< /Type /Font /Subtype /Type0 /BaseFont ${name} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] ` +
      `/ToUnicode ${letters} 0 R >>`,
  );
}
