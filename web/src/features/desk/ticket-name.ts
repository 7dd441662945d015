import type { Order } from '../../../../contract/orders.ts';
import { t } from './words.ts';

/** A ticket in words: its type, its seat and its guest. */
export function nameOf({ ticketTypeName, place, attendeeName }: Order['tickets'][number]): string {
  const seat = place && (place.row === '' ? t('seatNameNoRow', place) : t('seatName', place));
  return [ticketTypeName, seat, attendeeName].filter(Boolean).join(' · ');
}
