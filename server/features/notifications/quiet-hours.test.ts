import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quietUntil } from './quiet-hours.ts';

const berlin = { from: '22:00', until: '08:00', timeZone: 'Europe/Berlin' };

test.each([
  ['2026-12-01T20:59:59Z', null],
  ['2026-12-01T21:00:00Z', '2026-12-02T07:00:00Z'],
  ['2026-12-02T03:30:20Z', '2026-12-02T07:00:00Z'],
  ['2026-12-02T06:59:59Z', '2026-12-02T07:00:00Z'],
  ['2026-12-02T07:00:00Z', null],
])('at %s the quiet hours of a night in Berlin end at %s', (now, end) => {
  expect(quietUntil(new Date(now), berlin)?.toISOString().replace('.000', '') ?? null).toBe(end);
});

test('quiet hours end within a day, and at their end they are over', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const zone = fc.constantFrom('UTC', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Chatham');
  const instant = fc.date({ min: new Date('2026-06-01'), max: new Date('2026-06-30'), noInvalidDate: true });
  fc.assert(
    fc.property(time, time, zone, instant, (from, until, timeZone, now) => {
      if (from === until) return;
      const end = quietUntil(now, { from, until, timeZone });
      if (!end) return;
      const wait = end.getTime() - now.getTime();
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(86_400_000);
      expect(quietUntil(end, { from, until, timeZone })).toBeNull();
      expect(quietUntil(new Date(end.getTime() - 1), { from, until, timeZone })).toEqual(end);
    }),
  );
});
