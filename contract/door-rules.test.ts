import { expect, test } from 'vitest';
import {
  type Checkpoint,
  type DoorRules,
  type DoorScan,
  type DoorTicket,
  dayOf,
  decideScan,
  plainRules,
} from './door-rules.ts';
import type { CheckpointId, TicketTypeId } from './ids.ts';

const regular = 'tty_regular' as TicketTypeId;
const vip = 'tty_vip' as TicketTypeId;
const id = (name: string) => `cpt_${name}` as CheckpointId;
const checkpoint = (name: string, more: Partial<Checkpoint>): Checkpoint => ({
  id: id(name),
  name,
  kind: 'entrance',
  ticketTypeIds: null,
  perDay: false,
  days: null,
  times: 1,
  countsInside: true,
  insideLimit: null,
  ...more,
});
const backstage = checkpoint('backstage', {
  kind: 'zone',
  ticketTypeIds: [vip],
  countsInside: false,
  insideLimit: 2,
});
const drinks = checkpoint('drinks', { kind: 'handout', times: 2, countsInside: false });
const daily = checkpoint('daily', { perDay: true, days: ['2026-12-04', '2026-12-05'] });
const east = checkpoint('east', {});
const friday = checkpoint('friday', { days: ['2026-12-04'] });
const saturday = checkpoint('saturday', { days: ['2026-12-05'] });
const gates: DoorRules = { ...plainRules, checkpoints: [east, daily, friday, saturday, drinks] };
const rules: DoorRules = { ...plainRules, checkpoints: [backstage, drinks, daily] };
const returning: DoorRules = { ...rules, reEntry: 'after-exit' };

const fresh: DoorTicket = {
  ticketTypeId: regular,
  issue: 1,
  standing: 'valid',
  isTransferred: false,
  inside: null,
  entrance: { day: null, visit: 0, used: 0, inside: false },
  uses: {},
};
const scanAt = (given: string): DoorScan => {
  const [direction, place, day] = given.split(' ');
  return {
    issue: 1,
    direction: direction as 'in' | 'out',
    checkpointId: !place || place === 'main' ? null : id(place),
    day: day ?? '2026-12-04',
    allowedTypes: null,
    admitsDisputed: false,
  };
};

/** Makes scans one after the other, and says what became of each. */
function play(given: string, by: DoorRules, ticket = fresh): string {
  let state = ticket;
  return given
    .split(', ')
    .map((scan) => {
      const decision = decideScan(state, scanAt(scan), by);
      if (decision.refused !== null) return decision.refused;
      const { movement } = decision;
      state = movement.after;
      return `${movement.kind} ${movement.visit}`;
    })
    .join(', ');
}

test.each([
  ['in, in', plainRules, 'entry 1, already_used'],
  ['in, out, in', plainRules, 'entry 1, exit 1, already_used'],
  ['out', plainRules, 'not_inside'],
  ['in, out, out', plainRules, 'entry 1, exit 1, not_inside'],
  ['in, in, out, in, out, in', returning, 'entry 1, already_inside, exit 1, entry 2, exit 2, entry 3'],
  ['in backstage', rules, 'wrong_gate'],
  ['in removed', rules, 'wrong_gate'],
  ['in drinks, in drinks, in drinks', rules, 'handout 1, handout 2, handout_used'],
  ['out drinks', rules, 'not_inside'],
  // Each day anew; the evening before does not keep anybody inside.
  [
    'in daily 2026-12-04, in daily 2026-12-04, in daily 2026-12-05, in daily 2026-12-06',
    rules,
    'entry 1, already_used, entry 1, not_today',
  ],
  ['in daily 2026-12-04, in daily 2026-12-05', returning, 'entry 1, entry 1'],
  // Through one gate in, through another one out, and back.
  ['in main, out daily, in main', returning, 'entry 1, exit 1, entry 2'],
  ['in main, in daily, out daily, in daily', returning, 'entry 1, already_inside, exit 1, entry 1'],
  // All entrances of the house share the right of a day, and what is given out is apart from it.
  ['in main, in east, in drinks', gates, 'entry 1, already_used, handout 1'],
  ['in east, in main', gates, 'entry 1, already_used'],
  ['in daily, in main, in east, in friday', gates, 'entry 1, already_used, already_used, already_used'],
  ['in friday, in daily, in daily 2026-12-05', gates, 'entry 1, already_used, entry 1'],
  ['in friday, in saturday 2026-12-05, in daily 2026-12-05', gates, 'entry 1, entry 1, already_used'],
  ['in main, in saturday 2026-12-05, in daily 2026-12-04', gates, 'entry 1, entry 1, already_used'],
  ['in main, in daily, in daily 2026-12-05', gates, 'entry 1, already_used, entry 1'],
  ['in daily, in main 2026-12-05, in daily 2026-12-05', gates, 'entry 1, entry 1, already_used'],
  ['in east, in main', { ...gates, checkpoints: [], removed: [east] }, 'wrong_gate, entry 1'],
])('%s', (scans, by, expected) => {
  expect(play(scans, by)).toBe(expected);
});

test('who has a ticket for a zone comes in and out of it, and the house does not notice', () => {
  const guest = { ...fresh, ticketTypeId: vip };
  expect(
    play('in main, in backstage, in backstage, out backstage, in backstage, out main', returning, guest),
  ).toBe('entry 1, entry 1, already_inside, exit 1, entry 2, exit 1');
});

test.each([
  [{ standing: 'cancelled' }, {}, 'ticket_cancelled'],
  [{ standing: 'refunded', issue: 2 }, {}, 'ticket_refunded'],
  [{ issue: 2 }, {}, 'ticket_reissued'],
  [{ issue: 2, isTransferred: true }, {}, 'ticket_transferred'],
  [{ issue: 2 }, { direction: 'out' }, 'ticket_reissued'],
  [{ standing: 'waiting' }, {}, 'not_yet_paid'],
  [{ standing: 'disputed' }, {}, 'ticket_disputed'],
  [{ standing: 'disputed' }, { admitsDisputed: true }, null],
  [{}, { allowedTypes: [vip] }, 'wrong_ticket_type'],
  [{}, { allowedTypes: [vip, regular] }, null],
] as [Partial<DoorTicket>, Partial<DoorScan>, string | null][])(
  'a ticket that is %o, scanned as %o: %s',
  (ticket, scan, refused) => {
    expect(decideScan({ ...fresh, ...ticket }, { ...scanAt('in'), ...scan }, rules).refused).toBe(refused);
  },
);

test('a dispute admits where the event says so, and who is inside may leave with any ticket', () => {
  const disputed = { ...fresh, standing: 'disputed' as const };
  expect(decideScan(disputed, scanAt('in'), { ...rules, disputed: 'admit' }).refused).toBeNull();
  const inside = { ...disputed, standing: 'cancelled' as const, inside: { checkpointId: null, day: null } };
  expect(decideScan(inside, scanAt('out'), rules).refused).toBeNull();
});

test('a full house or zone refuses who comes in, and nobody who is in or leaves', () => {
  const limited = { ...returning, insideLimit: 10 };
  const inside = (n: number) => () => n;
  expect(decideScan(fresh, scanAt('in'), limited, inside(9)).refused).toBeNull();
  expect(decideScan(fresh, scanAt('in'), limited, inside(10)).refused).toBe('house_full');
  expect(decideScan(fresh, scanAt('in drinks'), limited, inside(10)).refused).toBeNull();
  const guest = { ...fresh, ticketTypeId: vip };
  expect(
    decideScan(guest, scanAt('in backstage'), limited, (at) => (at === backstage.id ? 2 : 0)).refused,
  ).toBe('house_full');
  const isIn = { ...fresh, inside: { checkpointId: null, day: null } };
  expect(decideScan(isIn, scanAt('out'), limited, inside(10)).refused).toBeNull();
});

test('a day begins at five in the morning in the zone of the event, also when clocks change', () => {
  const day = (at: string, zone = 'Europe/Berlin') => dayOf(new Date(at), zone, plainRules);
  expect(day('2026-12-05T03:59:00Z')).toBe('2026-12-04');
  expect(day('2026-12-05T04:00:00Z')).toBe('2026-12-05');
  expect(day('2026-12-05T04:00:00Z', 'America/New_York')).toBe('2026-12-04');
  expect(day('2026-03-29T02:59:00Z')).toBe('2026-03-28');
  expect(day('2026-03-29T03:00:00Z')).toBe('2026-03-29');
  expect(day('2026-12-31T23:59:00Z', 'Pacific/Auckland')).toBe('2027-01-01');
});
