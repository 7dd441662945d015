import { languages } from '../../../contract/languages.ts';
import { type Canvas, roundedRectangle, straightLine } from './canvas.ts';
import { drawLabel, drawText, type Sheet } from './draw-text.ts';
import type { PaperPage, PaperTable } from './paper-page.ts';
import { drawPdf } from './tickets-pdf.ts';
import { typeset } from './typeset.ts';

// All sizes are in points, 72 to the inch. A4 is 595 by 842. Both margins are equal, so they need no mirroring.
const left = 46;
const width = 503;
const top = 48;
/** Nothing but the foot is drawn below this. */
const bottom = 772;

const ink = '#171612';
const grey = '#5d5a52';
const line = '#d9d6cd';
const tint = '#f5f4f0';

/** Where the next part begins. A part that does not fit begins on a new page. */
interface Flow {
  sheet: Sheet;
  y: number;
  /** Every page so far. */
  sheets: Sheet[];
  addPage: () => Canvas;
}

/**
 * Makes the PDF of a document. The same page and time always give the same bytes: the file has no other time and no random
 * id.
 */
export function paperPdf(page: PaperPage, issuedAt: Date): Buffer<ArrayBuffer> {
  const { title, author, language } = page;
  return drawPdf({ title, author, language, now: issuedAt }, (addPage) => {
    const sheet = { canvas: addPage(), mirrored: languages[language].direction === 'rtl' };
    const flow: Flow = { sheet, y: top, sheets: [sheet], addPage };
    drawHead(flow, page);
    for (const table of page.tables) {
      drawTable(flow, table);
      if (table.hasTotals) drawTotals(flow, page.totals);
    }
    for (const note of page.notes) drawNote(flow, note);
    drawFeet(flow.sheets, page);
  });
}

function drawHead(flow: Flow, page: PaperPage): void {
  const { sheet } = flow;
  const heading = { width, size: 26, minSize: 16, maxLines: 2, bold: true, color: ink };
  flow.y = drawText(sheet, page.heading, left, flow.y, heading) + 18;
  const half = (width - 24) / 2;
  const ends = page.parties.map(({ label, lines }, i) => {
    const x = left + i * (half + 24);
    let y = drawLabel(sheet, label, x, flow.y, grey) + 2;
    for (const [n, text] of lines.entries())
      y = drawText(sheet, text, x, y, {
        width: half,
        size: n === 0 ? 11.5 : 9.5,
        minSize: 7,
        maxLines: 3,
        bold: n === 0,
        color: n === 0 ? ink : grey,
        leading: 1.35,
      });
    return y;
  });
  flow.y = Math.max(...ends) + 18;
  drawFacts(flow, page.facts);
}

/** Draws the facts in two columns on a tinted ground. */
function drawFacts(flow: Flow, facts: PaperPage['facts']): void {
  const { sheet } = flow;
  const inner = 14;
  const column = (width - 3 * inner) / 2;
  const style = { width: column, size: 10.5, minSize: 7.5, maxLines: 2, bold: true, color: ink };
  const heights = facts.map(({ text }) => {
    const block = typeset(text, style);
    return 12 + block.lines.length * block.size * 1.25 + 8;
  });
  const rows = Array.from({ length: Math.ceil(facts.length / 2) }, (_, i) =>
    Math.max(heights[2 * i] ?? 0, heights[2 * i + 1] ?? 0),
  );
  const height = rows.reduce((sum, row) => sum + row, 0) + 2 * inner - 8;
  sheet.canvas.fill(roundedRectangle(left, flow.y, width, height, 8), tint);
  let y = flow.y + inner;
  for (const [i, row] of rows.entries()) {
    for (const [n, fact] of facts.slice(2 * i, 2 * i + 2).entries()) {
      const x = left + inner + n * (column + inner);
      drawText(sheet, fact.text, x, drawLabel(sheet, fact.label, x, y, grey), style);
    }
    y += row;
  }
  flow.y += height + 22;
}

/** Goes on to a new page if this part does not fit. */
function makeRoom(flow: Flow, height: number): boolean {
  if (flow.y + height <= bottom) return false;
  flow.sheet = { ...flow.sheet, canvas: flow.addPage() };
  flow.sheets.push(flow.sheet);
  flow.y = top;
  return true;
}

function drawTable(flow: Flow, table: PaperTable): void {
  const gap = 8;
  let x = left;
  const cells = table.columns.map(({ share, isFigure }) => {
    const cell = { x, width: width * share - gap, align: isFigure ? ('end' as const) : ('start' as const) };
    x += width * share;
    return isFigure ? { ...cell, x: cell.x + gap } : cell;
  });
  const baseStyleOf = (i: number) => ({
    width: cells[i]?.width ?? 0,
    size: 9.5,
    minSize: 6.5,
    maxLines: table.columns[i]?.isFigure ? 1 : 3,
    color: ink,
    align: cells[i]?.align ?? 'start',
  });
  // If the longest figure must be smaller to fit, all are: figures of different sizes below each other look like a mistake.
  const figureSize = Math.min(
    ...table.rows.flatMap((row) =>
      row.flatMap((text, i) => (table.columns[i]?.isFigure ? typeset(text, baseStyleOf(i)).size : [])),
    ),
    9.5,
  );
  const styleOf = (i: number) =>
    table.columns[i]?.isFigure ? { ...baseStyleOf(i), size: figureSize } : baseStyleOf(i);
  const drawColumns = () => {
    if (table.title !== null) {
      const title = { width, size: 11.5, maxLines: 1, bold: true, color: ink };
      flow.y = drawText(flow.sheet, table.title, left, flow.y, title) + 6;
    }
    const ends = table.columns.map(({ label }, i) =>
      drawText(flow.sheet, label, cells[i]?.x ?? left, flow.y, {
        ...baseStyleOf(i),
        size: 8,
        maxLines: 2,
        bold: true,
        color: grey,
      }),
    );
    flow.y = Math.max(...ends) + 4;
    drawRule(flow);
  };
  makeRoom(flow, 70);
  drawColumns();
  for (const row of table.rows) {
    const height = Math.max(
      ...row.map((text, i) => {
        const block = typeset(text, styleOf(i));
        return block.lines.length * block.size * 1.3;
      }),
    );
    if (makeRoom(flow, height + 14)) drawColumns();
    for (const [i, text] of row.entries())
      drawText(flow.sheet, text, cells[i]?.x ?? left, flow.y, { ...styleOf(i), leading: 1.3 });
    flow.y += height + 6;
    drawRule(flow);
  }
  flow.y += 14;
}

function drawRule(flow: Flow): void {
  flow.sheet.canvas.stroke(straightLine(left, flow.y, left + width, flow.y), line, 0.6);
  flow.y += 6;
}

/** Draws the totals at the end of the line, the last and largest in bold. */
function drawTotals(flow: Flow, totals: PaperPage['totals']): void {
  makeRoom(flow, totals.length * 22 + 14);
  const box = 300;
  const x = left + width - box;
  for (const { label, text, isStrong } of totals) {
    const style = { size: isStrong ? 13 : 10, minSize: 7, bold: isStrong, color: isStrong ? ink : grey };
    const [labelWidth, figureWidth] = [box * 0.56, box * 0.44];
    const labelEnd = drawText(flow.sheet, label, x, flow.y, { ...style, width: labelWidth, maxLines: 2 });
    drawText(flow.sheet, text, x + labelWidth, flow.y, {
      ...style,
      width: figureWidth,
      maxLines: 1,
      color: ink,
      align: 'end',
    });
    flow.y = labelEnd + 5;
  }
  flow.y += 20;
}

function drawNote(flow: Flow, note: string): void {
  const style = { width, size: 9, minSize: 8, maxLines: 4, color: grey, leading: 1.4 };
  makeRoom(flow, 56);
  flow.y = drawText(flow.sheet, note, left, flow.y, style) + 4;
}

/** Draws the foot of each page, when their count is known. */
function drawFeet(sheets: Sheet[], { foot, pageOf }: PaperPage): void {
  for (const [i, sheet] of sheets.entries()) {
    const y = 802;
    sheet.canvas.stroke(straightLine(left, y - 10, left + width, y - 10), line, 0.6);
    const style = { size: 8, minSize: 6, maxLines: 1, color: grey };
    drawText(sheet, foot, left, y, { ...style, width: width * 0.7 });
    const page = pageOf.replace('{n}', String(i + 1)).replace('{count}', String(sheets.length));
    drawText(sheet, page, left + width * 0.7, y, { ...style, width: width * 0.3, align: 'end' });
  }
}
