import { expect, test } from 'vitest';
import { eventBodyLimit } from '../../../../contract/events.ts';
import { planSchema } from '../../../../contract/plan-fields.ts';
import { mostPlanBytes } from '../../../../seat-map/plan-file.ts';
import { planToJson } from '../../../../seat-map/plan-json.ts';
import { planToPretix } from '../../../../seat-map/pretix-out.ts';
import { smallHall } from '../../../../seat-map/testing/plans.ts';
import { openPlanFile } from './plan-files.ts';

test('what is opened can be saved', async () => {
  for (const text of [planToJson(smallHall()), JSON.stringify(planToPretix(smallHall(), 'Hall'))]) {
    const read = await openPlanFile(text);
    expect('plan' in read && planSchema.safeParse(read.plan).success).toBe(true);
  }
});

test.each([1e-9, 1e-320])(
  'a pretix seat of radius %s does not throw the others off every map unseen',
  async (radius) => {
    const file = JSON.parse(JSON.stringify(planToPretix(smallHall(), 'Hall')));
    file.zones[0].rows[0].seats[0].radius = radius;
    const read = await openPlanFile(JSON.stringify(file));
    if ('plan' in read) expect(planSchema.safeParse(read.plan).error?.issues ?? []).toEqual([]);
    else expect(read.wrong[0]).toMatchObject({ code: 'too_large' });
  },
);

test('an SVG with a seat far outside is refused with the place', async () => {
  const read = await openPlanFile(
    '<svg viewBox="0 0 100 100"><circle cx="10" cy="10" r="5"/><circle cx="200000" cy="10" r="5"/></svg>',
  );
  expect(read).toMatchObject({ wrong: [{ path: expect.stringContaining('objects.') }] });
});

test('more squares than an engine takes as arguments are refused as too many', {
  timeout: 30_000,
}, async () => {
  const rect = '<rect x="1" y="1" width="9" height="9"/>';
  const read = await openPlanFile(`<svg viewBox="0 0 9 9">${rect.repeat(150_000)}</svg>`);
  expect(read).toMatchObject({ wrong: [{ code: 'too_many' }] });
});

test('a plan that is larger than the body of a save is refused', async () => {
  const plan = smallHall();
  const note = '√'.repeat(120);
  const [block] = plan.objects.flatMap((object) => (object.kind === 'rows' ? [object] : []));
  for (const row of block!.rows) row.marks = {};
  const many = {
    ...plan,
    objects: Array.from({ length: 500 }, (_, i) => ({
      ...structuredClone(block!),
      id: `copy${i}`,
      rows: block!.rows.map((row) => ({
        ...row,
        marks: Object.fromEntries(Array.from({ length: row.count }, (_, serial) => [serial, { note }])),
      })),
    })),
  };
  expect(await openPlanFile(JSON.stringify(many))).toEqual({
    wrong: [{ path: '', code: 'too_large' }],
  });
  expect(mostPlanBytes).toBe(eventBodyLimit - 64);
});

test('a file that is nothing is not readable', async () => {
  for (const text of ['', '{', 'hello'])
    expect(await openPlanFile(text)).toEqual({ wrong: [{ path: '', code: 'not_readable' }] });
});
