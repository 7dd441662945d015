import { expect, test } from 'vitest';
import { ApiProblem, type ProblemCode } from '../../../../client/problem.ts';
import { spoilsCode } from './spoils-code.ts';

const refusal = (code: ProblemCode, members: object = {}) =>
  new ApiProblem({ code, title: code, status: 409, ...members });

test('a code is forgotten if it is of no use, and kept if it is good for fewer tickets', () => {
  expect(spoilsCode(refusal('unknown_promo_code'))).toBe(true);
  expect(spoilsCode(refusal('promo_code_ended'))).toBe(true);
  expect(spoilsCode(refusal('promo_code_used_up', { available: 0 }))).toBe(true);
  expect(spoilsCode(refusal('promo_code_used_up', { available: 1 }))).toBe(false);
  expect(spoilsCode(refusal('sold_out', { available: 0 }))).toBe(false);
  expect(spoilsCode(new Error('offline'))).toBe(false);
});
