import { seatLayoutSchema } from '../contract/layout.ts';
import { planSchema, type SeatPlanDocument } from '../contract/plan-fields.ts';
import { mostFileCharacters, mostPlanBytes, type PlanFileFault, type WrongPlace } from './plan-file.ts';
import { planFromLayout } from './read-layout.ts';

/* Our own file: the document as JSON. A layout of the API is read too. */

export const planToJson = (plan: SeatPlanDocument): string => `${JSON.stringify(plan, null, 1)}\n`;

/** What is wrong with a file, in the words of the schema, and where: `objects.3.rows.0.count`. */
type ReadJson = { plan: SeatPlanDocument } | { wrong: { path: string; message: string }[] };

export function planFromJson(source: string): ReadJson {
  if (source.length > mostFileCharacters) return { wrong: [{ path: '', message: 'is too large' }] };
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    return { wrong: [{ path: '', message: String((error as Error).message).slice(0, 200) }] };
  }
  const isLayout =
    typeof value === 'object' && value !== null && !('objects' in value) && 'sections' in value;
  const read = isLayout ? seatLayoutSchema.safeParse(value) : planSchema.safeParse(value);
  if (!read.success)
    return {
      wrong: read.error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message })),
    };
  return { plan: 'objects' in read.data ? read.data : planFromLayout(read.data) };
}

/**
 * Decision: what keeps a plan that a reader made of a file from being saved. Readers guess and scale, so what they make may lie
 * beyond what a plan may have.
 */
export function faultsOfPlan(plan: SeatPlanDocument): WrongPlace[] {
  const checked = planSchema.safeParse(plan);
  if (!checked.success)
    return checked.error.issues
      .slice(0, 20)
      .map(({ path, code }) => ({ path: path.join('.'), code: faultOf(path.join('.'), code) }));
  const bytes = new TextEncoder().encode(JSON.stringify(plan)).length;
  return bytes > mostPlanBytes ? [{ path: '', code: 'too_large' }] : [];
}

const faultOf = (path: string, code: string): PlanFileFault => {
  // A list is too long, or all objects together have too many seats.
  if (['zones', 'sections', 'objects'].includes(path)) return 'too_many';
  return code === 'too_big' ? 'too_large' : 'wrong_type';
};
