import { expect, test } from 'vitest';
import { newEventSchema } from '../../../../contract/events.ts';
import { noRefunds } from '../../../../contract/refund-policy.ts';
import { emptyDraft } from './draft.ts';
import { bodyOf, eventForm, fieldOf } from './event-body.ts';
import { blockLayout } from './layouts.ts';
import { minorOf } from './numbers.ts';
import { noTax } from './price-draft.ts';
import { newStep } from './refund-draft.ts';
import { newStep as newPriceStep, newTerms } from './type-terms-draft.ts';

const draft = () => ({
  ...emptyDraft('Europe/Berlin', 'Floor', 'Regular'),
  title: 'Night Shift',
  startsAt: '2027-01-15T23:00',
  endsAt: '2027-01-16T06:00',
  venue: { name: 'Kesselhaus', address: '', city: 'Berlin', country: 'de', latitude: '', longitude: '' },
});

test('a filled form is what the contract asks for', () => {
  const body = newEventSchema.parse({
    organisationId: 'org_01K9ZC4V7R8W3T5XN2M6QHJDEF',
    ...bodyOf(draft(), null),
  });
  expect(body.startsAt).toBe('2027-01-15T22:00:00Z');
  expect(body.venue.country).toBe('DE');
  expect(body.ticketTypes[0]).toMatchObject({
    name: 'Regular',
    priceMinor: 2500,
    pools: ['floor'],
    zone: null,
  });
});

test('a ticket type of a zone names no pools', () => {
  const body = bodyOf(
    {
      ...draft(),
      seating: 'reserved',
      layout: blockLayout('Stalls', 3, 20),
      pools: [],
      ticketTypes: [
        {
          row: 'seat',
          name: 'Seat',
          description: '',
          doorNote: '',
          shown: 'all',
          price: '40',
          ...noTax,
          ...newTerms,
          source: 'zone:stalls',
        },
      ],
    },
    null,
  );
  const event = newEventSchema.parse({ organisationId: 'org_01K9ZC4V7R8W3T5XN2M6QHJDEF', ...body });
  expect(event.ticketTypes[0]).toMatchObject({ zone: 'stalls', pools: [], priceMinor: 4000 });
  expect(event.seatLayout?.zones[0]?.key).toBe('stalls');
});

test.each([
  ['12.50', 'EUR', 1250],
  ['12,5', 'EUR', 1250],
  ['12', 'EUR', 1200],
  ['1.', 'EUR', 100],
  ['1200', 'JPY', 1200],
  ['0', 'EUR', 0],
  ['12.505', 'EUR', Number.NaN],
  ['1.5', 'JPY', Number.NaN],
  ['-3', 'EUR', Number.NaN],
  ['', 'EUR', Number.NaN],
] as const)('%s in %s is %s minor units', (typed, currency, minor) => {
  expect(minorOf(typed, currency)).toBe(minor);
});

test('what is wrong with an event is found at the field that it was typed into', () => {
  const typed = {
    ...draft(),
    startsAt: '+012027-01-15T23:00',
    timeZone: 'Mars/Olympus',
    holdMinutes: '61',
    refundSteps: [newStep('a', ''), newStep('b', '3', '120'), newStep('c', '4', '100')],
    feePerTicket: '1.234',
    ...{ feePaidBy: 'buyer' as const, feeEachTicket: '', feePercentOfTicket: '-1', feeEachOrder: '1.2.3' },
    ...{ feeTaxRate: 'x', feeTaxName: '' },
    seating: 'reserved' as const,
    pools: [{ key: 'floor', name: ' ', capacity: '' }],
    ticketTypes: [
      {
        row: 'regular',
        name: 'Regular',
        description: '',
        doorNote: '',
        shown: 'all',
        price: '12.345',
        taxKind: 'onTop',
        taxName: ' ',
        taxRate: '101',
        ...newTerms,
        source: 'pool:gone',
      },
      {
        ...{
          row: 'reduced',
          name: 'Reduced',
          description: '',
          doorNote: '',
          shown: 'all',
          price: '1',
          ...noTax,
          source: '',
        },
        ...{ ...newTerms, minPerOrder: '0', priceKind: 'steps' as const },
        priceSteps: [{ ...newPriceStep(), price: '1.234' }],
      },
    ],
  };
  const issues = eventForm(null).safeParse(typed).error?.issues ?? [];
  expect(new Set(issues.map(({ path }) => fieldOf(path.join('.'))))).toEqual(
    new Set([
      'startsAt',
      'timeZone',
      'holdMinutes',
      'refundSteps.0.before',
      'refundSteps.1.percent',
      'feePerTicket',
      'feeEachTicket',
      'feePercentOfTicket',
      'feeEachOrder',
      'feeTaxRate',
      'feeTaxName',
      'ticketTypes.0.taxName',
      'ticketTypes.0.taxRate',
      'pools.0.name',
      'pools.0.capacity',
      'ticketTypes.0.price',
      'ticketTypes.0.source',
      'ticketTypes.1.source',
      'ticketTypes.1.minPerOrder',
      'ticketTypes.1.priceSteps.0.price',
      'layout',
    ]),
  );
});

test('what is not asked for can not be wrong', () => {
  const typed = { ...draft(), refundSteps: [], feePercent: '101' };
  expect(eventForm(null).parse(typed).refundPolicy).toEqual(noRefunds);
});
