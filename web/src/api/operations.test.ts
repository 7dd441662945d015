import { expect, test } from 'vitest';
import { operations } from '../../../contract/operations.ts';
import * as account from '../features/account/operations.ts';
import * as invitation from '../features/invitation/operations.ts';
import * as shared from './operations.ts';

test('every endpoint has the method and the path of its operation', () => {
  const contract = Object.fromEntries(operations.map(({ id, method, path }) => [id, `${method} ${path}`]));
  const said = Object.fromEntries(
    Object.entries({ ...shared, ...account, ...invitation }).map(([name, { method, path }]) => [
      name,
      `${method} ${path}`,
    ]),
  );
  const expected = Object.fromEntries(Object.keys(said).map((name) => [name, contract[name]]));
  expect(said).toEqual(expected);
});
