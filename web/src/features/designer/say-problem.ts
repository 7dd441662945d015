import type { Desk } from './desk.ts';
import { nameOf } from './say-object.ts';
import type { DeskProblem } from './use-problems.ts';
import { t } from './words.ts';

/** A problem of the plan in words, with the name of the place. */
export function sayPlanProblem(problem: DeskProblem, plan: Desk['document']): string {
  const object = plan.objects.find(({ id }) => id === problem.object);
  const where =
    (object && nameOf(object, plan)) ??
    plan.zones.find(({ key }) => key === problem.zone)?.name ??
    plan.sections.find(({ key }) => key === problem.section)?.name ??
    '';
  const values = Object.fromEntries(
    Object.entries(problem.values ?? {}).map(([name, value]) => [name, String(value)]),
  );
  // Each problem says some of these values, and its text takes no others.
  const say = t as (key: string, values: Record<string, string>) => string;
  const text = say(`problem.${problem.code}`, {
    name: values.name ?? where,
    row: values.row ?? '',
    seat: values.seat ?? '',
    most: values.most ?? '',
    count: values.count ?? '',
  });
  return where && !text.includes(where) ? `${where}: ${text}` : text;
}
