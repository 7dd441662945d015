import type { ExportTable, exportColumns } from '../../../contract/exports.ts';

/** What a cell of each kind of column holds. An amount is in minor units. Null is an empty cell. */
interface Cells {
  text: string | null;
  number: number | null;
  yesNo: boolean | null;
  money: number | null;
  instant: Date | null;
}

export type ColumnKind = keyof Cells;
export type Cell = Cells[ColumnKind];

/** A row of a table, by the names of its columns. */
export type RowOf<T extends ExportTable> = {
  [Name in keyof (typeof exportColumns)[T]]: Cells[(typeof exportColumns)[T][Name] & ColumnKind];
};

export type Row = Readonly<Record<string, Cell>>;

/** The column of `attendees` with the answers to a question. */
export const answerColumn = (key: string): string => `answer:${key}`;

/** The columns of a file, and what its cells are written with. */
export interface Sheet {
  columns: (readonly [name: string, kind: ColumnKind])[];
  timeZone: string;
}
