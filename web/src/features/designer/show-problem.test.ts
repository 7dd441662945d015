import { expect, test } from 'vitest';
import { problemOf } from './show-problem.ts';

test('an issue of the server is a problem of the drawing if it has a code that the page can say', () => {
  const place = { path: 'plan.objects.1', message: 'is in a price zone that the plan does not have' };
  expect(problemOf({ ...place, code: 'unknown_zone', object: 'block2', zone: 'silver' })).toEqual({
    code: 'unknown_zone',
    severity: 'error',
    object: 'block2',
    zone: 'silver',
  });
  expect(problemOf({ ...place, code: 'a_later_code' })).toBeNull();
  expect(problemOf(place)).toBeNull();
});
