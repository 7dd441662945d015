import { expect, test } from 'vitest';
import { offerEnd } from './offer-time.ts';

const event = { timeZone: 'Europe/Berlin', startsAt: new Date('2027-06-30T20:00:00+02:00') };
const saleEnd = new Date('2027-06-30T19:00:00+02:00');

test.each([
  ['by day', '2027-06-01T12:00:00+02:00', '2027-06-01T12:30:00+02:00'],
  ['in the first minute of the day', '2027-06-01T09:00:00+02:00', '2027-06-01T09:30:00+02:00'],
  ['in the last minute of the day', '2027-06-01T21:59:00+02:00', '2027-06-01T22:29:00+02:00'],
  ['when the night begins', '2027-06-01T22:00:00+02:00', '2027-06-02T09:30:00+02:00'],
  ['after midnight', '2027-06-02T03:17:25+02:00', '2027-06-02T09:30:00+02:00'],
  ['just before the day', '2027-06-02T08:59:59+02:00', '2027-06-02T09:30:00+02:00'],
  ['in the night in which the clocks go forward', '2027-03-27T23:00:00+01:00', '2027-03-28T09:30:00+02:00'],
  ['in the night in which they go back', '2027-10-30T23:00:00+02:00', '2027-10-31T09:30:00+01:00'],
])('an offer that is made %s', (_, at, ends) => {
  const later = { ...event, startsAt: new Date('2027-12-01T20:00:00+01:00') };
  expect(offerEnd(later, 30, new Date('2027-12-01'), new Date(at))).toEqual(new Date(ends));
});

test('the night is not waited for if the event has begun by then, and no offer outlasts the sale', () => {
  const night = { ...event, startsAt: new Date('2027-07-01T02:00:00+02:00') };
  const at = new Date('2027-06-30T23:00:00+02:00');
  expect(offerEnd(night, 30, night.startsAt, at)).toEqual(new Date('2027-06-30T23:30:00+02:00'));
  expect(offerEnd(event, 30, saleEnd, new Date('2027-06-30T18:50:00+02:00'))).toEqual(saleEnd);
});
