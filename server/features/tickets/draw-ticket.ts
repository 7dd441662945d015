import { type Canvas, halfCircle, rectangle, roundedRectangle, straightLine } from './canvas.ts';
import { drawBlock, drawLabel, drawText, leftOf, type Sheet } from './draw-text.ts';
import { encodeQr } from './qr.ts';
import type { TicketPage } from './ticket-page.ts';
import { typeset } from './typeset.ts';
import { ticketWords } from './words.ts';

// All sizes are in points, 72 to the inch. A4 is 595 by 842. The card is in the middle, so it needs no mirroring.
const left = 46;
const width = 503;
const padding = 26;
const inner = left + padding;
const qrSide = 154;
const radius = 14;

const ink = '#171612';
const paper = '#ffffff';
const grey = '#5d5a52';
const line = '#d9d6cd';
const tint = '#f5f4f0';
const accent = '#aab4ff';

/** Draws one ticket on the current page. */
export function drawTicket(sheet: Sheet, page: TicketPage): void {
  drawText(sheet, 'Admit', left, 38, { width: 200, size: 15, maxLines: 1, bold: true, color: ink });
  const { number: n, count } = page;
  drawText(sheet, ticketWords(page.language)('ticketOf', { n, count }), left, 40, {
    width,
    size: 10,
    maxLines: 1,
    color: grey,
    align: 'end',
  });
  const headEnd = drawHead(sheet, page, 68);
  const bodyEnd = drawBody(sheet, page, headEnd);
  const stubEnd = drawStub(sheet, page, bodyEnd);
  sheet.canvas.stroke(roundedRectangle(left, 68, width, stubEnd - 68, radius), line, 0.8);
  drawPerforation(sheet.canvas, bodyEnd);
  drawTerms(sheet, page, stubEnd + 26);
}

/** Draws the dark part: what and when, large enough to read across a room. */
function drawHead(sheet: Sheet, page: TicketPage, top: number): number {
  const { canvas } = sheet;
  const title = {
    width: width - 2 * padding,
    size: 30,
    minSize: 15,
    maxLines: 3,
    bold: true,
    balanced: true,
    color: paper,
    leading: 1.16,
    align: 'own' as const,
  };
  const block = typeset(page.title, title);
  const titleTop = top + 26;
  const titleEnd = titleTop + block.lines.length * block.size * title.leading;
  const end = titleEnd + 44;
  // A card that continues below clips this part, so only the upper corners are round.
  canvas.clipped(roundedRectangle(left, top, width, end - top + 2 * radius, radius), () =>
    canvas.fill(rectangle(left, top, width, end - top), ink),
  );
  drawBlock(sheet, block, inner, titleTop, title);
  const when = { width: title.width, size: 12.5, minSize: 9, maxLines: 1, color: accent };
  drawText(sheet, `${page.date}  ·  ${page.time}`, inner, titleEnd + 8, when);
  return end;
}

/** Draws place and seat first, and the code at the end. */
function drawBody(sheet: Sheet, page: TicketPage, top: number): number {
  const t = ticketWords(page.language);
  const column = width - 2 * padding - qrSide - 34;
  let y = drawLabel(sheet, t('venue'), inner, top + 24, grey);
  y = drawText(sheet, page.venueName, inner, y, {
    width: column,
    size: 15,
    minSize: 11,
    maxLines: 2,
    bold: true,
    color: ink,
  });
  y = drawText(sheet, page.address, inner, y + 2, {
    width: column,
    size: 10.5,
    minSize: 8.5,
    maxLines: 2,
    color: grey,
  });
  if (page.doors) {
    y = drawLabel(sheet, t('doors'), inner, y + 12, grey);
    y = drawText(sheet, page.doors, inner, y, {
      width: column,
      size: 15,
      maxLines: 1,
      bold: true,
      color: ink,
    });
  }
  const placeEnd = drawPlace(sheet, page, y + 16, column);

  return Math.max(placeEnd + 24, drawCode(sheet, page, top + 26));
}

/** Draws the code with its short number. An extra that nobody hands out has none to show: a scan of it would be refused. */
function drawCode(sheet: Sheet, page: TicketPage, top: number): number {
  const t = ticketWords(page.language);
  const qrLeft = left + width - padding - qrSide;
  const { collect } = page;
  if (collect === 'post' || collect === 'none') {
    const said = t(collect === 'post' ? 'byPost' : 'nothingToCollect');
    const large = { width: qrSide, size: 13, minSize: 9, maxLines: 3, bold: true, color: ink };
    return drawText(sheet, said, qrLeft, top, large) + 24;
  }
  drawQr(sheet.canvas, page.code, { x: leftOf(sheet, qrLeft, qrSide), y: top, side: qrSide });
  const belowQr = top + qrSide + 8;
  drawText(sheet, t(collect ? 'showExtra' : 'show'), qrLeft, belowQr, {
    width: qrSide,
    size: 8.5,
    minSize: 7.5,
    maxLines: 1,
    color: grey,
  });
  drawText(sheet, page.shortNumber, qrLeft, belowQr + 12, {
    width: qrSide,
    size: 10.5,
    maxLines: 1,
    bold: true,
    color: ink,
  });
  return belowQr + 40;
}

/** Draws section, row and seat, or the ticket type for standing places: what a guest looks for in a dark hall. */
function drawPlace(sheet: Sheet, page: TicketPage, top: number, column: number): number {
  const t = ticketWords(page.language);
  const height = 64;
  sheet.canvas.fill(roundedRectangle(leftOf(sheet, inner, column), top, column, height, 8), tint);
  if (!page.place) {
    drawLabel(sheet, t(page.collect ? 'extra' : 'admission'), inner + 14, top + 12, grey);
    drawPlaceName(sheet, page.ticketTypeName, inner + 14, top + 25, column - 28);
    return top + height;
  }
  const parts = [
    { label: t('section'), text: page.place.section, share: 0.5 },
    { label: t('row'), text: page.place.row, share: 0.22 },
    { label: t('seat'), text: page.place.seat, share: 0.28 },
  ];
  let x = inner + 14;
  for (const { label, text, share } of parts) {
    const cell = (column - 20) * share;
    if (text) {
      drawLabel(sheet, label, x, top + 12, grey);
      drawPlaceName(sheet, text, x, top + 25, cell - 8);
    }
    x += cell;
  }
  return top + height;
}

/** Draws one large line, or two small ones if the name is too long. */
function drawPlaceName(sheet: Sheet, text: string, x: number, y: number, available: number): void {
  const large = { width: available, size: 22, minSize: 14, maxLines: 1, bold: true, color: ink };
  const block = typeset(text, large);
  if (!block.isCut) drawBlock(sheet, block, x, y, large);
  else drawText(sheet, text, x, y, { ...large, size: 12, minSize: 8, maxLines: 2, leading: 1.15 });
}

/** Draws the part below the perforation: who, for how much, in which order. */
function drawStub(sheet: Sheet, page: TicketPage, top: number): number {
  const t = ticketWords(page.language);
  const cells = [
    page.attendeeName
      ? { label: t('name'), text: page.attendeeName, share: 0.34 }
      : { label: t('bookedBy'), text: page.buyerName, share: 0.34 },
    { label: t('ticket'), text: page.ticketTypeName, share: 0.28 },
    { label: t('price'), text: page.price, share: 0.17, maxLines: 1 },
    { label: t('order'), text: page.orderNumber, share: 0.21 },
  ];
  const across = width - 2 * padding;
  let x = inner;
  let end = top;
  for (const { label, text, share, maxLines = 2 } of cells) {
    const below = drawLabel(sheet, label, x, top + 20, grey);
    const cell = { width: across * share - 12, size: 11.5, minSize: 7.5, maxLines, bold: true, color: ink };
    end = Math.max(end, drawText(sheet, text, x, below, cell));
    x += across * share;
  }
  return end + 20;
}

function drawPerforation(canvas: Canvas, y: number): void {
  const notch = 8;
  const right = left + width;
  canvas.stroke(straightLine(left + notch + 6, y, right - notch - 6, y), line, 1, '3 4');
  for (const [x, side, outside, beyond] of [
    [left, 'right', left - notch - 1, left - notch - 2],
    [right, 'left', right + 0.5, right + 0.6],
  ] as const) {
    canvas.fill(rectangle(outside, y - notch, notch + 0.5, 2 * notch), paper);
    canvas.fill(halfCircle(x, y, notch, side), paper);
    canvas.stroke(halfCircle(x, y, notch, side), line, 0.8);
    canvas.fill(rectangle(beyond, y - notch - 1, notch + 1.4, 2 * notch + 2), paper);
  }
}

function drawTerms(sheet: Sheet, page: TicketPage, top: number): void {
  const t = ticketWords(page.language);
  const { collect } = page;
  const terms = [
    ...(collect ? [] : [t('once')]),
    ...(collect === 'post' || collect === 'none' ? [] : [t('howTo')]),
    t('questions', { number: page.orderNumber }),
  ];
  let y = top;
  for (const term of terms)
    y = drawText(sheet, term, left, y, { width, size: 8.5, maxLines: 2, color: grey, leading: 1.5 });
  drawText(sheet, page.ticketId, left, y + 6, { width, size: 7, maxLines: 1, color: '#8f8c82' });
}

/** Draws the modules in a square, on white and with free space around it. On a ticket it has 54 mm. */
export function drawQr(
  canvas: Canvas,
  code: string,
  { x, y, side }: { x: number; y: number; side: number },
): void {
  const { size, strokes } = encodeQr(code);
  // Whole numbers in a scaled space: in points the path would be three times as long.
  let path = '';
  for (const stroke of strokes) path += `${stroke.x} ${stroke.y} ${stroke.length} 1 re `;
  canvas.scaled(x, y, side / size, () => canvas.fill(path.trimEnd(), '#000000'));
}
