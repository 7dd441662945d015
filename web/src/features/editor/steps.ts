import { type EventStep, eventSteps, type Gap, gapSteps } from '../../../../contract/event-preparation.ts';

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
