import { useEffect, useMemo, useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import type { SeatId, TicketTypeId } from '../../../../contract/ids.ts';
import { isFree, type Snapshot } from '../buy/availability.ts';
import { knownSeats, rememberSeats } from '../buy/held.ts';
import { type SeatModel, seatOf, seatOfIndex, zoneOf } from './seat-model.ts';
import { seatName } from './seat-names.ts';
import { t } from './words.ts';

export interface Chosen {
  seat: number;
  id: SeatId;
  name: string;
  typeId: TicketTypeId;
  priceMinor: number;
}

/**
 * The seats chosen on this page. They survive a reload, and each is dropped when another buyer takes it. They are
 * stored by their index within the event, so that they stay the same seats when the organiser edits the map.
 */
export function useSelection(event: Event, model: SeatModel, availability: Snapshot | undefined) {
  const [byIndex, setByIndex] = useState<ReadonlyMap<number, TicketTypeId | null>>(
    () => new Map(knownSeats(event.id).map((index) => [index, null])),
  );
  /** By seat of this map. Seats that the map no longer has are left out. */
  const types = useMemo(
    () =>
      new Map(
        [...byIndex].flatMap(([index, type]): [number, TicketTypeId | null][] => {
          const seat = seatOfIndex(model, index);
          return seat === null ? [] : [[seat, type]];
        }),
      ),
    [byIndex, model],
  );
  const setTypes = (next: ReadonlyMap<number, TicketTypeId | null>) =>
    setByIndex(new Map([...next].map(([seat, type]) => [model.index[seat] ?? 0, type])));
  const [said, setSaid] = useState('');
  const [lost, setLost] = useState('');
  const full = types.size >= event.maxPerBuyer;

  useEffect(() => rememberSeats(event.id, [...byIndex.keys()]), [event.id, byIndex]);

  useEffect(() => {
    if (!availability) return;
    const gone = [...types.keys()].filter((seat) => !isFree(availability.seats, seat));
    if (gone.length === 0) return;
    const indexes = gone.map((seat) => model.index[seat]);
    setByIndex((old) => new Map([...old].filter(([index]) => !indexes.includes(index))));
    const text = t('wasTaken', { seat: seatName(model, gone[0] as number) });
    setSaid(text);
    setLost(text);
  }, [availability, types, model]);

  const chosen = useMemo(
    () =>
      [...types].flatMap(([seat, wanted]): Chosen[] => {
        const sold = zoneOf(model, seat).types;
        const type = sold.find(({ id }) => id === wanted) ?? sold[0];
        if (!type) return [];
        return [
          {
            seat,
            id: seatOf(model, seat).id as SeatId,
            name: seatName(model, seat),
            typeId: type.id,
            priceMinor: type.price.amount,
          },
        ];
      }),
    [types, model],
  );

  const toggle = (seat: number) => {
    const name = seatName(model, seat);
    setLost('');
    if (types.has(seat)) {
      setTypes(new Map([...types].filter(([other]) => other !== seat)));
      setSaid(t('removeSeat', { seat: name }));
    } else if (!isFree(availability?.seats ?? null, seat) || zoneOf(model, seat).types.length === 0) {
      setSaid(`${name}: ${t('seatTaken')}`);
    } else if (full) {
      setSaid(t('selectionFull'));
    } else {
      setTypes(new Map([...types, [seat, null]]));
      setSaid(`${name}: ${t('moreChosen')}`);
    }
  };

  return {
    chosen,
    seats: useMemo(() => new Set(types.keys()), [types]),
    /** The last change, for a live region. */
    said,
    /** The seats that somebody else has just taken, until the next choice; empty if none. */
    lost,
    full,
    toggle,
    setType: (seat: number, type: TicketTypeId) => setTypes(new Map([...types, [seat, type]])),
    clear: () => setTypes(new Map()),
  };
}

export type Selection = ReturnType<typeof useSelection>;
