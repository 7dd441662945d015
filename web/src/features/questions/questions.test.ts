import { expect, test } from 'vitest';
import type { Question } from '../../../../contract/question-fields.ts';
import { choicesOf, draftOf, newQuestion, toForm } from './draft.ts';
import { toAnswers } from './typed.ts';

const meal: Question = {
  ...newQuestion('meal'),
  label: 'Meal',
  kind: 'choice',
  choices: [
    { key: 'meat', label: 'Meat' },
    { key: 'choice-2', label: 'نباتي' },
  ],
  least: null,
  most: null,
};

const changed = (isAnswered: boolean, choices: string) =>
  choicesOf({ ...draftOf(meal, isAnswered), choices });

test('a changed line is the same choice until somebody has answered, and a new one from then on', () => {
  expect(changed(false, 'Meat\nسمك')).toEqual([
    { key: 'meat', label: 'Meat' },
    { key: 'choice-2', label: 'سمك' },
  ]);
  expect(changed(true, 'Meat\nسمك')).toEqual([
    { key: 'meat', label: 'Meat' },
    { key: 'choice-2-2', label: 'سمك' },
  ]);
  expect(changed(true, 'MEAT\nنباتي')).toEqual([
    { key: 'meat-2', label: 'MEAT' },
    { key: 'choice-2', label: 'نباتي' },
  ]);
});

test('a question that is added anew gets a key of its own', () => {
  const draft = { questions: [{ ...newQuestion('new-1'), label: 'Meal' }], terms: [], changeHours: 24 };
  expect(toForm(draft, ['meal']).questions.map(({ key }) => key)).toEqual(['meal-2']);
});

test.each([
  ['3', 3],
  ['-2', -2],
  ['1,5', 1.5],
  ['0.125', 0.125],
  ['٣', 3],
  ['۱۲', 12],
  ['٣٫٥', 3.5],
  ['12 000', 12_000],
  ['12\u202f000', 12_000],
  ["1'000", 1000],
  ['1,000,000', 1_000_000],
  ['1.000,50', 1000.5],
  ['1,000.5', 1000.5],
  ['1,234,567.125', 1_234_567.125],
  ['1,000', null],
  ['1.000', null],
  ['0x10', null],
  ['1e3', null],
  ['½', null],
  ['18+', null],
])('the number %s', (text, number) => {
  const asked = [{ ...meal, key: 'n', kind: 'number' as const, choices: [] }];
  // What is no number, or may be two, stays a text, and is refused as one.
  expect(toAnswers(asked, 1, { order: {}, tickets: [{ n: text }] }).tickets).toEqual([{ n: number ?? text }]);
});

test('a question whose key every object has is not answered by that', () => {
  const asked = [{ ...meal, key: 'constructor', kind: 'text' as const, choices: [] }];
  expect(toAnswers(asked, 1, { order: {}, tickets: [{}] }).tickets).toEqual([{}]);
});
