import type { Block } from '../../../contract/blocks.ts';
import { type EventId, seatId } from '../../../contract/ids.ts';
import { blockIdOf } from './block.ts';
import type { BlockRow } from './block-store.ts';

/** A block as the team sees it, with the names that ticket types and seats had when it was made. */
export const showBlock = (
  eventId: EventId,
  { hold_id, label, places, lines, created_at }: BlockRow,
): Block => ({
  id: blockIdOf(hold_id),
  label,
  places,
  lines: lines.map(({ ticketTypeId, name, quantity, seats, seatNames }) => ({
    ticketTypeId,
    name,
    quantity,
    ...(seats && {
      seats: seats.map((index, i) => ({
        seatId: seatId(eventId, index),
        ...(seatNames?.[i] ?? { section: '', row: '', seat: '' }),
      })),
    }),
  })),
  createdAt: created_at.toISOString(),
});
