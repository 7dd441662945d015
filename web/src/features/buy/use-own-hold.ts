import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { isProblem } from '../../../../client/problem.ts';
import { ownHold, rememberOwnHold, watchOwnHolds } from '../../api/own-holds.ts';
import { type HeldPlaces, holdQuery } from './queries.ts';

export interface OwnHold {
  /** The active hold; null if there is none. */
  hold: HeldPlaces | null;
  /** The hold may get other places, because no order is placed for it. */
  movable: HeldPlaces | null;
  /** How many places of a ticket type it has. */
  placesOf(ticketTypeId: string): number;
  forget(): void;
}

/** This buyer's hold of an event, whichever tab placed it. */
export function useOwnHold(eventId: string): OwnHold {
  const holdId = useSyncExternalStore(watchOwnHolds, () => ownHold(eventId));
  const { data, error } = useQuery({
    ...holdQuery(holdId ?? ''),
    enabled: holdId !== null,
    retry: false,
    refetchOnMount: 'always',
  });
  const forget = useCallback(() => rememberOwnHold(eventId, null), [eventId]);
  const isOver = data !== undefined && data.status !== 'active';
  const isForeign = isProblem(error, 'not_found', 'unauthenticated');
  useEffect(() => {
    if (holdId !== null && (isOver || isForeign)) forget();
  }, [holdId, isOver, isForeign, forget]);
  const hold = holdId !== null && data?.status === 'active' ? data : null;
  return {
    hold,
    movable: hold && hold.payBefore === undefined ? hold : null,
    placesOf: (ticketTypeId) =>
      hold?.lines.reduce((sum, line) => sum + (line.ticketTypeId === ticketTypeId ? line.quantity : 0), 0) ??
      0,
    forget,
  };
}
