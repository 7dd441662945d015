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

/** The price of its ticket, or of each of its ticket types. */
export function seatPrice(model: SeatModel, seat: number): string {
  const prices = zoneOf(model, seat).types.map((type) => formatMoney(type.price));
  return [...new Set(prices)].join(' / ');
}

/** What else a buyer should know about a seat. */
export function seatSigns(model: SeatModel, seat: number): string[] {
  const row = model.rows[model.row[seat] ?? 0];
  const known = row?.seats[seat - row.first];
  return [
    ...(model.accessible[seat] ? [t('seatAccessible')] : model.companion[seat] ? [t('seatCompanion')] : []),
    ...(known?.restrictedView ? [t('seatRestricted')] : []),
    ...(known?.note ? [known.note] : []),
  ];
}
