import { useMutation, useQueryClient } from '@tanstack/react-query';
import { newKey } from '../../../../client/act.ts';
import { getQueueChallenge, joinQueue } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { Me } from '../../../../contract/accounts.ts';
import type { Event } from '../../../../contract/events.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { Queue } from '../../../../contract/waiting-room.ts';
import { call } from '../../api/call.ts';
import { asSomebody, meQuery } from '../../api/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { Opening } from './InDraw.tsx';
import { rememberNoted } from './noted.ts';
import { myEntryQuery, queueQuery, toldNow } from './queries.ts';
import { Headline } from './StageCard.tsx';
import type { OwnEntry } from './stage.ts';
import { knows, t } from './words.ts';

interface Props {
  event: Event;
  queue: Queue;
  /** The last place, which has ended. */
  entry: OwnEntry | null;
  /** Under a heading of its own. */
  isQuiet?: boolean;
}

/** The way into the queue, for somebody who has no place in it. */
export function Join({ event, queue, entry, isQuiet = false }: Props) {
  const join = useJoin(event, queue);
  const button = (
    <Button
      look={isQuiet ? 'quiet' : 'primary'}
      size={isQuiet ? 'medium' : 'large'}
      className="w-full"
      busy={join.isPending}
      onClick={() => join.mutate()}
    >
      {t(entry ? 'joinAgain' : 'join')}
    </Button>
  );
  const refusal = join.error && (
    <Notice tone="bad" live className="mt-4">
      {sayProblem(join.error)}
    </Notice>
  );
  if (isQuiet)
    return (
      <div>
        {button}
        {refusal}
      </div>
    );
  const isBefore = queue.state === 'before_draw' && queue.opensAt !== null;
  const waits =
    queue.state === 'all_held'
      ? t('all_heldText', { count: queue.paying })
      : queue.state === 'paused' || queue.state === 'sold_out'
        ? t(`${queue.state}Text`)
        : null;
  return (
    <>
      <Headline>{t('joinTitle')}</Headline>
      {entry?.endReason && <p className="mt-3 font-semibold text-warn">{t(endWord(entry.endReason))}</p>}
      {isBefore && queue.opensAt && (
        <p className="mt-3 text-lg font-semibold">
          <Opening at={queue.opensAt} event={event} />
        </p>
      )}
      <p className="mt-3 text-lg">{t(isBefore ? 'joinDrawn' : 'joinText')}</p>
      {waits && <p className="mt-3">{waits}</p>}
      <p className="mb-6 mt-1 text-muted">{t('howMany', { count: queue.waiting })}</p>
      {button}
      <p role="status" className="mt-3 min-h-12 text-sm text-muted">
        {join.isPending && t('proving')}
      </p>
      {refusal}
    </>
  );
}

/**
 * Proves some work for somebody without a verified address, as the server will want it (docs/waiting-room.md). Nothing where this
 * browser cannot: then the server says why it refuses.
 */
async function proofOf(eventId: EventId, me: Me | null | undefined): Promise<Record<string, string>> {
  if ((me && !me.isGuest && me.emailVerified) || !crypto.subtle) return {};
  const [challenge, { solveChallenge }] = await Promise.all([
    call(getQueueChallenge, { params: { eventId } }),
    import('../../../../client/prove-work.ts'),
  ]);
  return { 'queue-proof': await solveChallenge(challenge) };
}

/** A reason that is new has no text yet. */
const endWord = (reason: string) => {
  const key = `ended_${reason}`;
  return knows(key) ? (key as 'ended_left') : 'ended_other';
};

/** Joins with a random number of this browser's own, so that nobody need trust the server to choose one. */
function useJoin(event: Event, queue: Queue) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      asSomebody(client, async (headers) =>
        call(joinQueue, {
          params: { eventId: event.id },
          body: { salt: newKey() },
          headers: { ...headers, ...(await proofOf(event.id, client.getQueryData(meQuery.queryKey))) },
        }),
      ),
    onSuccess: (entry) => {
      if (entry.position === null)
        rememberNoted(event.id, { commitment: queue.commitment, entryId: entry.id, salt: entry.salt });
      client.setQueryData(myEntryQuery(event.id).queryKey, toldNow(entry));
    },
    onError: (error) => {
      if (isProblem(error, 'queue_ended', 'not_found'))
        void client.invalidateQueries({ queryKey: queueQuery(event.id).queryKey });
    },
  });
}
