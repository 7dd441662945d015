import type { PlanObject, SeatPlanDocument } from '../../../../contract/plan-fields.ts';

/** An object that two people changed at once, each in another way. */
export interface Clash {
  mine: PlanObject | undefined;
  theirs: PlanObject | undefined;
}

/**
 * Decision: one drawing of two that began from the same one. What only one person changed is taken from that person, object by
 * object, zone by zone and section by section. What both changed is a clash, in which `prefer` wins.
 */
export function mergePlans(
  base: SeatPlanDocument,
  mine: SeatPlanDocument,
  theirs: SeatPlanDocument,
  prefer: 'mine' | 'theirs',
): { plan: SeatPlanDocument; clashes: Clash[]; taken: number } {
  const objects = mergeLists(base.objects, mine.objects, theirs.objects, ({ id }) => id, prefer);
  const zones = mergeLists(base.zones, mine.zones, theirs.zones, ({ key }) => key, prefer);
  const sections = mergeLists(base.sections, mine.sections, theirs.sections, ({ key }) => key, prefer);
  const background = same(mine.background, base.background) ? theirs.background : mine.background;
  const { background: _, ...rest } = mine;
  return {
    plan: {
      ...rest,
      width: mine.width === base.width ? theirs.width : mine.width,
      height: mine.height === base.height ? theirs.height : mine.height,
      objects: objects.list,
      zones: zones.list,
      sections: sections.list,
      ...(background && { background }),
    },
    clashes: objects.clashes,
    taken: objects.taken + zones.taken + sections.taken,
  };
}

function mergeLists<Entry>(
  base: readonly Entry[],
  mine: readonly Entry[],
  theirs: readonly Entry[],
  keyOf: (entry: Entry) => string,
  prefer: 'mine' | 'theirs',
) {
  const by = (list: readonly Entry[]) => new Map(list.map((entry) => [keyOf(entry), entry]));
  const [before, own, others] = [by(base), by(mine), by(theirs)];
  const clashes: { mine: Entry | undefined; theirs: Entry | undefined }[] = [];
  let taken = 0;
  const merged = (key: string): Entry | undefined => {
    const [old, here, there] = [before.get(key), own.get(key), others.get(key)];
    if (same(here, there) || same(there, old)) return here;
    if (same(here, old)) {
      taken++;
      return there;
    }
    clashes.push({ mine: here, theirs: there });
    return prefer === 'mine' ? here : there;
  };
  // My order, and behind it what only they have.
  const keys = [...own.keys(), ...[...others.keys()].filter((key) => !own.has(key)), ...before.keys()];
  const list = [...new Set(keys)].flatMap((key) => merged(key) ?? []);
  return { list, clashes, taken };
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
