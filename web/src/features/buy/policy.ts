import type { Event } from '../../../../contract/events.ts';
import type { Money } from '../../../../contract/money.ts';
import type { RefundStep } from '../../../../contract/refund-policy.ts';
import { endOfStep, percentBack } from '../../../../contract/refund-steps.ts';
import type { Speak } from '../../../../contract/words.ts';
import type en from './en.ts';

/** The reader's language: the texts of buying, amounts, and instants in an event's zone. */
interface Speech {
  t: Speak<typeof en>;
  money(amount: Money): string;
  when(instant: string, timeZone: string): string;
}

/** The refund policy in words, one sentence a line. */
export function policyLines(
  {
    refundPolicy,
    startsAt,
    timeZone,
    currency,
  }: Pick<Event, 'refundPolicy' | 'startsAt' | 'timeZone' | 'currency'>,
  { t, money, when }: Speech,
): string[] {
  const { steps, feePerTicketMinor, refundsBookingFee } = refundPolicy;
  if (steps.length === 0) return [t('policyNone')];
  const lines = steps.map((step) => {
    const percent = percentBack(refundPolicy, step);
    const end = new Date(endOfStep(step, Date.parse(startsAt)));
    const values = { limit: limitOf(step, t), when: when(end.toISOString(), timeZone) };
    return percent === 100 ? t('policyFull', values) : t('policyStep', { ...values, percent });
  });
  lines.push(t('policyAfter'));
  if (feePerTicketMinor > 0)
    lines.push(t('policyFee', { amount: money({ amount: feePerTicketMinor, currency }) }));
  if (!refundsBookingFee) lines.push(t('policyBookingFee'));
  return lines;
}

/** `until 2 days before the start` */
function limitOf({ hoursBefore }: RefundStep, t: Speech['t']): string {
  if (hoursBefore === 0) return t('untilStart');
  const wholeDays = hoursBefore >= 48 && hoursBefore % 24 === 0;
  return t('untilBefore', {
    hours: wholeDays ? t('days', { count: hoursBefore / 24 }) : t('hours', { count: hoursBefore }),
  });
}
