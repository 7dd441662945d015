import type { ReactNode } from 'react';

interface FigureRow {
  key: string;
  name: ReactNode;
  /** One cell for each column after the first. */
  cells: ReactNode[];
}

/**
 * A table whose first column names each row. It fits a phone of 320 px with text at 200%. With more than three columns each
 * name has a line of its own, above its numbers.
 */
export function FigureTable({
  caption,
  columns: [first, ...others],
  rows,
}: {
  caption: string;
  columns: string[];
  rows: FigureRow[];
}) {
  const isLined = others.length > 2;
  return (
    <table className="mt-3 w-full table-fixed border-y border-line text-sm tabular-nums">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="text-muted">
          {!isLined && (
            <th scope="col" className="w-2/5 py-2 text-start font-medium wrap-anywhere">
              {first}
            </th>
          )}
          {others.map((column) => (
            <th key={column} scope="col" className="py-2 ps-2 text-end font-medium wrap-anywhere">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      {rows.map(({ key, name, cells }) => {
        const numbers = cells.map((cell, i) => (
          <td key={others[i]} className="py-2 ps-2 text-end wrap-anywhere">
            {cell}
          </td>
        ));
        const named = 'py-2 text-start font-medium wrap-anywhere';
        return isLined ? (
          <tbody key={key} className="border-t border-line">
            <tr>
              <th scope="rowgroup" colSpan={others.length} className={named}>
                {name}
              </th>
            </tr>
            <tr>{numbers}</tr>
          </tbody>
        ) : (
          <tbody key={key} className="border-t border-line align-top">
            <tr>
              <th scope="row" className={named}>
                {name}
              </th>
              {numbers}
            </tr>
          </tbody>
        );
      })}
    </table>
  );
}
