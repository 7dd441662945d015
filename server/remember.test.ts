import { expect, test } from 'vitest';
import type { Db } from './data/db.ts';
import { rememberPerDb } from './remember.ts';

test('what was put longest ago goes, and no Db knows what another remembers', () => {
  const [db, other] = [{} as Db, {} as Db];
  const memory = rememberPerDb<string, number>(2);
  const known = (of: Db) => ['a', 'b', 'c'].map((key) => memory.get(of, key));
  memory.put(db, 'a', 1);
  memory.put(db, 'b', 2);
  memory.put(db, 'a', 3);
  memory.put(db, 'c', 4);
  expect(known(db)).toEqual([3, undefined, 4]);
  memory.forget(db, 'a');
  expect(known(db)).toEqual([undefined, undefined, 4]);
  expect(known(other)).toEqual([undefined, undefined, undefined]);
});
