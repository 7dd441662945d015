import { useMemo, useRef, useState } from 'react';
import { getEventSeatPlan } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { SeatPlanDocument } from '../../../../contract/plan-fields.ts';
import type { EventPlan } from '../../../../contract/seat-plans.ts';
import { call } from '../../api/call.ts';

type MapState = Pick<EventPlan, 'layoutChanged' | 'seatMapId'>;

export interface SaleMap {
  /** True while the seat map on sale is another one than the drawing was begun from or made into. */
  isChanged: boolean;
  /** Notes what the server said last. */
  note: (state: MapState) => void;
  /** Asks the server again. */
  check: () => Promise<void>;
  /** Reads the seat map on sale as a drawing. The next saving says that the drawing comes from it. */
  take: () => Promise<SeatPlanDocument>;
  /** The next saving says that the drawing will replace the seat map that the person was told of. */
  replace: () => void;
  /** What a saving says about the seat map. */
  seen: () => { seenSeatMapId?: EventPlan['seatMapId'] };
}

/** Follows whether somebody changes the seat map beside the drawing. */
export function useSaleMap(eventId: EventId, start: MapState): SaleMap {
  const [state, setState] = useState(start);
  const latest = useRef(state);
  latest.current = state;
  const seen = useRef<EventPlan['seatMapId'] | undefined>(undefined);
  const acts = useMemo(() => {
    const note = ({ layoutChanged, seatMapId }: MapState) => setState({ layoutChanged, seatMapId });
    const read = (query: { from?: 'layout' }) => call(getEventSeatPlan, { params: { eventId }, query });
    return {
      note,
      check: async () => note(await read({})),
      take: async () => {
        const { plan, seatMapId } = await read({ from: 'layout' });
        seen.current = seatMapId;
        return plan;
      },
      replace: () => {
        seen.current = latest.current.seatMapId;
      },
      seen: () => (seen.current === undefined ? {} : { seenSeatMapId: seen.current }),
    };
  }, [eventId]);
  return { ...acts, isChanged: state.layoutChanged };
}
