import type { Cell, ColumnKind, Row, Sheet } from './row.ts';

/** Writes portions of rows as one JSON array with an object per row and line. Names and forms are those of the API. */
export async function* writeJson(
  portions: AsyncIterable<Row[]>,
  { columns }: Pick<Sheet, 'columns'>,
): AsyncGenerator<string> {
  let before = '[\n';
  for await (const rows of portions) {
    let text = '';
    for (const row of rows) {
      const shown = columns.map(([name, kind]) => [name, shownAs(row[name] ?? null, kind, row)]);
      text += before + JSON.stringify(Object.fromEntries(shown));
      before = ',\n';
    }
    if (text) yield text;
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

const shownAs = (value: Cell, kind: ColumnKind, row: Row): unknown =>
  kind === 'money' && value !== null ? { amount: value, currency: row.currency } : value;
