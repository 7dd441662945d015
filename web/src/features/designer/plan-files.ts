import type { SeatPlanDocument } from '../../../../contract/plan-fields.ts';
import type { ReadPlan } from '../../../../seat-map/plan-file.ts';
import type { planFromJson } from '../../../../seat-map/plan-json.ts';
import { planFromPretix } from '../../../../seat-map/pretix-in.ts';
import { planToPretix } from '../../../../seat-map/pretix-out.ts';
import { planFromSvg } from '../../../../seat-map/svg-in.ts';
import { planToSvg } from '../../../../seat-map/svg-out.ts';
import { newId } from './new-object.ts';

/**
 * Reads the text of a file. What it is follows from its content, whatever its name says. A plan that could not be saved is refused
 * here, because on the desk it would keep everything drawn later from being saved as well.
 */
export async function openPlanFile(text: string): Promise<ReadPlan> {
  try {
    // The schemas come only now, because drawing needs none of them.
    const { faultsOfPlan, planFromJson } = await import('../../../../seat-map/plan-json.ts');
    const read = readAs(text, planFromJson);
    if ('wrong' in read) return read;
    const wrong = faultsOfPlan(read.plan);
    return wrong.length > 0 ? { wrong } : read;
  } catch {
    // A file that no reader foresaw, or one that is too deep for the browser.
    return { wrong: [{ path: '', code: 'not_readable' }] };
  }
}

function readAs(text: string, fromJson: typeof planFromJson): ReadPlan {
  if (text.trimStart().startsWith('<')) return planFromSvg(text, newId);
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && 'categories' in value)
    return planFromPretix(value, newId);
  const read = fromJson(text);
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
