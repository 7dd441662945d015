import type { PlanObject, SeatPlanDocument } from '../../../../contract/plan-fields.ts';
import { countSeats } from '../../../../seat-map/place-seats.ts';
import { isSeated } from '../../../../seat-map/plan.ts';
import type { Desk } from './desk.ts';
import { countChosen } from './scene.ts';
import { t } from './words.ts';

/** The name of an object in a list: what it is, and what somebody has called it. */
export function nameOf(object: PlanObject, { sections }: SeatPlanDocument): string {
  const own =
    'label' in object && object.label
      ? object.label
      : object.kind === 'text'
        ? object.text
        : 'section' in object
          ? (sections.find(({ key }) => key === object.section)?.name ?? '')
          : '';
  return own ? `${t(`kind.${object.kind}`)} · ${own}` : t(`kind.${object.kind}`);
}

/** What belongs to the name: the seats of an object. */
export const detailOf = (object: PlanObject): string =>
  isSeated(object) ? t('seatCount', { count: countSeats(object) }) : '';

/** What is selected, for a screen reader. */
export function sayChoice({ state: { chosen, seats }, document }: Desk): string {
  if (seats.size > 0) return t('selectedSeats', { count: countChosen(seats) });
  const only = chosen.size === 1 ? document.objects.find(({ id }) => chosen.has(id)) : undefined;
  if (only) return [nameOf(only, document), detailOf(only)].filter(Boolean).join(', ');
  return t('selectedObjects', { count: chosen.size });
}
