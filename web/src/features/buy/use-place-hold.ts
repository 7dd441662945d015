import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { changePlaces, placeHold, releaseHold } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { Hold, NewHold } from '../../../../contract/holds.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { rememberOwnHold } from '../../api/own-holds.ts';
import { asSomebody } from '../../api/session.ts';
import { useAct } from '../../api/use-act.ts';
import { paths } from '../../paths.ts';
import { nowMs } from '../../ui/clock.ts';
import { clockTime } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { availabilityQuery } from './availability.ts';
import { forgetQueueToken, knownCode, knownQueueToken, rememberChoice, rememberCode } from './held.ts';
import { heldNow, holdQuery, ownHoldsQuery } from './queries.ts';
import { itemsIn, placesIn } from './sale.ts';
import { spoilsCode } from './spoils-code.ts';
import type { OwnHold } from './use-own-hold.ts';
import { t } from './words.ts';

interface Options {
  /** True if Back must not lead to the present page. */
  replace?: boolean;
  /** An earlier hold to release in exchange. */
  instead?: Hold;
  /** The buyer's hold. If its places may change, it gets these places; otherwise, and after its end, there is a new hold. */
  own?: OwnHold;
}

/**
 * Holds places and continues to the checkout. A visitor who is not signed in becomes a guest. If the server is busy
 * or no answer came, it retries with the same key.
 */
export function usePlaceHold(eventId: EventId, { replace = false, instead, own }: Options = {}) {
  const mine = own?.movable;
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = useAct();
  // Whether the last attempt knew of a hold.
  const knew = useRef(false);
  const placing = useMutation({
    mutationFn: (body: NewHold) => {
      knew.current = Boolean(mine);
      return asSomebody(client, async (headers, isNew) => {
        const changed = mine && !isNew ? await changeOf(mine, body) : null;
        if (changed) return changed;
        // While its payment may still arrive, the earlier hold would block the same places.
        if (instead?.status === 'active' && !isNew)
          await call(releaseHold, { params: { holdId: instead.id } });
        const token = knownQueueToken(eventId);
        const code = knownCode(eventId);
        return call(placeHold, {
          params: { eventId },
          body: code ? { ...body, code } : body,
          headers: token ? { ...headers, 'queue-token': token } : headers,
          act,
          retries: 0,
        });
      });
    },
    // A token from before this account's present turn would be refused. Without one, the server looks the turn up.
    retry: (failures, error) =>
      failures < 3 &&
      (isProblem(error, 'busy', 'unreachable') ||
        (isProblem(error, 'not_admitted') && forgetQueueToken(eventId))),
    retryDelay: (failures) => 400 * 2 ** failures,
    onSuccess: (hold) => {
      client.setQueryData(holdQuery(hold.id).queryKey, heldNow(hold));
      rememberOwnHold(eventId, hold.id);
      rememberChoice(eventId, null);
      rememberCode(eventId, null);
      return navigate({ to: paths.checkout, params: { holdId: hold.id }, replace });
    },
    onError: (error) => {
      // Without it the next attempt holds the places at their full price.
      if (spoilsCode(error)) rememberCode(eventId, null);
      if (isProblem(error, 'not_admitted')) {
        const { reason } = error.members;
        void navigate({ to: paths.queue, params: { slug: eventId }, search: { why: reason } });
      }
      if (isProblem(error, 'sold_out', 'seats_taken', 'seat_map_changed')) {
        void client.invalidateQueries({ queryKey: availabilityQuery(eventId).queryKey });
      }
      // The places may be held already, from another device of this account.
      if (isProblem(error, 'sold_out', 'seats_taken', 'limit_reached')) {
        void client.invalidateQueries({ queryKey: ownHoldsQuery(eventId).queryKey });
      }
      // Prices and zones may have changed with the map.
      if (isProblem(error, 'seat_map_changed')) void client.invalidateQueries({ queryKey: ['event'] });
    },
  });
  // The places are not gone if another tab of this buyer has just taken them.
  const isOwn = Boolean(mine) && !knew.current && isProblem(placing.error, 'sold_out', 'seats_taken');
  return {
    ...placing,
    refusal: placing.error && (isOwn ? t('heldElsewhere') : refusalText(placing.error, own?.hold)),
  };
}

/** Gives the hold other places; its extras stay. Null if it has ended. */
async function changeOf(hold: Hold, { items = [], seats, seatMapId }: NewHold): Promise<Hold | null> {
  const all = [...items, ...itemsIn({ lines: hold.lines.filter((line) => line.collect) })];
  try {
    return await call(changePlaces, {
      params: { holdId: hold.id },
      body: { items: all.length > 0 ? all : undefined, seats, seatMapId },
      retries: 0,
    });
  } catch (error) {
    if (isProblem(error, 'hold_expired', 'hold_ended', 'not_found')) return null;
    throw error;
  }
}

/** The seats of an earlier hold that somebody else has now. */
export function goneSeats(error: unknown, hold: Hold) {
  const taken = isProblem(error, 'seats_taken') ? ((error.members.seats ?? []) as string[]) : [];
  return hold.lines.flatMap((line) => (line.seats ?? []).filter(({ seatId }) => taken.includes(seatId)));
}

/** Why the places were not held, in words for the person, who may have another hold of this event. */
export function refusalText(error: unknown, hold?: Hold | null): string {
  if (!isProblem(error)) return sayProblem(error);
  const { available, limit, have } = error.members as Record<string, number | undefined>;
  if (error.code === 'sold_out') return available ? t('soldOutSome', { count: available }) : t('soldOutNow');
  if (error.code === 'limit_reached' && limit !== undefined)
    return hold && have
      ? t('limitHeld', { limit, have, held: Math.min(placesIn(hold.lines), have) })
      : t('limitReached', { limit, have: have ?? 0 });
  if (error.code === 'seats_taken') return t('someTaken');
  const { retryAfterSeconds } = error.members as { retryAfterSeconds?: number };
  if (retryAfterSeconds !== undefined) {
    // By this device's clock, which the reader sees.
    const time = clockTime(nowMs() + retryAfterSeconds * 1000);
    if (error.code === 'network_limit') return t('networkLimit', { time });
    if (error.code === 'hold_again_later') return t('againLater', { time });
  }
  return sayProblem(error);
}
