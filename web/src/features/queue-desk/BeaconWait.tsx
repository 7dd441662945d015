import { useMutation, useQueryClient } from '@tanstack/react-query';
import { dropQueueBeacon } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { QueueBeacon } from '../../../../contract/queue-beacon.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { useNowMs } from '../../ui/clock.ts';
import { Notice } from '../../ui/Notice.tsx';
import { When } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { queueQuery } from '../queue/queries.ts';
import { t } from './words.ts';

interface Props {
  eventId: EventId;
  beacon: QueueBeacon;
  timeZone: string;
  may: boolean;
}

/** The round of the public beacon that the draw waits for, and going on without it once it is overdue. */
export function BeaconWait({ eventId, beacon, timeZone, may }: Props) {
  const client = useQueryClient();
  const act = useAct();
  const isOverdue = useNowMs(1000) >= Date.parse(beacon.withoutFrom);
  const drop = useMutation({
    mutationFn: () => call(dropQueueBeacon, { params: { eventId }, act }),
    onSuccess: (queue) => client.setQueryData(queueQuery(eventId).queryKey, queue),
  });
  return (
    <section className="mt-4 rounded-card border border-line p-4">
      <p>
        {t('beaconWaits', { round: beacon.round })} <When at={beacon.roundAt} timeZone={timeZone} withZone />
      </p>
      {isOverdue ? (
        <p className="mt-2">{t('beaconDropText')}</p>
      ) : (
        <p className="mt-2 text-muted">
          {t('beaconWithout')} <When at={beacon.withoutFrom} timeZone={timeZone} withZone />
        </p>
      )}
      {isOverdue && (
        <Button
          look="quiet"
          className="mt-3"
          busy={drop.isPending}
          disabledBecause={!may && t('mayNot')}
          onClick={() => drop.mutate()}
        >
          {t('beaconDrop')}
        </Button>
      )}
      {drop.error && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(drop.error)}
        </Notice>
      )}
    </section>
  );
}
