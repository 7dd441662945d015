import { type Block, type Fit, typeset } from './typeset.ts';

type Doc = PDFKit.PDFDocument;

export interface TextStyle extends Fit {
  color: string;
  /** Baseline to baseline, as a multiple of the size. */
  leading?: number;
  /** `start` follows the text's own direction; `left` stays left in any. */
  align?: 'left' | 'right' | 'start';
}

/** Sets a text at (x, y), its top left corner, and answers the y below it. All in points. */
export function drawText(doc: Doc, text: string, x: number, y: number, style: TextStyle): number {
  const block = typeset(text, style);
  return drawBlock(doc, block, x, y, style);
}

export function drawBlock(doc: Doc, block: Block, x: number, y: number, style: TextStyle): number {
  const lineHeight = block.size * (style.leading ?? 1.25);
  const toRight = style.align === 'right' || (style.align === 'start' && block.rightToLeft);
  block.lines.forEach((line, i) => {
    const left = toRight ? x + style.width - line.widthEm * block.size : x;
    drawLine(doc, line, left, y + lineHeight * i + block.size * 0.95, block.size, style.color);
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
export function drawLabel(doc: Doc, text: string, x: number, y: number, color: string): number {
  return drawText(doc, text.toUpperCase(), x, y, {
    width: 300,
    size: 7,
    maxLines: 1,
    bold: true,
    color,
    leading: 1.6,
  });
}
