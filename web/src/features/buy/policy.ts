import type { Event } from '../../../../contract/events.ts';
import type { RefundStep } from '../../../../contract/refund-policy.ts';
import { endOfStep, percentBack } from '../../../../contract/refund-steps.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { t } from './words.ts';

/** The refund policy in words, one sentence a line. */
export function policyLines({
  refundPolicy,
  startsAt,
  timeZone,
  currency,
}: Pick<Event, 'refundPolicy' | 'startsAt' | 'timeZone' | 'currency'>): string[] {
  const { steps, feePerTicketMinor, refundsBookingFee } = refundPolicy;
  if (steps.length === 0) return [t('policyNone')];
  const lines = steps.map((step) => {
    const percent = percentBack(refundPolicy, step);
    const end = new Date(endOfStep(step, Date.parse(startsAt)));
    const values = { limit: limitOf(step), when: formatWhen(end.toISOString(), timeZone) };
    return percent === 100 ? t('policyFull', values) : t('policyStep', { ...values, percent });
  });
  lines.push(t('policyAfter'));
  if (feePerTicketMinor > 0)
    lines.push(t('policyFee', { amount: formatMoney({ amount: feePerTicketMinor, currency }) }));
  if (!refundsBookingFee) lines.push(t('policyBookingFee'));
  return lines;
}

/** `until 2 days before the start` */
function limitOf({ hoursBefore }: RefundStep): string {
  if (hoursBefore === 0) return t('untilStart');
  const wholeDays = hoursBefore >= 48 && hoursBefore % 24 === 0;
  return t('untilBefore', {
    hours: wholeDays ? t('days', { count: hoursBefore / 24 }) : t('hours', { count: hoursBefore }),
  });
}
