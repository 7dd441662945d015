import type { Event } from '../../../../contract/events.ts';
import { t } from './words.ts';

/** The refund policy in words. */
export function policyText({
  refundPolicy: { kind, hoursBefore, feePercent },
}: Pick<Event, 'refundPolicy'>): string {
  if (kind === 'none') return t('policyNone');
  const wholeDays = hoursBefore >= 48 && hoursBefore % 24 === 0;
  const hours = wholeDays ? t('days', { count: hoursBefore / 24 }) : t('hours', { count: hoursBefore });
  const back = feePercent === 0 ? t('policyFull') : t('policyFee', { percent: 100 - feePercent });
  return `${t('policyUntil', { hours })} ${back}`;
}
