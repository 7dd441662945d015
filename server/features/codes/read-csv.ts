import { promoCodeSchema } from '../../../contract/promo-codes.ts';
import { mostVouchers, tagSchema } from '../../../contract/voucher-fields.ts';
import type { MadeVouchers } from '../../../contract/vouchers.ts';
import { csvLines } from '../../csv-lines.ts';

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
  for (const { row, cells } of csvLines(csv)) {
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
