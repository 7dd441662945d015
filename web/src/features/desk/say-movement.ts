import { t } from './words.ts';

const kinds = [
  'charge',
  'late_charge',
  'refund',
  'refund_sent',
  'refund_reversal',
  'dispute',
  'dispute_released',
  'dispute_withdrawn',
  'dispute_reinstated',
  'dispute_fee',
  'dispute_fee_returned',
] as const;
type Kind = (typeof kinds)[number];

/** A newer server may book movements that this page does not know yet. */
export const sayMovement = (kind: string): string =>
  kinds.includes(kind as Kind) ? t(`k_${kind as Kind}`) : t('k_other');
