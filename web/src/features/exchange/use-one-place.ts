import { useEffect, useMemo, useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import type { ExchangeQuote } from '../../../../contract/exchanges.ts';
import { type SeatId, seatIndex, type TicketTypeId } from '../../../../contract/ids.ts';
import { isFree, type Snapshot } from '../buy/availability.ts';
import { type SeatModel, seatOf, seatOfIndex, zoneOf } from '../seats/seat-model.ts';
import { seatName } from '../seats/seat-names.ts';
import type { Selection } from '../seats/use-selection.ts';
import { t } from './words.ts';

export type Option = ExchangeQuote['options'][number];

/** What is chosen instead of the ticket. */
export interface OnePlace {
  option: Option | null;
  /** The chosen seat; null for a ticket type without seats, or while none is chosen. */
  seatId: SeatId | null;
  seatName: string | null;
  keepsSeat: boolean;
  /** The seat that somebody else has just taken; null if none. */
  lost: string | null;
  /** True if the choice is complete and differs from the ticket. */
  isComplete: boolean;
  chooseType(id: TicketTypeId): void;
  /** The choice in the shape that the seat map shows; null without a map. */
  selection: Selection | null;
}

/** The choice of one ticket type and, if the type has seats, one seat. A seat of another zone changes the ticket type. */
export function useOnePlace(
  event: Event,
  quote: ExchangeQuote,
  model: SeatModel | null,
  availability: Snapshot | undefined,
): OnePlace {
  const [typeId, setTypeId] = useState<TicketTypeId | null>(null);
  const [seat, setSeat] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const [lost, setLost] = useState<string | null>(null);
  const zoneOfType = (id: string | null) => event.ticketTypes.find((type) => type.id === id)?.zone ?? null;
  const own = useMemo(() => {
    const index = quote.seatId === null ? null : seatIndex(event.id, quote.seatId);
    return model && index !== null ? seatOfIndex(model, index) : null;
  }, [quote.seatId, event.id, model]);
  const ownZone = model && own !== null ? zoneOf(model, own).key : null;
  const freeSeats = useMemo(() => withSeat(availability?.seats ?? null, own), [availability, own]);

  useEffect(() => {
    if (!model || !freeSeats || seat === null || isFree(freeSeats, seat)) return;
    const text = seatName(model, seat);
    setSeat(null);
    setLost(text);
    setSaid(t('seatTaken', { seat: text }));
  }, [model, freeSeats, seat]);

  const possible = (id: string) => quote.options.find((each) => each.ticketTypeId === id && !each.refused);
  const chooseType = (id: TicketTypeId) => {
    const zone = zoneOfType(id);
    setTypeId(id);
    setLost(null);
    const keeps = zone !== null && zone === ownZone && id !== quote.ticketTypeId;
    const fits = model && seat !== null && seat !== own && zoneOf(model, seat).key === zone;
    if (!fits) setSeat(keeps ? own : null);
  };
  const toggle = (next: number) => {
    if (!model) return;
    setLost(null);
    if (next === seat) return setSeat(null);
    const name = seatName(model, next);
    if (!isFree(freeSeats, next)) return setSaid(t('seatTaken', { seat: name }));
    const { types, key } = zoneOf(model, next);
    const fits = typeId !== null && zoneOfType(typeId) === key;
    const wanted = [fits ? typeId : null, quote.ticketTypeId, ...types.map(({ id }) => id)].find(
      (id) => id !== null && zoneOfType(id) === key && possible(id),
    );
    if (!wanted) return setSaid(t('choose'));
    setTypeId(wanted as TicketTypeId);
    setSeat(next);
    setSaid(t('newSeat', { seat: name }));
  };

  const option = typeId === null ? null : (possible(typeId) ?? null);
  const needsSeat = zoneOfType(typeId) !== null;
  const isSame = typeId === quote.ticketTypeId && (seat === own || !needsSeat);
  const mine = useMemo(() => new Set(seat === null ? [] : [seat]), [seat]);
  const selection: Selection | null = model && {
    chosen: [],
    items: [],
    places: mine.size,
    seats: mine,
    mine,
    holds: (each) => each === own,
    freeSeats,
    freeItems: () => 0,
    canChoose: true,
    isChanged: !isSame,
    said,
    lost: lost ?? '',
    full: false,
    toggle,
    priceOf: (type) => event.ticketTypes.find(({ id }) => id === type.id)?.price ?? quote.paid,
    amountOf: () => 0,
    isWrong: () => false,
    setCost: () => {},
    movable: null,
    promo: null,
    setItems: () => {},
    setType: (_seat, id) => chooseType(id),
    replaceSeats: ([first]) => first !== undefined && toggle(first),
    clear: () => setSeat(null),
  };
  return {
    option,
    seatId: model && seat !== null ? (seatOf(model, seat).id as SeatId) : null,
    seatName: model && seat !== null ? seatName(model, seat) : null,
    keepsSeat: seat !== null && seat === own,
    lost,
    isComplete: option !== null && !isSame && (!needsSeat || seat !== null),
    chooseType,
    selection,
  };
}

/** The free seats with one more: the seat that the ticket has. */
function withSeat(seats: Uint8Array | null, own: number | null): Uint8Array | null {
  if (!seats || own === null) return seats;
  const free = new Uint8Array(seats);
  free[own >> 3] = (free[own >> 3] ?? 0) | (1 << (own & 7));
  return free;
}
