import type { ManagedEvent } from '../../../../contract/events.ts';
import type { Voucher } from '../../../../contract/vouchers.ts';
import { instantOf, wallTimeOf } from '../../ui/time-zone.ts';
import { majorOf } from '../organise/numbers.ts';
import { amountOf, wholeOf } from './typed.ts';
import { t } from './words.ts';

/** A change of codes as it is typed. Of many codes, `stays` and an empty number of uses change nothing. */
interface ChangeDraft {
  end: string;
  validUntil: string;
  uses: string;
  limit: string;
  budget: string;
}

/** What the dialog shows first: the present terms of one code, or nothing of many. */
export function firstChange(voucher: Voucher | undefined, { currency, timeZone }: ManagedEvent): ChangeDraft {
  if (!voucher) return { end: 'stays', validUntil: '', uses: '', limit: 'stays', budget: '' };
  const { validUntil, uses, budget } = voucher;
  return {
    end: validUntil ? 'at' : 'none',
    validUntil: validUntil ? wallTimeOf(validUntil, timeZone) : '',
    uses: String(uses),
    limit: budget ? 'amount' : 'none',
    budget: budget ? majorOf(budget.amount, currency) : '',
  };
}

/** What is wrong with a draft, by its field. */
export function wrongInChange(
  { end, validUntil, uses, limit, budget }: ChangeDraft,
  { currency, timeZone }: ManagedEvent,
): Partial<Record<keyof ChangeDraft, string>> {
  const tickets = wholeOf(uses);
  return {
    ...(end === 'at' && instantOf(validUntil, timeZone) === null && { validUntil: t('endMissing') }),
    ...(uses.trim() !== '' &&
      !(tickets >= 1 && tickets <= 1_000_000) && { uses: t('numberWrong', { min: '1', max: '1000000' }) }),
    ...(limit === 'amount' && !(amountOf(budget, currency) > 0) && { budget: t('moneyWrong') }),
  };
}

/** The body of a change: only what differs from what was shown first. */
export function changeOf(
  { end, validUntil, uses, limit, budget }: ChangeDraft,
  first: ChangeDraft,
  { currency, timeZone }: ManagedEvent,
) {
  const movesEnd = end !== first.end || (end === 'at' && validUntil !== first.validUntil);
  const movesBudget = limit !== first.limit || (limit === 'amount' && budget !== first.budget);
  return {
    ...(movesEnd &&
      end !== 'stays' && { validUntil: end === 'none' ? null : instantOf(validUntil, timeZone) }),
    ...(uses.trim() !== '' && uses !== first.uses && { uses: wholeOf(uses) }),
    ...(movesBudget &&
      limit !== 'stays' && { budgetMinor: limit === 'none' ? null : amountOf(budget, currency) }),
  };
}
