import { formatMoney } from '../../ui/Money.tsx';
import { type SeatModel, seatOf, zoneOf } from './seat-model.ts';
import { t } from './words.ts';

/** What a person calls the seat: "Stalls, row C, seat 12". */
export function seatName(model: SeatModel, seat: number): string {
  const { section, row, label } = seatOf(model, seat);
  return row === ''
    ? t('seatNameNoRow', { section, seat: label })
    : t('seatName', { section, row, seat: label });
}

/** What its ticket costs, or what each of them does. */
export function seatPrice(model: SeatModel, seat: number): string {
  const prices = zoneOf(model, seat).types.map((type) => formatMoney(type.price));
  return [...new Set(prices)].join(' / ');
}

/** What else there is to know of a seat before one chooses it. */
export function seatSigns(model: SeatModel, seat: number): string[] {
  if (model.accessible[seat]) return [t('seatAccessible')];
  return model.companion[seat] ? [t('seatCompanion')] : [];
}
