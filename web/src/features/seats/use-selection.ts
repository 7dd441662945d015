import { useEffect, useMemo, useRef, useState } from 'react';
import type { Event, TicketType } from '../../../../contract/events.ts';
import { type SeatId, seatIndex, type TicketTypeId } from '../../../../contract/ids.ts';
import { useNowMs } from '../../ui/clock.ts';
import { isFree, type Snapshot } from '../buy/availability.ts';
import { type Choice, knownChoice, rememberChoice } from '../buy/held.ts';
import type { HeldPlaces } from '../buy/queries.ts';
import type { OwnHold } from '../buy/use-own-hold.ts';
import type { Cost } from '../prices/PriceNotes.tsx';
import { stepsIn, unitPrices } from '../prices/unit-prices.ts';
import { type SeatModel, seatOf, seatOfIndex, zoneOf } from './seat-model.ts';
import { seatName } from './seat-names.ts';
import { t } from './words.ts';

interface Chosen {
  seat: number;
  id: SeatId;
  name: string;
  typeId: TicketTypeId;
  priceMinor: number;
}

/** Chosen places without numbers, and the price that the buyer names for them. */
interface Unnumbered {
  type: TicketType;
  quantity: number;
  priceMinor?: number;
}

type Types = ReadonlyMap<number, TicketTypeId | null>;

/**
 * The places chosen on this page: seats, and places without numbers. The choice begins with the places that the buyer
 * holds. It survives a reload, and a seat is dropped when another buyer takes it. Seats are stored by their index within
 * the event, so that they stay the same seats when the organiser edits the map.
 */
export function useSelection(
  event: Event,
  model: SeatModel,
  availability: Snapshot | undefined,
  { hold, movable, priceOf, promo }: OwnHold,
) {
  const [stored] = useState(() => knownChoice(event.id));
  const [byIndex, setByIndex] = useState<Types>(() => new Map(stored?.seats.map((index) => [index, null])));
  const [items, setItems] = useState<Record<string, number>>(() => stored?.items ?? {});
  const [costs, setCosts] = useState<Record<string, Cost>>({});
  const [said, setSaid] = useState('');
  const [lost, setLost] = useState('');
  const heldTypes = useMemo(() => typesIn(event, hold), [event, hold]);
  const beganWith = useRef(stored?.holdId);

  // A choice without this hold gets its places in addition: nothing that the buyer has is lost by itself.
  useEffect(() => {
    if (!movable || beganWith.current === movable.id) return;
    beganWith.current = movable.id;
    setByIndex((old) => new Map([...heldTypes, ...old]));
    setItems((old) => ({ ...itemsOf(movable), ...old }));
  }, [movable, heldTypes]);

  /** By seat of this map. Seats that the map no longer has are left out. */
  const types = useMemo(() => inMap(model, byIndex), [byIndex, model]);
  const held = useMemo(() => inMap(model, heldTypes), [heldTypes, model]);
  const setTypes = (next: Types) =>
    setByIndex(new Map([...next].map(([seat, type]) => [model.index[seat] ?? 0, type])));

  useEffect(() => {
    const choice: Choice = { seats: [...byIndex.keys()], items, holdId: beganWith.current };
    rememberChoice(event.id, choice);
  }, [event.id, byIndex, items]);

  /** What this buyer may have: the free seats and their own. */
  const freeSeats = useMemo(() => withOwn(availability?.seats ?? null, held), [availability, held]);

  useEffect(() => {
    if (!freeSeats) return;
    const gone = [...types.keys()].filter((seat) => !isFree(freeSeats, seat));
    if (gone.length === 0) return;
    const indexes = gone.map((seat) => model.index[seat]);
    setByIndex((old) => new Map([...old].filter(([index]) => !indexes.includes(index))));
    const text = t('wasTaken', { seat: seatName(model, gone[0] as number) });
    setSaid(text);
    setLost(text);
  }, [freeSeats, types, model]);

  const lines = movable?.lines;
  const now = useNowMs(15_000);
  const pricesOf = (type: TicketType, quantity: number): number[] =>
    unitPrices(type, quantity, { lines, left: stepsIn(availability?.types, type.id), nowMs: now });
  // biome-ignore lint/correctness/useExhaustiveDependencies: pricesOf follows from what is named
  const chosen = useMemo(() => {
    const seats = [...types].flatMap(([seat, wanted]) => {
      const sold = zoneOf(model, seat).types;
      const type = sold.find(({ id }) => id === wanted) ?? sold[0];
      return type ? [{ seat, type }] : [];
    });
    // The first seats of a type may cost less than those after them.
    const prices = new Map(
      [...Map.groupBy(seats, ({ type }) => type)].map(([type, ofType]) => [
        type.id,
        pricesOf(type, ofType.length),
      ]),
    );
    return seats.map(
      ({ seat, type }): Chosen => ({
        seat,
        id: seatOf(model, seat).id as SeatId,
        name: seatName(model, seat),
        typeId: type.id,
        priceMinor: prices.get(type.id)?.shift() ?? priceOf(type).amount,
      }),
    );
  }, [types, model, priceOf, lines, availability?.types, now]);
  const unnumbered = event.ticketTypes.flatMap((type): Unnumbered[] => {
    const quantity = type.zone === null ? (items[type.id] ?? 0) : 0;
    const { priceMinor } = costs[type.id] ?? {};
    return quantity > 0 ? [{ type, quantity, ...(priceMinor !== undefined && { priceMinor }) }] : [];
  });
  const places = chosen.length + unnumbered.reduce((sum, { quantity }) => sum + quantity, 0);
  const full = places >= event.maxPerBuyer;
  /** Seats of an order that is placed but not paid. They are this buyer's and cannot be exchanged. */
  const ordered = hold && !movable ? held : null;

  const isCalledOff = event.status === 'cancelled';
  const freeItems = (typeId: string): number =>
    (availability?.available[typeId] ?? 0) + (movable ? (itemsOf(movable)[typeId] ?? 0) : 0);

  const toggle = (seat: number) => {
    if (isCalledOff) return;
    const name = seatName(model, seat);
    setLost('');
    if (types.has(seat)) {
      setTypes(new Map([...types].filter(([other]) => other !== seat)));
      setSaid(t('removeSeat', { seat: name }));
    } else if (ordered?.has(seat)) {
      setSaid(`${name}: ${t('seatOrdered')}`);
    } else if (!isFree(freeSeats, seat) || zoneOf(model, seat).types.length === 0) {
      setSaid(`${name}: ${t('seatTaken')}`);
    } else if (full) {
      setSaid(t('selectionFull'));
    } else {
      setTypes(new Map([...types, [seat, held.get(seat) ?? null]]));
      setSaid(`${name}: ${t('moreChosen')}`);
    }
  };

  return {
    chosen,
    /** The chosen places without numbers. */
    items: unnumbered,
    /** How many places are chosen. */
    places,
    seats: useMemo(() => new Set(types.keys()), [types]),
    /** The seats to show as this buyer's. */
    mine: useMemo(() => new Set([...types.keys(), ...(ordered?.keys() ?? [])]), [types, ordered]),
    /** Whether this buyer holds the seat, chosen or not. */
    holds: (seat: number): boolean => held.has(seat),
    /** One bit per seat, 1 if it is free or this buyer's; null if unknown. */
    freeSeats: ordered ? (availability?.seats ?? null) : freeSeats,
    /** How many places without numbers of a type this buyer may choose. */
    freeItems,
    /** Whether there is a place that this buyer may choose. */
    canChoose:
      !isCalledOff &&
      ((freeSeats?.some((byte) => byte !== 0) ?? true) ||
        event.ticketTypes.some(({ id, zone }) => zone === null && freeItems(id) > 0)),
    /** Whether the choice differs from the places that the buyer holds. */
    isChanged: movable === null || !isSame(movable, chosen, unnumbered),
    /** The last change, for a live region. */
    said,
    /** The seats that somebody else has just taken, until the next choice; empty if none. */
    lost,
    full,
    toggle,
    /** What a ticket type costs this buyer, and the promo code that is redeemed for their hold. */
    priceOf,
    /** What places without numbers of a type cost this buyer together. */
    amountOf: (type: TicketType, quantity: number): number =>
      costs[type.id]?.amount ?? pricesOf(type, quantity).reduce((sum, price) => sum + price, 0),
    /** Shows the field and returns true, if what the buyer typed is no possible price of this type. */
    isWrong: (type: TicketType): boolean => costs[type.id]?.isWrong?.() === true,
    setCost: (typeId: string, cost: Cost) => setCosts((old) => ({ ...old, [typeId]: cost })),
    /** The buyer's hold, if it may have other places. */
    movable,
    promo,
    setItems: (typeId: string, quantity: number) => {
      setLost('');
      setItems({ ...items, [typeId]: quantity });
    },
    setType: (seat: number, type: TicketTypeId) => setTypes(new Map([...types, [seat, type]])),
    replaceSeats: (seats: number[]) => {
      setLost('');
      setTypes(new Map(seats.map((seat) => [seat, held.get(seat) ?? null])));
      setSaid(t('bestFound', { seats: seats.map((seat) => seatName(model, seat)).join('; ') }));
    },
    clear: () => {
      setTypes(new Map());
      setItems({});
    },
  };
}

export type Selection = ReturnType<typeof useSelection>;

/** The seats of a hold by their index within the event, with their ticket types. */
function typesIn(event: Event, hold: HeldPlaces | null): Map<number, TicketTypeId> {
  const lines = hold?.lines ?? [];
  return new Map(
    lines.flatMap(({ ticketTypeId, seats = [] }) =>
      seats.flatMap(({ seatId }): [number, TicketTypeId][] => {
        const index = seatIndex(event.id, seatId);
        return index === null ? [] : [[index, ticketTypeId]];
      }),
    ),
  );
}

const itemsOf = ({ lines }: HeldPlaces): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(lines, ({ ticketTypeId }) => ticketTypeId)].flatMap(([id, ofType]) => {
      const quantity = ofType.reduce(
        (sum, line) => sum + (line.seats || line.collect ? 0 : line.quantity),
        0,
      );
      return quantity > 0 ? [[id, quantity]] : [];
    }),
  );

function inMap<T>(model: SeatModel, byIndex: ReadonlyMap<number, T>): Map<number, T> {
  return new Map(
    [...byIndex].flatMap(([index, type]): [number, T][] => {
      const seat = seatOfIndex(model, index);
      return seat === null ? [] : [[seat, type]];
    }),
  );
}

function withOwn(seats: Uint8Array | null, held: ReadonlyMap<number, unknown>): Uint8Array | null {
  if (!seats || held.size === 0) return seats;
  const free = new Uint8Array(seats);
  for (const seat of held.keys()) free[seat >> 3] = (free[seat >> 3] ?? 0) | (1 << (seat & 7));
  return free;
}

function isSame(hold: HeldPlaces, chosen: Chosen[], unnumbered: Unnumbered[]): boolean {
  // Another price for the same places is a change.
  if (unnumbered.some(({ priceMinor }) => priceMinor !== undefined)) return false;
  const [before, after] = [
    hold.lines
      .flatMap(({ ticketTypeId, seats }) =>
        seats ? seats.map(({ seatId }) => `${seatId} ${ticketTypeId}`) : [],
      )
      .concat(Object.entries(itemsOf(hold)).map(([id, quantity]) => `${id} ${quantity}`)),
    [
      ...chosen.map(({ id, typeId }) => `${id} ${typeId}`),
      ...unnumbered.map(({ type, quantity }) => `${type.id} ${quantity}`),
    ],
  ].map((places) => places.sort().join());
  return before === after;
}
