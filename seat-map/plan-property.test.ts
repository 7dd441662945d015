import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planSchema, type SeatPlanDocument } from '../contract/plan-fields.ts';
import { compilePlan } from './compile-plan.ts';
import { applyCommand } from './edit-plan.ts';
import { type History, mostSteps, perform, redo, startHistory, undo } from './history.ts';
import { boundsOf } from './outlines.ts';
import { placeRows } from './place-seats.ts';
import { planFromLayout } from './read-layout.ts';
import { growsEvenly } from './resize-objects.ts';
import { commandOf, steps } from './testing/commands.ts';
import { smallHall, template } from './testing/plans.ts';

/** Every kind of command once. */
const everyKind = Array.from({ length: 20 }, (_, kind) => ({
  kind,
  pick: 0b101110,
  by: 0b1011,
  back: false,
}));

test('any sequence of commands, undone, is the plan before; done again, it is the plan after', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(steps, (list) => {
      const first = smallHall();
      // Every plan that was ever the present one, and what it said then. No later command may write to it.
      const seen = new Map<SeatPlanDocument, string>([[first, JSON.stringify(first)]]);
      let history: History = startHistory(first);
      for (const step of list) {
        if (step.back) history = undo(history);
        const command = commandOf(history.present, step);
        kinds.add(command.do);
        history = perform(history, command);
        if (!seen.has(history.present)) seen.set(history.present, JSON.stringify(history.present));
        // A plan that commands have made can be saved.
        expect(planSchema.safeParse(history.present).error?.issues ?? []).toEqual([]);
      }
      const last = history.present;
      let back = history;
      let undone = 0;
      for (; back.past.length > 0; undone++) back = undo(back);
      expect(back.present).toBe(first);
      for (const [plan, text] of seen) expect(JSON.stringify(plan)).toBe(text);
      for (; undone > 0; undone--) back = redo(back);
      expect(back.present).toBe(last);
    }),
    { examples: [[everyKind]], numRuns: 200 },
  );
  expect(kinds.size).toBe(19);
});

test('compiled, read and compiled again, a plan is the same layout', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const plan = list.reduce((each, step) => applyCommand(each, commandOf(each, step)), smallHall());
      const { layout } = compilePlan(plan);
      expect(compilePlan(planFromLayout(layout)).layout).toEqual(layout);
    }),
    { examples: [[everyKind]], numRuns: 200 },
  );
  for (const name of ['theatre', 'arena', 'club', 'cinema', 'stadium'] as const) {
    const { layout } = compilePlan(template(name));
    expect(compilePlan(planFromLayout(layout)).layout).toEqual(layout);
  }
});

test('no command but a removal takes a seat or gives it another key', () => {
  const removes = new Set(['remove', 'remove-seats', 'set-rows']);
  fc.assert(
    fc.property(steps, (list) => {
      let plan = smallHall();
      for (const step of list) {
        const command = commandOf(plan, step);
        const before = keysOf(plan);
        plan = applyCommand(plan, command);
        const after = new Set(keysOf(plan));
        if (!removes.has(command.do)) expect(before.filter((key) => !after.has(key))).toEqual([]);
      }
    }),
    { examples: [[everyKind]], numRuns: 200 },
  );
});

const keysOf = (plan: SeatPlanDocument): string[] =>
  compilePlan(plan).layout.sections.flatMap(({ rows }) => rows.flatMap(({ keys }) => keys ?? []));

test('the history has a bound, and one drag is one step', () => {
  let history = startHistory(smallHall());
  for (let i = 0; i < mostSteps + 20; i++)
    history = perform(history, { do: 'move', objects: ['rows1'], dx: 1, dy: 0 });
  expect(history.past).toHaveLength(mostSteps);
  const before = history.present;
  for (let i = 0; i < 50; i++)
    history = perform(history, { do: 'move', objects: ['rows1'], dx: 1, dy: 0 }, 'drag 1');
  expect(undo(history).present).toBe(before);
  expect(perform(history, { do: 'move', objects: ['rows1'], dx: 0, dy: 0 })).toBe(history);
});

test('an edit of one object of a large plan leaves all others as they are', () => {
  const plan = template('stadium');
  const next = applyCommand(plan, { do: 'move', objects: [plan.objects[3]!.id], dx: 5, dy: 5 });
  expect(next.objects.filter((object, i) => object !== plan.objects[i])).toHaveLength(1);
  expect(placeRows(next.objects[4] as never)).toBe(placeRows(plan.objects[4] as never));
});

test('resized objects fill the rectangle that was asked for, with all their seats', () => {
  const kindsOf = (plan: SeatPlanDocument) => plan.objects.filter((object) => !growsEvenly(object));
  fc.assert(
    fc.property(
      fc.nat({ max: 50 }),
      fc.double({ min: 1.2, max: 3, noNaN: true }),
      fc.double({ min: 1.2, max: 3, noNaN: true }),
      (pick, across, down) => {
        for (const plan of [smallHall(), template('theatre')]) {
          const choices = kindsOf(plan);
          const object = choices[pick % choices.length]!;
          const { left, top, right, bottom } = boundsOf(object);
          const to = {
            left,
            top,
            right: left + (right - left) * across,
            bottom: top + (bottom - top) * down,
          };
          const next = applyCommand(plan, { do: 'resize', objects: [object.id], to });
          const box = boundsOf(next.objects.find(({ id }) => id === object.id)!);
          // One row or one column of seats has nothing to grow by.
          if (bottom - top > 10) expect(box.bottom - box.top).toBeCloseTo(to.bottom - to.top, 0);
          if (right - left > 10) expect(box.right - box.left).toBeCloseTo(to.right - to.left, 0);
          expect((box.left + box.right) / 2).toBeCloseTo((to.left + to.right) / 2, 1);
          expect(keysOf(next)).toEqual(keysOf(plan));
        }
      },
    ),
    { numRuns: 100 },
  );
});
