import type {
  PlanObject,
  PlanSection,
  PlanZone,
  SeatPlanDocument,
} from '../../../../contract/plan-fields.ts';

/** What two people changed at once, each in another way. */
export type Clash =
  | { of: 'object'; mine: PlanObject | undefined; theirs: PlanObject | undefined }
  | { of: 'zone' | 'section'; name: string }
  | { of: 'size' | 'background' };

type Side = 'mine' | 'theirs';

/**
 * Decision: one drawing of two that began from the same one. What only one person changed is taken from that person: object by
 * object, each field of a zone or a section by itself, the size of the map, and the picture under it. What both changed is a clash,
 * in which `prefer` wins.
 */
export function mergePlans(
  base: SeatPlanDocument,
  mine: SeatPlanDocument,
  theirs: SeatPlanDocument,
  prefer: Side,
): { plan: SeatPlanDocument; clashes: Clash[]; taken: number } {
  const whole = <Value>(old: Value, here: Value, there: Value) => mergeValue(old, here, there, prefer);
  const objects = mergeLists(lists(base, mine, theirs, 'objects'), ({ id }) => id, whole);
  const fields = <Entry extends object>(old?: Entry, here?: Entry, there?: Entry) =>
    mergeFields(old, here, there, prefer);
  const zones = mergeLists(lists(base, mine, theirs, 'zones'), keyOf, fields<PlanZone>);
  const sections = mergeLists(lists(base, mine, theirs, 'sections'), keyOf, fields<PlanSection>);
  const background = whole(base.background, mine.background, theirs.background);
  const size = whole(sizeOf(base), sizeOf(mine), sizeOf(theirs));
  const { background: _, ...rest } = mine;
  const clashes: Clash[] = [
    ...objects.clashes.map(({ here, there }) => ({ of: 'object' as const, mine: here, theirs: there })),
    ...zones.clashes.map(({ here, there }) => ({ of: 'zone' as const, name: (here ?? there)?.name ?? '' })),
    ...sections.clashes.map(({ here, there }) => ({
      of: 'section' as const,
      name: (here ?? there)?.name ?? '',
    })),
    ...(size.clash ? [{ of: 'size' as const }] : []),
    ...(background.clash ? [{ of: 'background' as const }] : []),
  ];
  return {
    plan: {
      ...rest,
      ...size.value,
      objects: objects.list,
      zones: zones.list,
      sections: sections.list,
      ...(background.value && { background: background.value }),
    },
    clashes,
    taken:
      objects.taken + zones.taken + sections.taken + [size, background].filter(({ taken }) => taken).length,
  };
}

const keyOf = ({ key }: { key: string }): string => key;
const sizeOf = ({ width, height }: SeatPlanDocument) => ({ width, height });
const lists = <Name extends 'objects' | 'zones' | 'sections'>(
  base: SeatPlanDocument,
  mine: SeatPlanDocument,
  theirs: SeatPlanDocument,
  name: Name,
) =>
  [base[name], mine[name], theirs[name]] as [
    SeatPlanDocument[Name],
    SeatPlanDocument[Name],
    SeatPlanDocument[Name],
  ];

interface Merged<Value> {
  value: Value;
  /** True if both changed it, each in another way. */
  clash: boolean;
  /** True if something of the other person is in it. */
  taken: boolean;
}

function mergeValue<Value>(old: Value, here: Value, there: Value, prefer: Side): Merged<Value> {
  if (same(here, there) || same(there, old)) return { value: here, clash: false, taken: false };
  if (same(here, old)) return { value: there, clash: false, taken: true };
  return { value: prefer === 'mine' ? here : there, clash: true, taken: prefer === 'theirs' };
}

/** Field by field, so that a new name of one person and a new photo of the other are both kept. */
function mergeFields<Entry extends object>(
  old: Entry | undefined,
  here: Entry | undefined,
  there: Entry | undefined,
  prefer: Side,
): Merged<Entry | undefined> {
  if (!old || !here || !there) return mergeValue(old, here, there, prefer);
  const [before, own, others] = [old, here, there] as Record<string, unknown>[] as [
    Record<string, unknown>,
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  const value: Record<string, unknown> = {};
  let clash = false;
  let taken = false;
  for (const name of new Set([...Object.keys(own), ...Object.keys(others)])) {
    const merged = mergeValue(before[name], own[name], others[name], prefer);
    clash ||= merged.clash;
    taken ||= merged.taken;
    if (merged.value !== undefined) value[name] = merged.value;
  }
  return { value: value as Entry, clash, taken };
}

function mergeLists<Entry extends object>(
  [base, mine, theirs]: [readonly Entry[], readonly Entry[], readonly Entry[]],
  keyOfEntry: (entry: Entry) => string,
  merge: (
    old: Entry | undefined,
    here: Entry | undefined,
    there: Entry | undefined,
  ) => Merged<Entry | undefined>,
) {
  const by = (list: readonly Entry[]) => new Map(list.map((entry) => [keyOfEntry(entry), entry]));
  const [before, own, others] = [by(base), by(mine), by(theirs)];
  const clashes: { here: Entry | undefined; there: Entry | undefined }[] = [];
  let taken = 0;
  // My order, and behind it what only they have.
  const keys = [...own.keys(), ...[...others.keys()].filter((key) => !own.has(key)), ...before.keys()];
  const list = [...new Set(keys)].flatMap((key) => {
    const [old, here, there] = [before.get(key), own.get(key), others.get(key)];
    const merged = merge(old, here, there);
    if (merged.clash) clashes.push({ here, there });
    else if (merged.taken) taken++;
    return merged.value ?? [];
  });
  return { list, clashes, taken };
}

/**
 * True for values that are equal as JSON. The database has an order of its own for the keys of an object, so a drawing that comes back
 * from the server has other text than the one that was sent.
 */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  // A key without a value is not in the JSON.
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
