import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { isProblem } from '../../../../client/problem.ts';
import type { TicketType } from '../../../../contract/events.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { Money } from '../../../../contract/money.ts';
import { ownHold, rememberOwnHold, watchOwnHolds } from '../../api/own-holds.ts';
import { maySignedIn, meQuery } from '../../api/session.ts';
import { type HeldPlaces, holdQuery, ownHoldsQuery } from './queries.ts';

export interface OwnHold {
  /** The active hold; null if there is none. */
  hold: HeldPlaces | null;
  /** The hold may get other places, because no order is placed for it. */
  movable: HeldPlaces | null;
  /** How many places of a ticket type it has. */
  placesOf(ticketTypeId: string): number;
  /** The price of a ticket type for this buyer: in the hold, where a promo code may have reduced it, or else the present one. */
  priceOf(type: Pick<TicketType, 'id' | 'price'>): Money;
  /** The promo code that is redeemed for the hold; null if there is none. */
  promo: string | null;
  forget(): void;
}

/** This buyer's hold of an event, whichever tab placed it, or whichever device of the same account. */
export function useOwnHold(eventId: EventId): OwnHold {
  const holdId = useSyncExternalStore(watchOwnHolds, () => ownHold(eventId));
  // A newcomer has no account, and their first page asks nothing about one.
  const { data: me } = useQuery({ ...meQuery, enabled: maySignedIn() });
  // A guest is only on this device, which knows their hold already.
  const { data: elsewhere, isFetching } = useQuery({
    ...ownHoldsQuery(eventId),
    enabled: holdId === null && me?.isGuest === false,
    retry: false,
  });
  const foundId = elsewhere?.items[0]?.id;
  useEffect(() => {
    if (holdId === null && foundId && !isFetching) rememberOwnHold(eventId, foundId);
  }, [holdId, foundId, isFetching, eventId]);
  const { data, error } = useQuery({
    ...holdQuery(holdId ?? ''),
    enabled: holdId !== null,
    retry: false,
    refetchOnMount: 'always',
  });
  const client = useQueryClient();
  const forget = useCallback(() => {
    const { queryKey } = ownHoldsQuery(eventId);
    // The list may still have the hold that has just ended.
    client.setQueryData(queryKey, { items: [] });
    rememberOwnHold(eventId, null);
    void client.invalidateQueries({ queryKey });
  }, [client, eventId]);
  const isOver = data !== undefined && data.status !== 'active';
  const isForeign = isProblem(error, 'not_found', 'unauthenticated');
  useEffect(() => {
    if (holdId !== null && (isOver || isForeign)) forget();
  }, [holdId, isOver, isForeign, forget]);
  const hold = holdId !== null && data?.status === 'active' ? data : null;
  const movable = hold && hold.payBefore === undefined ? hold : null;
  const priceOf = useCallback<OwnHold['priceOf']>(
    ({ id, price }) => movable?.lines.find(({ ticketTypeId }) => ticketTypeId === id)?.unitPrice ?? price,
    [movable],
  );
  return {
    hold,
    movable,
    priceOf,
    promo: movable?.lines.find(({ promo }) => promo)?.promo?.code ?? null,
    placesOf: (ticketTypeId) =>
      hold?.lines.reduce((sum, line) => sum + (line.ticketTypeId === ticketTypeId ? line.quantity : 0), 0) ??
      0,
    forget,
  };
}
