import { expect, test } from 'vitest';
import { expiryAsTyped, faultsOf, grouped, plainDigits } from './card.ts';

const nowMs = Date.parse('2026-11-28T12:00:00Z');
const good = { number: '4242 4242 4242 4242', expiry: '12/30', cvc: '123' };
const faults = (change: Partial<typeof good>) => faultsOf({ ...good, ...change }, nowMs);

test('each field has its own fault, and a good card has none', () => {
  expect(faults({})).toEqual({});
  expect(faults({ number: '', expiry: '', cvc: '' })).toEqual({
    number: 'cardMissing',
    expiry: 'expiryMissing',
    cvc: 'cvcMissing',
  });
  expect(faults({ number: '4242 4242' })).toEqual({ number: 'cardIncomplete' });
});

test('any single wrong digit of a number is found', () => {
  const number = '5555555555554444';
  for (let at = 0; at < number.length; at++) {
    for (let digit = 0; digit < 10; digit++) {
      const typed = number.slice(0, at) + digit + number.slice(at + 1);
      expect(faults({ number: typed }).number).toBe(typed === number ? undefined : 'cardIncomplete');
    }
  }
});

test.each([
  '4242424242424242',
  '4000000000000002',
  '4000002500003155',
  '4000000000003220',
  '4000000000000259',
  '4100000000000019',
])('the test card %s may be sent', (number) => expect(faults({ number })).toEqual({}));

test('a card is good to the end of its month', () => {
  expect(faults({ expiry: '11/26' })).toEqual({});
  expect(faults({ expiry: '10/26' })).toEqual({ expiry: 'expiryPast' });
  expect(faults({ expiry: '1/2031' })).toEqual({});
  for (const expiry of ['13/30', '00/30', '12', 'soon', '12/3'])
    expect(faults({ expiry })).toEqual({ expiry: 'expiryWrong' });
});

test('the security code has three digits, with American Express four', () => {
  for (const cvc of ['12', '1234', '12a']) expect(faults({ cvc })).toEqual({ cvc: 'cvcWrong' });
  expect(faults({ number: '378282246310005', cvc: '1234' })).toEqual({});
  expect(faults({ number: '378282246310005' })).toEqual({ cvc: 'cvcWrong' });
});

test('digits of other keyboards count, and the slash is written while typing', () => {
  expect(plainDigits('٤٢٤٢ ०१९ ７')).toBe('4242 019 7');
  expect(grouped('٤٢٤٢٤٢٤٢')).toBe('4242 4242');
  const typing = ['1', '12', '12/3', '12/30'];
  expect(typing.map((typed, i) => expiryAsTyped(typed, typing[i - 1] ?? ''))).toEqual([
    '1',
    '12/',
    '12/3',
    '12/30',
  ]);
  expect(expiryAsTyped('12', '12/')).toBe('12');
  expect(expiryAsTyped('1230', '')).toBe('12/30');
});
