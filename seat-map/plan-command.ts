import type {
  BlockRow,
  PlanObject,
  PlanSection,
  PlanZone,
  RowNames,
  SeatMark,
  SeatNames,
  SeatPlanDocument,
} from '../contract/plan-fields.ts';
import type { Bounds, SeatsOfRow } from './plan.ts';

/* What can be done to a plan (edit-plan.ts does it). */

type Ids = readonly string[];
/** What the seats get. Null takes a member away. */
export type MarkChange = { [Member in keyof SeatMark]?: SeatMark[Member] | null };
export type Edge = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

export type PlanCommand =
  | {
      do: 'add';
      objects: readonly PlanObject[];
      sections?: readonly PlanSection[];
      zones?: readonly PlanZone[];
      at?: number;
    }
  | { do: 'remove'; objects: Ids }
  | { do: 'remove-seats'; seats: readonly SeatsOfRow[] }
  | { do: 'move'; objects: Ids; dx: number; dy: number }
  | { do: 'move-seats'; seats: readonly SeatsOfRow[]; dx: number; dy: number }
  | { do: 'rotate'; objects: Ids; degrees: number }
  | { do: 'resize'; objects: Ids; to: Bounds }
  | { do: 'mirror'; objects: Ids; axis: 'x' | 'y' }
  | { do: 'align'; objects: Ids; edge: Edge }
  | { do: 'distribute'; objects: Ids; axis: 'x' | 'y' }
  | { do: 'snap'; objects: Ids; step: number }
  | { do: 'change'; objects: Ids; fields: Readonly<Record<string, unknown>> }
  | { do: 'set-rows'; object: string; rows: number; seats: number; keep: 'left' | 'middle' | 'right' }
  | { do: 'change-row'; object: string; row: string; fields: Partial<Omit<BlockRow, 'id'>> }
  | { do: 'mark'; seats: readonly SeatsOfRow[]; mark: MarkChange }
  | { do: 'number'; objects: Ids; rowNames?: RowNames; seatNames?: SeatNames; continued?: boolean }
  | { do: 'order'; objects: Ids; to: 'front' | 'back' }
  | { do: 'set-zones'; zones: readonly PlanZone[] }
  | { do: 'set-sections'; sections: readonly PlanSection[] }
  | {
      do: 'change-plan';
      fields: { width?: number; height?: number; background?: SeatPlanDocument['background'] | null };
    };

/** Replaces the named objects by what `change` makes of them. Keeps the plan if each stays the same object. */
export function changeEach(
  plan: SeatPlanDocument,
  ids: Ids,
  change: (object: PlanObject) => PlanObject,
): SeatPlanDocument {
  const chosen = new Set(ids);
  let same = true;
  const objects = plan.objects.map((object) => {
    if (!chosen.has(object.id)) return object;
    const next = change(object);
    if (next !== object) same = false;
    return next;
  });
  return same ? plan : { ...plan, objects };
}
