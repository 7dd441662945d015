import { expect, test } from 'vitest';
import { type ErrorCode, errorTable } from '../../contract/errors.ts';
import { logLevelOf } from './send-error.ts';

test('only what nobody expected is logged as an error, and outages as warnings', () => {
  const levels = Object.groupBy(Object.keys(errorTable) as ErrorCode[], (code) => logLevelOf(code) ?? 'none');
  expect(levels.error).toEqual(['internal']);
  expect(levels.warn?.toSorted()).toEqual(['payment_provider_unavailable', 'unavailable']);
});
