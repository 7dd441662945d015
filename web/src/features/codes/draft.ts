import type { ManagedEvent } from '../../../../contract/events.ts';
import type { SeatId, TicketTypeId } from '../../../../contract/ids.ts';
import { mostKeptPlaces, mostVouchers } from '../../../../contract/voucher-fields.ts';
import { instantOf } from '../../ui/time-zone.ts';
import { amountOf, wholeOf } from './typed.ts';
import { t } from './words.ts';

/** New codes as they are typed. */
export interface CodesDraft {
  how: string;
  count: string;
  csv: string;
  tag: string;
  /** The ticket type; empty for all that everybody sees. */
  type: string;
  uses: string;
  effect: string;
  percent: string;
  amount: string;
  budget: string;
  keeps: string;
  validUntil: string;
}

export const newDraft = (): CodesDraft => ({
  how: 'random',
  count: '50',
  csv: '',
  tag: '',
  type: '',
  uses: '1',
  effect: 'none',
  percent: '',
  amount: '',
  budget: '',
  keeps: 'no',
  validUntil: '',
});

const isBetween = (value: number, min: number, max: number): boolean => value >= min && value <= max;

/** What is wrong with a draft, by its field. */
export function wrongIn(
  draft: CodesDraft,
  { currency }: ManagedEvent,
): Partial<Record<keyof CodesDraft, string>> {
  const wrong: Partial<Record<keyof CodesDraft, string>> = {};
  const whole = (name: 'count' | 'uses' | 'percent', max: number) => {
    if (!isBetween(wholeOf(draft[name]), 1, max))
      wrong[name] = t('numberWrong', { min: '1', max: String(max) });
  };
  const keeps = draft.keeps === 'yes';
  if (draft.how === 'random') whole('count', keeps ? mostKeptPlaces : mostVouchers);
  if (draft.how === 'file' && draft.csv.trim() === '') wrong.csv = t('csvMissing');
  if (draft.how !== 'seats') whole('uses', keeps ? mostKeptPlaces : 1_000_000);
  if (draft.effect === 'percent') whole('percent', 100);
  if (draft.effect === 'amount' && !(amountOf(draft.amount, currency) > 0)) wrong.amount = t('moneyWrong');
  if (draft.effect === 'price' && Number.isNaN(amountOf(draft.amount, currency)))
    wrong.amount = t('priceWrong');
  if (draft.effect !== 'none' && draft.budget.trim() !== '' && !(amountOf(draft.budget, currency) > 0))
    wrong.budget = t('moneyWrong');
  if (keeps && draft.type === '' && draft.how !== 'seats') wrong.keeps = t('keepsNeeds');
  return wrong;
}

/** The body of a draft that has nothing wrong. `seatIds` are the chosen seats, if the codes are for seats. */
export function toBody(
  draft: CodesDraft,
  { currency, timeZone }: ManagedEvent,
  { dryRun, seatIds }: { dryRun: boolean; seatIds: SeatId[] },
) {
  const { effect } = draft;
  const hasBudget = effect !== 'none' && draft.budget.trim() !== '';
  return {
    ...(draft.how === 'seats' && { seatIds }),
    ...(draft.how === 'file' && { csv: draft.csv }),
    ...(draft.how === 'random' && { count: wholeOf(draft.count) }),
    tag: draft.tag.trim(),
    ticketTypeIds: draft.type === '' ? null : [draft.type as TicketTypeId],
    uses: draft.how === 'seats' ? 1 : wholeOf(draft.uses),
    percentOff: effect === 'percent' ? wholeOf(draft.percent) : null,
    amountOffMinor: effect === 'amount' ? amountOf(draft.amount, currency) : null,
    priceMinor: effect === 'price' ? amountOf(draft.amount, currency) : null,
    budgetMinor: hasBudget ? amountOf(draft.budget, currency) : null,
    keepsPlaces: draft.keeps === 'yes',
    validUntil: draft.validUntil === '' ? null : instantOf(draft.validUntil, timeZone),
    dryRun,
  };
}
