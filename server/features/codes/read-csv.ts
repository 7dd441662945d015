import { promoCodeSchema } from '../../../contract/promo-codes.ts';
import { mostVouchers, tagSchema } from '../../../contract/voucher-fields.ts';
import type { MadeVouchers } from '../../../contract/vouchers.ts';

interface Row {
  row: number;
  code: string;
  tag: string;
}
export type BadRow = MadeVouchers['bad'][number];

/**
 * Decision: the codes of a CSV file (RFC 4180; also with semicolons or tabs, as spreadsheets write them), and every row that is
 * wrong. It reads the file once and stops after the most codes of a batch.
 */
export function readCodes(csv: string, tag: string): { rows: Row[]; bad: BadRow[] } {
  const rows: Row[] = [];
  const bad: BadRow[] = [];
  const seen = new Set<string>();
  for (const { row, cells } of linesOf(csv)) {
    const [typed = '', own = ''] = cells;
    if (row === 1 && typed.trim().toLowerCase() === 'code') continue;
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (rows.length + bad.length >= mostVouchers) {
      bad.push({ row, code: shown(typed), fault: 'too_many' });
      break;
    }
    const code = promoCodeSchema.safeParse(typed);
    const tagged = tagSchema.safeParse(own.trim() === '' ? tag : own);
    if (!code.success) bad.push({ row, code: shown(typed), fault: 'bad_code' });
    else if (!tagged.success) bad.push({ row, code: shown(typed), fault: 'bad_tag' });
    else if (seen.has(code.data)) bad.push({ row, code: code.data, fault: 'twice' });
    else {
      seen.add(code.data);
      rows.push({ row, code: code.data, tag: tagged.data });
    }
  }
  return { rows, bad };
}

const shown = (typed: string): string => typed.slice(0, 60);

/** The rows of the file with their numbers, as a spreadsheet counts them. A quoted cell may hold separators and line ends. */
export function* linesOf(csv: string): Generator<{ row: number; cells: string[] }> {
  const text = csv.startsWith('\uFEFF') ? csv.slice(1) : csv;
  const separator = separatorOf(text);
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let row = 1;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] as string;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === separator) {
      cells.push(cell);
      cell = '';
    } else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[i + 1] === '\n') i++;
      yield { row, cells: [...cells, cell] };
      row++;
      cells = [];
      cell = '';
    } else cell += sign;
  }
  if (cell !== '' || cells.length > 0) yield { row, cells: [...cells, cell] };
}

/** The separator of the first row: the one that stands in it most often outside quotes; a comma if none does. */
function separatorOf(text: string): string {
  const counts = new Map([',', ';', '\t'].map((sign) => [sign, 0]));
  let quoted = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === '\n' || sign === '\r')) break;
    else if (!quoted && counts.has(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? ',';
}
