import { prepareFont } from './embed-font.ts';
import { type Block, type Fit, typeset } from './typeset.ts';

type Doc = PDFKit.PDFDocument;

/**
 * A page to draw on. For right-to-left languages the page is mirrored: x counts from the right edge, and text that
 * starts on the left starts on the right.
 */
export interface Sheet {
  doc: Doc;
  mirrored: boolean;
}

const pageWidth = 595;
/** The left edge of a box, in points from the left edge of the paper. */
export const leftOf = ({ mirrored }: Sheet, x: number, width: number): number =>
  mirrored ? pageWidth - x - width : x;

export interface TextStyle extends Fit {
  color: string;
  /** Line height as a multiple of the font size. */
  leading?: number;
  /** `own` follows the text's own direction. `start` and `end` are the sheet's. */
  align?: 'start' | 'end' | 'own';
}

/**
 * Draws text at (x, y), its upper corner at the sheet's start, and returns the y below it. All values are in points.
 */
export function drawText(sheet: Sheet, text: string, x: number, y: number, style: TextStyle): number {
  const block = typeset(text, style);
  return drawBlock(sheet, block, x, y, style);
}

export function drawBlock(sheet: Sheet, block: Block, x: number, y: number, style: TextStyle): number {
  const lineHeight = block.size * (style.leading ?? 1.25);
  const { align = 'start', width } = style;
  const toRight =
    align === 'own' ? sheet.mirrored || block.rightToLeft : (align === 'end') !== sheet.mirrored;
  const boxLeft = leftOf(sheet, x, width);
  block.lines.forEach((line, i) => {
    const left = toRight ? boxLeft + width - line.widthEm * block.size : boxLeft;
    drawLine(sheet.doc, line, left, y + lineHeight * i + block.size * 0.95, block.size, style.color);
  });
  return y + lineHeight * block.lines.length;
}

/**
 * Says what the next run reads as. Readers take the font and the place of the text from the state in which the mark ends, so
 * it ends before the PDF writer restores the state from before the run.
 */
function beginActualText(doc: Doc, actual: string): void {
  doc.markContent('Span', { actual });
  const { restore } = doc;
  doc.restore = () => {
    doc.restore = restore;
    doc.endMarkedContent();
    return doc.restore();
  };
}

/** The vowels of this script stand before letters that they are read after. */
const needsActualText = /\p{Script=Devanagari}/u;

function drawLine(
  doc: Doc,
  line: Block['lines'][number],
  x: number,
  baseline: number,
  size: number,
  color: string,
): void {
  let left = x;
  for (const run of line.runs) {
    // Names the font by its path, because otherwise the PDF writer would open the font again for each run.
    doc.font(run.face.font as unknown as string, run.face.path, size).fillColor(color);
    prepareFont(doc);
    if (needsActualText.test(run.logical)) beginActualText(doc, run.logical);
    if (run.face.boldIsFaked) doc.lineWidth(size / 40).strokeColor(color);
    doc.text(run.text, left, baseline, {
      lineBreak: false,
      baseline: 'alphabetic',
      fill: true,
      stroke: run.face.boldIsFaked,
      // Any font feature makes the PDF writer shape the run as a whole. Word by word, right-to-left text would have
      // its words in the wrong order.
      ...(run.rightToLeft && { features: ['rtla'] }),
    });
    left += run.widthEm * size;
  }
}

/** Draws a small label in capitals. */
export function drawLabel(sheet: Sheet, text: string, x: number, y: number, color: string): number {
  return drawText(sheet, text.toUpperCase(), x, y, {
    width: 300,
    size: 7,
    maxLines: 1,
    bold: true,
    color,
    leading: 1.6,
  });
}
