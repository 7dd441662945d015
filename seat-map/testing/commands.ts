import fc from 'fast-check';
import type { SeatPlanDocument } from '../../contract/plan-fields.ts';
import { copyObjects, newTable, pasteCommand } from '../make-objects.ts';
import { boundsOfAll } from '../outlines.ts';
import { placeRows } from '../place-seats.ts';
import { type Bounds, isSeated, type SeatsOfRow } from '../plan.ts';
import type { PlanCommand } from '../plan-command.ts';
import { countedIds } from './plans.ts';

/** A command of each kind on objects and seats that the plan has; `pick` chooses among them. */
export function commandOf(
  plan: SeatPlanDocument,
  { kind, pick, by }: { kind: number; pick: number; by: number },
): PlanCommand {
  const ids = plan.objects.map(({ id }) => id);
  const some = ids.filter((_, i) => (pick >> i) & 1);
  const seated = plan.objects.filter(isSeated);
  const object = seated[pick % Math.max(1, seated.length)];
  const rows = object ? placeRows(object) : [];
  const row = rows[by % Math.max(1, rows.length)];
  const seats: SeatsOfRow[] =
    object && row
      ? [{ object: object.id, row: row.id, seats: row.serials.filter((_, i) => (by >> i) & 1) }]
      : [];
  const block = plan.objects.find(({ kind: each }) => each === 'rows');
  const amount = (by % 200) - 100;
  const commands: PlanCommand[] = [
    { do: 'move', objects: some, dx: amount, dy: -amount },
    { do: 'rotate', objects: some, degrees: amount },
    { do: 'mirror', objects: some, axis: by % 2 ? 'x' : 'y' },
    {
      do: 'align',
      objects: some,
      edge: (['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const)[by % 6]!,
    },
    { do: 'distribute', objects: some, axis: by % 2 ? 'x' : 'y' },
    { do: 'snap', objects: some, step: 10 },
    { do: 'order', objects: some, to: by % 2 ? 'front' : 'back' },
    { do: 'remove', objects: some.slice(0, 1) },
    { do: 'remove-seats', seats },
    { do: 'move-seats', seats, dx: amount, dy: 3 },
    { do: 'mark', seats, mark: { zone: 'blue', accessible: by % 2 ? true : null, note: 'Pillar' } },
    { do: 'number', objects: some, seatNames: { scheme: 'odd', start: 1, from: 'right' }, continued: true },
    { do: 'change', objects: some, fields: { zone: 'blue', radius: amount * 4, label: 'X' } },
    ...(block
      ? [
          {
            do: 'set-rows' as const,
            object: block.id,
            rows: 1 + (by % 6),
            seats: 1 + (pick % 12),
            keep: 'middle' as const,
          },
        ]
      : []),
    {
      do: 'add',
      objects: [newTable({ id: `new${by % 9}0`, section: 'tables', zone: 'gold', x: 100, y: 100 })],
    },
    pasteCommand(plan, copyObjects(plan, some), countedIds(`c${by % 99}`), { dx: 20, dy: 20 }),
    { do: 'set-zones', zones: plan.zones.map((zone) => ({ ...zone, name: `Zone ${by % 50}` })) },
    {
      do: 'set-sections',
      sections: plan.sections.map((section) => ({ ...section, name: `${section.key} ${by % 50}` })),
    },
    { do: 'resize', objects: some, to: grown(plan, some, by) },
    { do: 'change-plan', fields: { width: 800 + (by % 300), background: null } },
  ];
  return commands[kind % commands.length] as PlanCommand;
}

/** A rectangle beside the one around the objects: from half to twice as wide, and from a third to thrice as high. */
function grown(plan: SeatPlanDocument, ids: readonly string[], by: number): Bounds {
  const box = boundsOfAll(plan.objects.filter(({ id }) => ids.includes(id)));
  const { left, top, right, bottom } = box ?? { left: 0, top: 0, right: 10, bottom: 10 };
  const [across, down] = [2 ** ((by % 9) / 4 - 1), 3 ** ((by % 5) / 2 - 1)];
  return {
    left: left + 7,
    top,
    right: left + 7 + (right - left) * across,
    bottom: top + (bottom - top) * down,
  };
}

/** Random commands, and whether a step back comes first. */
export const steps = fc.array(
  fc.record({
    kind: fc.nat({ max: 19 }),
    pick: fc.integer({ min: 1, max: 255 }),
    by: fc.nat({ max: 4095 }),
    back: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30 },
);
