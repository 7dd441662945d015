import { type EventStep, eventSteps, type Gap, gapSteps } from '../../../../contract/event-preparation.ts';
import type { Draft } from '../organise/draft.ts';

export const isStep = (name: string): name is EventStep => (eventSteps as readonly string[]).includes(name);

export const stepBefore = (step: EventStep): EventStep | undefined =>
  eventSteps[eventSteps.indexOf(step) - 1];
export const stepAfter = (step: EventStep): EventStep | undefined => eventSteps[eventSteps.indexOf(step) + 1];

/** Steps without which no event can be published. */
const needed = new Set<EventStep>(['basics', ...Object.values(gapSteps)]);

export type StepState = 'missing' | 'done' | 'optional';

/** Decision: what the list of steps says of a step. */
export const stateOf = (step: EventStep, gaps: readonly Gap[]): StepState =>
  gaps.some((gap) => gap.step === step) ? 'missing' : needed.has(step) ? 'done' : 'optional';

/** The step with each field of the form, by the field's name or by how it begins. Every other field is in the step of the terms. */
const stepsOfFields: [RegExp, EventStep][] = [
  [/^(title|summary|description|category)$/, 'basics'],
  [/^(starts|ends|doors|timeZone|venue)/, 'when'],
  [/^cover/, 'page'],
  [/^(seating|layout)$/, 'seats'],
  [
    /^(currency|maxPerBuyer|holdMinutes|placesPerNetwork|pools|ticketTypes|products|promoCodes)$|^fee(PaidBy|Each|PercentOf|Tax)/,
    'tickets',
  ],
];

/** Decision: the steps in which these fields are, in their order. */
export const stepsOf = (fields: readonly (keyof Draft)[]): EventStep[] => {
  const found = new Set(
    fields.map((field) => stepsOfFields.find(([names]) => names.test(field))?.[1] ?? 'terms'),
  );
  return eventSteps.filter((step) => found.has(step));
};
