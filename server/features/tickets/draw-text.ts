import { type Block, type Fit, typeset } from './typeset.ts';

type Doc = PDFKit.PDFDocument;

/**
 * A page to draw on. Of a mirrored one, for what is read from right to left, everything has its place on the other
 * side: x is counted from the right edge, and what begins on the left begins on the right.
 */
export interface Sheet {
  doc: Doc;
  mirrored: boolean;
}

const pageWidth = 595;
/** Where on the paper a box begins, in points from the left. */
export const leftOf = ({ mirrored }: Sheet, x: number, width: number): number =>
  mirrored ? pageWidth - x - width : x;

export interface TextStyle extends Fit {
  color: string;
  /** Baseline to baseline, as a multiple of the size. */
  leading?: number;
  /** `own` follows the text's own direction; `start` and `end` are the sheet's. */
  align?: 'start' | 'end' | 'own';
}

/** Sets a text at (x, y), its upper corner at the sheet's start, and answers the y below it. All in points. */
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
    // By its path, or the PDF writer would open the font again for each run.
    doc.font(run.face.font as unknown as string, run.face.path, size).fillColor(color);
    if (run.face.boldIsFaked) doc.lineWidth(size / 40).strokeColor(color);
    doc.text(run.text, left, baseline, {
      lineBreak: false,
      baseline: 'alphabetic',
      fill: true,
      stroke: run.face.boldIsFaked,
      // Any feature makes the PDF writer shape the run as a whole; word by word, right-to-left text would
      // come out with its words in the wrong order.
      ...(run.rightToLeft && { features: ['rtla'] }),
    });
    left += run.widthEm * size;
  }
}

/** A small capital label. */
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
