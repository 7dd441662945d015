import type { ManagedEvent } from '../../../../contract/events.ts';
import type { Currency } from '../../../../contract/money.ts';
import type { RefundPolicy } from '../../../../contract/refund-policy.ts';
import { majorOf, minorOf, numberOf } from './numbers.ts';

/** The refund policy in the form. */
export interface RefundDraft {
  refundSteps: StepDraft[];
  feePercent: string;
  /** An amount of the event's currency. */
  feePerTicket: string;
  bookingFeeBack: 'yes' | 'no';
}

interface StepDraft {
  /** The step's place in the stored policy. A step that was never saved has a key of its own. */
  row: string;
  before: string;
  unit: 'hours' | 'days';
  percent: string;
}

export const newStep = (row: string, before = '48', percent = '100'): StepDraft => ({
  row,
  before,
  unit: 'hours',
  percent,
});

export const newRefunds = (): RefundDraft => ({
  refundSteps: [newStep('step-0')],
  feePercent: '0',
  feePerTicket: '0',
  bookingFeeBack: 'yes',
});

export const refundsOf = ({
  refundPolicy: { steps, feePercent, feePerTicketMinor, refundsBookingFee },
  currency,
}: Pick<ManagedEvent, 'refundPolicy' | 'currency'>): RefundDraft => ({
  refundSteps: steps.map(({ hoursBefore, refundPercent }, i) => {
    const inDays = hoursBefore >= 72 && hoursBefore % 24 === 0;
    return {
      row: `step-${i}`,
      before: String(inDays ? hoursBefore / 24 : hoursBefore),
      unit: inDays ? 'days' : 'hours',
      percent: String(refundPercent),
    };
  }),
  feePercent: String(feePercent),
  feePerTicket: majorOf(feePerTicketMinor, currency),
  bookingFeeBack: refundsBookingFee ? 'yes' : 'no',
});

/** Without steps the form hides the other fields, so they stay as they were. */
export function policyOf(
  draft: RefundDraft & { currency: Currency },
  before: ManagedEvent | null,
): RefundPolicy {
  const { refundSteps, currency } = draft;
  const stored = before?.refundPolicy;
  if (refundSteps.length === 0)
    return {
      steps: [],
      feePercent: stored?.feePercent ?? 0,
      feePerTicketMinor: stored?.feePerTicketMinor ?? 0,
      refundsBookingFee: stored?.refundsBookingFee ?? true,
    };
  return {
    steps: refundSteps.map((step) => ({
      hoursBefore: numberOf(step.before) * (step.unit === 'days' ? 24 : 1),
      refundPercent: numberOf(step.percent),
    })),
    feePercent: numberOf(draft.feePercent),
    feePerTicketMinor: minorOf(draft.feePerTicket, currency),
    refundsBookingFee: draft.bookingFeeBack === 'yes',
  };
}
