import type { SeatPlanDocument } from '../../../../contract/plan-fields.ts';
import type { ReadPlan } from '../../../../seat-map/plan-file.ts';
import { planFromPretix } from '../../../../seat-map/pretix-in.ts';
import { planToPretix } from '../../../../seat-map/pretix-out.ts';
import { planFromSvg } from '../../../../seat-map/svg-in.ts';
import { planToSvg } from '../../../../seat-map/svg-out.ts';
import { newId } from './new-object.ts';

/** Reads the text of a file. What it is follows from its content, whatever its name says. */
export async function openPlanFile(text: string): Promise<ReadPlan> {
  if (text.trimStart().startsWith('<')) return planFromSvg(text, newId);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { wrong: [{ path: '', code: 'not_readable' }] };
  }
  if (typeof value === 'object' && value !== null && 'categories' in value)
    return planFromPretix(value, newId);
  // The schemas come only now, because drawing needs none of them.
  const { planFromJson } = await import('../../../../seat-map/plan-json.ts');
  const read = planFromJson(text);
  return 'wrong' in read
    ? { wrong: read.wrong.slice(0, 5).map(({ path }) => ({ path, code: 'wrong_type' })) }
    : { plan: read.plan, notes: [] };
}

/** The files that a plan can be saved as. */
export const planFiles = {
  json: {
    ending: 'json',
    type: 'application/json',
    write: (plan: SeatPlanDocument) => JSON.stringify(plan, null, 1),
  },
  svg: { ending: 'svg', type: 'image/svg+xml', write: (plan: SeatPlanDocument) => planToSvg(plan) },
  pretix: {
    ending: 'pretix.json',
    type: 'application/json',
    write: (plan: SeatPlanDocument, name: string) => JSON.stringify(planToPretix(plan, name), null, 1),
  },
} as const;
