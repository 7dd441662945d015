import type { RowNames, SeatNames } from '../contract/plan-fields.ts';

/** The names of rows and seats, by their schemes. */

/** The name of the row at a position from the front, of so many rows. */
export function nameRows(names: RowNames, count: number): string[] {
  if (names.scheme === 'none') return new Array<string>(count).fill('');
  const found = takeNames(names.scheme === 'letters' ? letters : String, names.start, 1, names.skip, count);
  return names.from === 'front' ? found : found.reverse();
}

/** The names of a row's seats, from left to right. */
export function nameSeats(names: SeatNames, count: number): string[] {
  const { scheme, start, skip } = names;
  if (scheme === 'middle') return nameFromMiddle(names, count);
  if (scheme === 'letters') return turned(names, takeNames(letters, Math.max(1, start), 1, skip, count));
  const step = scheme === 'all' ? 1 : 2;
  const first = scheme === 'odd' ? start | 1 : scheme === 'even' ? start + (start & 1) : start;
  return turned(names, takeNames(String, first, step, skip, count));
}

/** The number after the last of a row, so that the next block can go on. */
export const nextStart = ({ scheme, start }: SeatNames, count: number): number =>
  start + count * (scheme === 'odd' || scheme === 'even' ? 2 : 1);

const turned = ({ from }: Pick<SeatNames, 'from'>, found: string[]): string[] =>
  from === 'left' ? found : found.reverse();

/** Odd numbers to one side of the middle and even ones to the other, the lowest in the middle. */
function nameFromMiddle({ start, from, skip }: SeatNames, count: number): string[] {
  const odd = Math.ceil(count / 2);
  const first = start | 1;
  const left = takeNames(String, first, 2, skip, odd).reverse();
  const right = takeNames(String, first + 1, 2, skip, count - odd);
  return turned({ from }, [...left, ...right]);
}

function takeNames(
  nameOf: (number: number) => string,
  start: number,
  step: number,
  skip: readonly string[] | undefined,
  count: number,
): string[] {
  const left = new Set(skip?.map((name) => name.toUpperCase()));
  const found: string[] = [];
  for (let number = start; found.length < count; number += step) {
    const name = nameOf(number);
    if (!left.has(name)) found.push(name);
  }
  return found;
}

/** 1 is A, 26 is Z, 27 is AA. */
function letters(number: number): string {
  let name = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}
