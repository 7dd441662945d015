import { removeEvent } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { t } from './words.ts';

interface Given {
  ground: 'law' | 'terms';
  statement: string;
}

/** The two ways to remove an event. */
export const removals = (eventId: EventId) =>
  (['full', 'none'] as const).map((refund) => ({
    label: t(refund === 'full' ? 'removeRefund' : 'removeKeep'),
    look: 'danger' as const,
    act: (given: Given) => call(removeEvent, { params: { eventId }, body: { ...given, refund } }),
  }));
