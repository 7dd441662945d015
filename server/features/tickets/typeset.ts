import bidiFactory, { type Bidi } from 'bidi-js';
import { memo } from '../../memo.ts';
import { chooseFaces, type Face } from './fonts.ts';
import { shape } from './shape.ts';

/** Text of one face and one direction, ready to be drawn from left to right. */
export interface Run {
  face: Face;
  text: string;
  /** The same letters in the order in which they are read. */
  logical: string;
  rightToLeft: boolean;
  /** In ems: points at a font size of one point. */
  widthEm: number;
}

interface Line {
  /** From left to right as the reader sees them. */
  runs: Run[];
  widthEm: number;
}

export interface Block {
  /** In points. It is smaller than requested if the text would not fit otherwise. */
  size: number;
  lines: Line[];
  /** The direction of the first letter, which decides where a line starts. */
  rightToLeft: boolean;
  /** True if the text ends in an ellipsis, because it does not fit at any size. */
  isCut: boolean;
}

export interface Fit {
  /** In points. */
  width: number;
  size: number;
  /** The smallest font size before the text is cut with an ellipsis; `size` by default. */
  minSize?: number;
  maxLines: number;
  bold?: boolean;
  /** Makes the lines of equal length instead of leaving one word for the last line. */
  balanced?: boolean;
}

// Control, private and direction characters, and the variation selectors, which combine.
const invisible =
  /[\p{Cc}\p{Co}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\ufe0e\ufe0f]/gu;
// The types describe an ES module, but Node loads the CommonJS one, whose only export is the factory.
const bidi = (bidiFactory as unknown as () => Bidi)();
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const words = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * Breaks a text into lines that fit, in any of the scripts that fonts.ts has. If it does not fit, it first shrinks
 * the text step by step, and cuts it with an ellipsis last. Directions follow the Unicode bidirectional algorithm.
 */
export function typeset(text: string, fit: Fit): Block {
  const { width, size, minSize, maxLines, bold, balanced } = fit;
  const key = [width, size, minSize, maxLines, bold, balanced, text].join(' ');
  return blocks(key, () => setText(text, fit));
}

/** Most texts are on every ticket of an event, and five on one ticket only. A block takes about 1 kB. */
const blocks = memo<Block>(1000);

function setText(text: string, fit: Fit): Block {
  const clean = cleanText(text, fit.bold ?? false);
  const minSize = fit.minSize ?? fit.size;
  const paragraph = read(clean, fit.bold ?? false);
  for (let size = fit.size; size >= minSize; size -= 1) {
    const widthEm = fit.width / size;
    const ranges = wrap(paragraph, widthEm);
    if (ranges.length > fit.maxLines) continue;
    return toBlock(paragraph, fit.balanced ? balance(paragraph, ranges, widthEm) : ranges, size);
  }
  return cut(clean, fit, minSize);
}

/**
 * Finds the longest beginning that fits with an ellipsis. It searches by halving, because each try lays out the whole
 * text.
 */
function cut(text: string, fit: Fit, size: number): Block {
  const clusters = [...graphemes.segment(text)].map(({ segment }) => segment);
  let fits = 0;
  let over = clusters.length;
  const shortened = (count: number) =>
    read(`${clusters.slice(0, count).join('').trimEnd()}…`, fit.bold ?? false);
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (wrap(shortened(middle), fit.width / size).length <= fit.maxLines) fits = middle;
    else over = middle;
  }
  const paragraph = shortened(fits);
  return { ...toBlock(paragraph, wrap(paragraph, fit.width / size), size), isCut: true };
}

/** Finds the narrowest width that needs no more lines. Six halvings come within 1 % of it. */
function balance(paragraph: Paragraph, ranges: Range[], widthEm: number): Range[] {
  let best = ranges;
  let low = widthEm / 2;
  let high = widthEm;
  for (let i = 0; i < 6 && ranges.length > 1; i++) {
    const middle = (low + high) / 2;
    const tried = wrap(paragraph, middle);
    if (tried.length > ranges.length) {
      low = middle;
    } else {
      high = middle;
      best = tried;
    }
  }
  return best;
}

/**
 * Prepares one line of composed characters. It removes control and direction characters, and replaces characters that
 * no font has with a white square. It drops emoji, because they are decoration and a square would only look broken.
 */
function cleanText(text: string, bold: boolean): string {
  if (ascii.test(text)) return text.replaceAll(/ +/g, ' ').trim();
  const visible = text.normalize('NFC').replaceAll(/\s+/g, ' ').replaceAll(invisible, '').trim();
  return [...graphemes.segment(visible)]
    .map(({ segment }) => printable(segment, bold))
    .join('')
    .replaceAll(/ +/g, ' ')
    .trim();
}

function printable(cluster: string, bold: boolean): string {
  const characters = [...cluster];
  const faces = chooseFaces(characters.map(codePointOf), bold);
  if (!faces.includes(null)) return cluster;
  if (/[\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(cluster)) return '';
  // An accent that no font has leaves its letter. Joiners leave nothing.
  return characters
    .map((character, i) => (faces[i] ? character : /[\p{M}\p{Cf}]/u.test(character) ? '' : '□'))
    .join('');
}

const codePointOf = (character: string) => character.codePointAt(0) as number;

interface Paragraph {
  text: string;
  /** The face of each UTF-16 unit. */
  faces: Face[];
  levels: Uint8Array;
  rightToLeft: boolean;
  mirrored: Map<number, string>;
}

function read(text: string, bold: boolean): Paragraph {
  if (ascii.test(text)) return readAscii(text, bold);
  const characters = [...text];
  const chosen = chooseFaces(characters.map(codePointOf), bold);
  const [fallback] = chooseFaces([0x25a1], bold) as [Face];
  const faces = characters.flatMap((character, i) =>
    Array<Face>(character.length).fill(chosen[i] ?? fallback),
  );
  const embedding = bidi.getEmbeddingLevels(text, 'auto');
  return {
    text,
    faces,
    levels: embedding.levels,
    rightToLeft: (embedding.paragraphs[0]?.level ?? 0) % 2 === 1,
    mirrored: bidi.getMirroredCharactersMap(text, embedding.levels),
  };
}

/**
 * Most texts: one face, from left to right, words between spaces. The general way takes ten times as long, and gives the
 * same (typeset.test.ts).
 */
const ascii = /^[\x20-\x7e]*$/;

function readAscii(text: string, bold: boolean): Paragraph {
  const [face] = chooseFaces([0x61], bold) as [Face];
  return {
    text,
    faces: Array<Face>(text.length).fill(face),
    levels: new Uint8Array(text.length),
    rightToLeft: false,
    mirrored: new Map(),
  };
}

type Range = [start: number, end: number];

/** Fills lines greedily with pieces. It breaks a piece that is wider than a line between characters. */
function wrap(paragraph: Paragraph, widthEm: number): Range[] {
  const lines: Range[] = [];
  let line: Range | null = null;
  for (const piece of piecesOf(paragraph.text)) {
    if (line && measure(paragraph, [line[0], piece[1]]) <= widthEm) {
      line[1] = piece[1];
      continue;
    }
    if (line) lines.push(line);
    line = piece;
    while (measure(paragraph, line) > widthEm) {
      const end: number = longestFitting(paragraph, line, widthEm);
      if (end >= line[1]) break;
      lines.push([line[0], end]);
      line = [end, line[1]];
    }
  }
  if (line) lines.push(line);
  return lines.map((range) => trimEnd(paragraph.text, range));
}

/** Returns the end of the first line of a word that is too long for one line; at least one character. */
function longestFitting(paragraph: Paragraph, [start, end]: Range, widthEm: number): number {
  const { text } = paragraph;
  const ends = [...graphemes.segment(text.slice(start, end))].map(
    ({ index, segment }) => start + index + segment.length,
  );
  const tooWide = ends.findIndex((candidate) => measure(paragraph, [start, candidate]) > widthEm);
  if (tooWide < 0) return end;
  const fitting = ends.slice(0, Math.max(tooWide, 1));
  const allowed = (at: number) => !closes.test(text.slice(at, end)) && !opens.test(text.slice(start, at));
  return fitting.findLast(allowed) ?? fitting.at(-1) ?? end;
}

// Scripts without spaces may break between words, but not before closing or after opening punctuation.
const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const closes = /^[\p{Pe}\p{Pf}\p{Po}ー々]/u;
const opens = /[\p{Ps}\p{Pi}]$/u;

/**
 * The pieces between which a line may break: after spaces and hyphens, and between words of scripts without spaces.
 */
export const piecesOf = (text: string): Range[] => (ascii.test(text) ? asciiPieces(text) : wordPieces(text));

export function wordPieces(text: string): Range[] {
  const pieces: Range[] = [];
  for (const { index, segment } of words.segment(text)) {
    const last = pieces.at(-1);
    const before = last ? text.slice(last[0], index) : '';
    const mayBreak =
      segment !== ' ' &&
      (/[ \-–—]$/.test(before) ||
        ((spaceless.test(segment) || spaceless.test(before.slice(-1))) &&
          !closes.test(segment) &&
          !opens.test(before)));
    if (!last || mayBreak) pieces.push([index, index + segment.length]);
    else last[1] = index + segment.length;
  }
  return pieces;
}

/** The same for ASCII, without a search for words: after spaces and hyphens. */
function asciiPieces(text: string): Range[] {
  const pieces: Range[] = [];
  let start = 0;
  for (let i = 1; i <= text.length; i++) {
    const mayBreak = i === text.length || (text[i] !== ' ' && (text[i - 1] === ' ' || text[i - 1] === '-'));
    if (!mayBreak) continue;
    pieces.push([start, i]);
    start = i;
  }
  return pieces;
}

function trimEnd(text: string, [start, end]: Range): Range {
  return [start, start + text.slice(start, end).trimEnd().length];
}

const measure = (paragraph: Paragraph, range: Range): number =>
  runsOf(paragraph, trimEnd(paragraph.text, range)).reduce((sum, run) => sum + run.widthEm, 0);

const toBlock = (paragraph: Paragraph, ranges: Range[], size: number): Block => ({
  size,
  isCut: false,
  rightToLeft: paragraph.rightToLeft,
  lines: ranges.map((range) => {
    const runs = inVisualOrder(runsOf(paragraph, range));
    return { runs, widthEm: runs.reduce((sum, run) => sum + run.widthEm, 0) };
  }),
});

interface LevelRun extends Run {
  level: number;
}

function runsOf({ text, faces, levels, mirrored }: Paragraph, [start, end]: Range): LevelRun[] {
  const runs: LevelRun[] = [];
  let from = start;
  for (let i = start + 1; i <= end; i++) {
    if (i < end && faces[i] === faces[from] && levels[i] === levels[from]) continue;
    const level = levels[from] ?? 0;
    runs.push(toRun(faces[from] as Face, level, logicalText(text, from, i, mirrored), text.slice(from, i)));
    from = i;
  }
  return runs;
}

const logicalText = (text: string, from: number, to: number, mirrored: Map<number, string>): string => {
  let result = '';
  for (let i = from; i < to; i++) result += mirrored.get(i) ?? text.charAt(i);
  return result;
};

function toRun(face: Face, level: number, mirrored: string, logical: string): LevelRun {
  const rightToLeft = level % 2 === 1;
  // The font's shaper turns Hebrew and Arabic around by itself; brackets and dashes on their own it does not.
  const shapes = /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(mirrored);
  const text = rightToLeft && !shapes ? [...mirrored].reverse().join('') : mirrored;
  return {
    face,
    text,
    logical,
    rightToLeft,
    level,
    widthEm: shape(face.font, text, rightToLeft).widthEm,
  };
}

/** Rule L2: reverses each sequence at or above a level, from the highest level down to the lowest odd one. */
function inVisualOrder(runs: LevelRun[]): LevelRun[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map((run) => run.level));
  for (let level = highest; level > 0; level--) {
    for (let start = 0; start < ordered.length; start++) {
      let end = start;
      while (end < ordered.length && (ordered[end] as LevelRun).level >= level) end++;
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end;
    }
  }
  return ordered;
}
