import type { Canvas } from './canvas.ts';
import { type Block, type Fit, typeset } from './typeset.ts';

/**
 * A page to draw on. For right-to-left languages the page is mirrored: x counts from the right edge, and text that
 * starts on the left starts on the right.
 */
export interface Sheet {
  canvas: Canvas;
  mirrored: boolean;
}

/** The card and its margins, without the third of a point that A4 has more. */
const pageWidth = 595;
/** The left edge of a box, in points from the left edge of the paper. */
export const leftOf = ({ mirrored }: Sheet, x: number, width: number): number =>
  mirrored ? pageWidth - x - width : x;

interface TextStyle extends Fit {
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
    drawLine(sheet.canvas, line, left, y + lineHeight * i + block.size * 0.95, block.size, style.color);
  });
  return y + lineHeight * block.lines.length;
}

function drawLine(
  canvas: Canvas,
  line: Block['lines'][number],
  x: number,
  baseline: number,
  size: number,
  color: string,
): void {
  let left = x;
  for (const run of line.runs) {
    canvas.text(run, left, baseline, size, color);
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
