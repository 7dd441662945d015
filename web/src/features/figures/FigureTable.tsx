import type { ReactNode } from 'react';

interface FigureRow {
  key: string;
  name: ReactNode;
  /** One cell for each column after the first. */
  cells: ReactNode[];
}

/**
 * A table whose first column names each row. It fits a phone of 320 px with text at 200%. On a phone, with more than three
 * columns each name has a line of its own, above its numbers.
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
    <table className="mt-3 w-full table-fixed border-y border-line text-sm numeric">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className={`text-muted ${isLined ? 'max-sm:flex' : ''}`}>
          <th
            scope="col"
            className={`w-2/5 py-2 text-start font-medium wrap-anywhere ${isLined ? 'max-sm:hidden' : ''}`}
          >
            {first}
          </th>
          {others.map((column) => (
            <th
              key={column}
              scope="col"
              className={`py-2 ps-2 text-end font-medium wrap-anywhere ${isLined ? 'max-sm:flex-1' : ''}`}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, cells }) => (
          <tr
            key={key}
            className={`border-t border-line align-top ${isLined ? 'max-sm:flex max-sm:flex-wrap' : ''}`}
          >
            <th
              scope="row"
              className={`py-2 text-start font-medium wrap-anywhere ${isLined ? 'max-sm:w-full' : ''}`}
            >
              {name}
            </th>
            {cells.map((cell, i) => (
              <td
                key={others[i]}
                className={`py-2 ps-2 text-end wrap-anywhere ${isLined ? 'max-sm:flex-1' : ''}`}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
