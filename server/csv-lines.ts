/**
 * The rows of a CSV file (RFC 4180; also with semicolons or tabs, as spreadsheets write them) with their numbers, as a spreadsheet
 * counts them. A quoted cell may hold separators and line ends. Without a separator it takes that of the first row.
 */
export function* csvLines(
  csv: string,
  separator: string = separatorOf(csv),
): Generator<{ row: number; cells: string[] }> {
  const text = csv.startsWith('\uFEFF') ? csv.slice(1) : csv;
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
