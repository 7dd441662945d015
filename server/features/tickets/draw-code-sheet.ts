import { type Language, languages } from '../../../contract/languages.ts';
import { pageHeight, straightLine } from './canvas.ts';
import { drawText, leftOf, type Sheet } from './draw-text.ts';
import { drawQr } from './draw-ticket.ts';
import { drawPdf } from './tickets-pdf.ts';

/** Cards to cut out and put into envelopes, each with a code. */
export interface CodeSheet {
  language: Language;
  /** Of the document. */
  title: string;
  /** On each card: the event, and when it is. */
  event: string;
  when: string;
  cards: CodeCard[];
}

export interface CodeCard {
  code: string;
  /** The address in the QR code. */
  link: string;
  /** What the code is for, and how to use it. */
  notes: string[];
}

// All sizes are in points, 72 to the inch. The cards divide A4 in two columns of four.
const columns = 2;
const rows = 4;
const width = 595 / columns;
const height = pageHeight / rows;
const padding = 24;
const qrSide = 90;
const gap = 14;

const ink = '#171612';
const grey = '#5d5a52';
const line = '#d9d6cd';

/** Makes a PDF with eight cards on a page. The same sheet and time always give the same bytes. */
export function codeSheetPdf({ cards, ...shown }: CodeSheet, now: Date): Buffer<ArrayBuffer> {
  const { title, language } = shown;
  return drawPdf({ title, author: 'Admit', language, now }, (addPage) => {
    for (let from = 0; from < cards.length; from += columns * rows) {
      const sheet = { canvas: addPage(), mirrored: languages[language].direction === 'rtl' };
      drawCuts(sheet);
      for (const [i, card] of cards.slice(from, from + columns * rows).entries())
        drawCard(sheet, shown, card, {
          x: (i % columns) * width,
          y: Math.floor(i / columns) * height,
        });
    }
  });
}

/** Draws where to cut. */
function drawCuts({ canvas }: Sheet): void {
  canvas.stroke(straightLine(width, 0, width, pageHeight), line, 0.6, '3 4');
  for (let row = 1; row < rows; row++)
    canvas.stroke(straightLine(0, row * height, 595, row * height), line, 0.6, '3 4');
}

function drawCard(
  sheet: Sheet,
  { event, when }: Pick<CodeSheet, 'event' | 'when'>,
  { code, link, notes }: CodeCard,
  at: { x: number; y: number },
): void {
  const inner = width - 2 * padding;
  const x = at.x + padding;
  const heading = { width: inner, size: 14, minSize: 9, maxLines: 2, bold: true, color: ink };
  let y = drawText(sheet, event, x, at.y + padding, heading) + 2;
  y = drawText(sheet, when, x, y, { width: inner, size: 9, minSize: 7, maxLines: 1, color: grey }) + 6;
  // The code is in one line, because somebody may type it. Its 32 characters fit, however wide they are.
  y =
    drawText(sheet, code, x, y, { width: inner, size: 15, minSize: 7, maxLines: 1, bold: true, color: ink }) +
    6;
  const qrLeft = x + inner - qrSide;
  drawQr(sheet.canvas, link, { x: leftOf(sheet, qrLeft, qrSide), y, side: qrSide });
  const column = inner - qrSide - gap;
  for (const note of notes)
    y = drawText(sheet, note, x, y, { width: column, size: 8.5, minSize: 7, maxLines: 3, color: grey }) + 5;
}
