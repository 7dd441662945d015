import { expect, test } from 'vitest';
import { boxOffice, type Input, type Output } from './box-office.ts';
import { linearize, type Operation } from './check.ts';

/** `client: from-to` and the operation; `to` is `?` if no answer came. */
const did = (when: string, input: Input, output: Output | null): Operation<Input, Output> => {
  const [client, from, to] = when.split(/[: -]+/);
  return {
    client: Number(client),
    calledAt: Number(from),
    answeredAt: to === '?' ? Number.POSITIVE_INFINITY : Number(to),
    input,
    output,
  };
};
const hold = (key: string, ...seats: number[]): Input => ({ do: 'hold', key, seats });
const look: Input = { do: 'look' };
const got = (...seats: number[]): Output => ({ seats });
const taken = (...seats: number[]): Output => ({ taken: seats });
const free = (...seats: number[]): Output => ({ free: seats });
const released: Output = { released: true };
const release = (key: string): Input => ({ do: 'release', key });
const best = (key: string, quantity: number): Input => ({ do: 'best', key, quantity });

const good: [string, Operation<Input, Output>[]][] = [
  ['nothing', []],
  [
    'one after the other',
    [
      did('1: 0-1', hold('a', 0), got(0)),
      did('2: 2-3', hold('b', 0), taken(0)),
      did('1: 4-5', look, free(1, 2)),
    ],
  ],
  ['two at once, one wins', [did('1: 0-9', hold('a', 0), taken(0)), did('2: 1-8', hold('b', 0), got(0))]],
  ['seen before its own answer', [did('1: 0-9', hold('a', 1), got(1)), did('2: 1-2', look, free(0, 2))]],
  ['not yet seen', [did('1: 0-9', hold('a', 1), got(1)), did('2: 1-2', look, free(0, 1, 2))]],
  [
    'released in between',
    [
      did('1: 0-1', hold('a', 0), got(0)),
      did('1: 2-9', release('a'), released),
      did('2: 3-4', hold('b', 0), got(0)),
    ],
  ],
  ['unknown, and it happened', [did('1: 0-?', hold('a', 0), null), did('2: 5-6', look, free(1, 2))]],
  [
    'unknown, and it never happened',
    [
      did('1: 0-?', hold('a', 0), null),
      did('2: 5-6', look, free(0, 1, 2)),
      did('3: 7-8', hold('b', 0), got(0)),
    ],
  ],
  [
    'unknown, and it happened late',
    [did('1: 0-?', hold('a', 0), null), did('2: 5-6', look, free(0, 1, 2)), did('2: 7-8', look, free(1, 2))],
  ],
  [
    'asked again with its key',
    [did('1: 0-?', hold('a', 0), null), did('1: 5-6', hold('a', 0), got(0)), did('2: 7-8', look, free(1, 2))],
  ],
  [
    'best of what is left',
    [
      did('1: 0-3', best('a', 2), got(0, 1)),
      did('2: 0-3', best('b', 2), { soldOut: 1 }),
      did('3: 4-5', best('c', 1), got(2)),
    ],
  ],
];

const bad: [string, Operation<Input, Output>[]][] = [
  ['one seat, two owners', [did('1: 0-9', hold('a', 0), got(0)), did('2: 1-8', hold('b', 0), got(0))]],
  ['refused while it was free', [did('1: 0-1', hold('a', 0), taken(0))]],
  [
    'refused for the wrong seat',
    [did('1: 0-1', hold('a', 0), got(0)), did('2: 2-3', hold('b', 0, 1), taken(1))],
  ],
  ['an old look', [did('1: 0-1', hold('a', 0), got(0)), did('2: 2-3', look, free(0, 1, 2))]],
  ['half a hold', [did('1: 0-1', hold('a', 0, 1), got(0, 1)), did('2: 2-3', look, free(1, 2))]],
  [
    'two looks in the wrong order',
    [
      did('1: 0-9', hold('a', 0), got(0)),
      did('2: 1-2', look, free(1, 2)),
      did('2: 3-4', look, free(0, 1, 2)),
    ],
  ],
  [
    'never released',
    [
      did('1: 0-1', hold('a', 0), got(0)),
      did('1: 2-3', release('a'), released),
      did('2: 4-5', hold('b', 0), taken(0)),
    ],
  ],
  [
    'unknown, seen, and gone again',
    [did('1: 0-?', hold('a', 0), null), did('2: 5-6', look, free(1, 2)), did('2: 7-8', look, free(0, 1, 2))],
  ],
  [
    'asked again, held twice',
    [
      did('1: 0-?', hold('a', 0), null),
      did('2: 3-4', look, free(1, 2)),
      did('1: 5-6', hold('a', 0), taken(0)),
    ],
  ],
  ['called sold out', [did('1: 0-1', best('a', 2), { soldOut: 3 })]],
  ['a taken seat as the best', [did('1: 0-1', hold('a', 0), got(0)), did('2: 2-3', best('b', 1), got(0))]],
];

test.each(good)('is linearizable: %s', (_name, history) => {
  const order = linearize(history, boxOffice(3));
  expect(order?.filter(({ output }) => output !== null)).toHaveLength(
    history.filter(({ output }) => output !== null).length,
  );
});

test.each(bad)('is not: %s', (_name, history) => {
  expect(linearize(history, boxOffice(3))).toBeNull();
});

test('sixty operations of eight clients are checked quickly', () => {
  const history = Array.from({ length: 60 }, (_, i) => did(`${i % 8}: ${i}-${i + 8}`, look, free(0, 1, 2)));
  expect(linearize(history, boxOffice(3))).toHaveLength(60);
  expect(linearize([...history, did('1: 70-71', look, free(0))], boxOffice(3))).toBeNull();
});
