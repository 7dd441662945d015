import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { confirmSandboxPayment } from '../../../../contract/payments.ts';
import { bankCards, testCards } from './test-cards.ts';

const numbersIn = (text: string) =>
  [...text.matchAll(/`(\d{4} \d{4} \d{4} \d{4})`/g)].map(([, number]) => number);

test('the form offers every test card that the contract and the docs describe', () => {
  const offered = [...testCards, ...bankCards].map(([number]) => number).sort();
  expect(offered).toEqual([...new Set(numbersIn(confirmSandboxPayment.description ?? ''))].sort());
  const docs = readFileSync(new URL('../../../../docs/payments.md', import.meta.url), 'utf8');
  expect(offered).toEqual([...new Set(numbersIn(docs))].sort());
});
