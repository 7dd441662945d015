import { useQuery } from '@tanstack/react-query';
import type { Block } from '../../../../contract/blocks.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { BlockId, SeatId, SeatMapId, TicketTypeId } from '../../../../contract/ids.ts';
import { currentPlanQuery } from './queries.ts';

/** Where places can be chosen: a ticket type without numbers, or a row of seats. A block has the same, with its own places. */
export interface Source {
  name: string;
  ticketTypeId?: TicketTypeId;
  seats?: { id: SeatId; label: string }[];
  seatMapId?: SeatMapId;
  blockId?: BlockId;
}

/** What is chosen of a source. `first` and `last` are of its seats. */
export interface Chosen {
  at: number;
  quantity: string;
  first: number;
  last: number;
}
export const nothingChosen: Chosen = { at: 0, quantity: '1', first: 0, last: 0 };

/** The ticket types without numbers and the rows of an event. */
export function useSources(event: ManagedEvent): Source[] {
  const { data: plan } = useQuery({ ...currentPlanQuery(event.id), enabled: event.hasSeatMap });
  return [
    ...event.ticketTypes
      .filter(({ zone }) => !zone)
      .map(({ id, name }) => ({ name, ticketTypeId: id as TicketTypeId })),
    ...(plan?.sections ?? []).flatMap(({ name, rows }) =>
      rows.map((row) => ({
        name: `${name} · ${row.label}`,
        ticketTypeId: event.ticketTypes.find(({ zone }) => zone === row.zone)?.id as TicketTypeId,
        seats: row.seats,
        seatMapId: plan?.id as SeatMapId,
      })),
    ),
  ];
}

/** The places of a block. Its seats may be of several rows. */
export const sourcesOf = ({ id, label, lines }: Block): Source[] =>
  lines.map(({ name, quantity, ticketTypeId, seats }) => ({
    name: `${label} · ${name} (${quantity})`,
    blockId: id,
    ticketTypeId,
    ...(seats && { seats: seats.map(({ seatId, row, seat }) => ({ id: seatId, label: `${row}${seat}` })) }),
  }));

/** The places as the API takes them. */
export function bodyOf({ seats, seatMapId, ticketTypeId, blockId }: Source, chosen: Chosen) {
  const places = seats
    ? { seats: seats.slice(chosen.first, chosen.last + 1).map(({ id }) => ({ seatId: id })), seatMapId }
    : { items: [{ ticketTypeId: ticketTypeId as TicketTypeId, quantity: Number(chosen.quantity) }] };
  return { ...places, ...(blockId && { blockId }) };
}
