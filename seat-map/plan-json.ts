import { seatLayoutSchema } from '../contract/layout.ts';
import { planSchema, type SeatPlanDocument } from '../contract/plan-fields.ts';
import { mostFileCharacters } from './plan-file.ts';
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
