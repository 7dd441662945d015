import type { Specification } from './check.ts';

/**
 * The model of the event: a row of so many seats. The client's key identifies a hold, so a retry after a lost answer is the
 * same hold.
 */
export type Input =
  | { do: 'hold'; key: string; seats: number[] }
  | { do: 'best'; key: string; quantity: number }
  | { do: 'release'; key: string }
  | { do: 'look' };

export type Output =
  | { seats: number[] }
  /** Exactly these of the requested seats are taken. */
  | { taken: number[] }
  | { soldOut: number }
  | { released: true }
  | { free: number[] };

interface BoxOffice {
  /** For each seat: the key of its hold, or null. */
  owners: readonly (string | null)[];
  /** For each key: the seats of its hold, for retries. Released holds stay in it. */
  holds: Readonly<Record<string, number[]>>;
}

export const boxOffice = (seatCount: number): Specification<BoxOffice, Input, Output> => ({
  initial: { owners: Array(seatCount).fill(null), holds: {} },
  nameOf: ({ owners, holds }) => `${owners.join()} ${JSON.stringify(Object.entries(holds).sort())}`,
  apply(state, input, output) {
    if (input.do === 'look')
      return output && !same(freeOf(state), (output as { free: number[] }).free) ? undefined : state;
    if (input.do === 'release') return release(state, input.key);
    const earlier = state.holds[input.key];
    if (earlier)
      return output === null || ('seats' in output && same(output.seats, earlier)) ? state : undefined;
    return input.do === 'hold' ? hold(state, input, output) : best(state, input, output);
  },
});

function hold(
  state: BoxOffice,
  { key, seats }: Extract<Input, { do: 'hold' }>,
  output: Output | null,
): BoxOffice | undefined {
  const taken = seats.filter((seat) => state.owners[seat] !== null);
  if (taken.length > 0)
    return output === null || ('taken' in output && same(output.taken, taken)) ? state : undefined;
  return output === null || ('seats' in output && same(output.seats, seats))
    ? own(state, key, seats)
    : undefined;
}

function best(
  state: BoxOffice,
  { key, quantity }: Extract<Input, { do: 'best' }>,
  output: Output | null,
): BoxOffice | undefined {
  const free = freeOf(state);
  if (free.length < quantity)
    return output === null || ('soldOut' in output && output.soldOut === free.length) ? state : undefined;
  // Without an answer nobody knows which seats it got, so clients that hang up never ask for the best.
  if (output === null) throw new Error('which seats were the best is not known');
  if (!('seats' in output) || output.seats.length !== quantity) return undefined;
  return output.seats.every((seat) => free.includes(seat)) ? own(state, key, output.seats) : undefined;
}

function own({ owners, holds }: BoxOffice, key: string, seats: number[]): BoxOffice {
  return {
    owners: owners.map((owner, seat) => (seats.includes(seat) ? key : owner)),
    holds: { ...holds, [key]: seats },
  };
}

function release(state: BoxOffice, key: string): BoxOffice {
  return { ...state, owners: state.owners.map((owner) => (owner === key ? null : owner)) };
}

const freeOf = ({ owners }: BoxOffice): number[] =>
  owners.flatMap((owner, seat) => (owner === null ? [seat] : []));
const same = (a: number[], b: number[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));
