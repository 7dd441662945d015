import type { RefundPolicy, RefundStep } from './refund-policy.ts';

/* Apart from the schemas, so that the event page does not load the schemas' library with them: 9 KB. */

const hourMs = 3_600_000;

/** The end of a step, in milliseconds. */
export const endOfStep = ({ hoursBefore }: RefundStep, startMs: number): number =>
  startMs - hoursBefore * hourMs;

/** Decision: the step that counts at `nowMs` for an event that starts at `startMs`; undefined after the last step. */
export const stepAt = ({ steps }: RefundPolicy, startMs: number, nowMs: number): RefundStep | undefined =>
  steps.find((step) => nowMs <= endOfStep(step, startMs));

/** Decision: the percentage of the price that goes back in this step, after the organiser's fee. */
export const percentBack = ({ feePercent }: RefundPolicy, { refundPercent }: RefundStep): number =>
  Math.max(0, refundPercent - feePercent);
