import type { ImportFault, ImportField, ImportSource } from '../../../contract/import-fields.ts';
import type { BadImportRow } from '../../../contract/imports.ts';

/** A file as rows under headings. */
export interface Table {
  source: ImportSource;
  headings: string[];
  rows: TableRow[];
}

export interface TableRow {
  /** As a spreadsheet counts it. */
  line: number;
  cells: string[];
}

/** Which column has each field: its index, or null for none. */
export type Columns = Partial<Record<ImportField, number | null>>;

const mostBadRows = 100;
const mostShown = 60;

/** Collects bad rows: the first hundred, and the number of all. A row counts once, whatever is wrong with it. */
export interface BadRows {
  add(row: TableRow, fault: ImportFault, field?: ImportField): void;
  has(row: TableRow): boolean;
  count(): number;
  shown(): BadImportRow[];
}

export function collectBad(table: Table, columns: Columns): BadRows {
  const first: BadImportRow[] = [];
  const lines = new Set<number>();
  return {
    add(row, fault, field) {
      lines.add(row.line);
      if (first.length >= mostBadRows) return;
      const index = field === undefined ? null : (columns[field] ?? null);
      first.push({
        line: row.line,
        column: index === null ? null : (table.headings[index] ?? null),
        value: (index === null ? row.cells.join(' · ') : (row.cells[index] ?? '')).slice(0, mostShown),
        fault,
      });
    },
    has: ({ line }) => lines.has(line),
    count: () => lines.size,
    shown: () => first.toSorted((a, b) => a.line - b.line),
  };
}

/** The text in a row's column of a field, without spaces around it. */
export const cellOf = (columns: Columns, { cells }: TableRow, field: ImportField): string => {
  const index = columns[field] ?? null;
  return index === null ? '' : (cells[index] ?? '').trim();
};
