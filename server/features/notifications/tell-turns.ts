import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { enqueueJobs, type Job } from '../../work/jobs.ts';
import { readVerifiedPeople } from '../accounts/read-verified-people.ts';
import { readTurns } from '../waiting-room/read-turns.ts';
import type { TurnMailJob } from './turn-letter.ts';

/** People whom one job looks for, and mails that one job sends. */
const portion = 500;
const mailsPerJob = 20;

/**
 * Enqueues the messages for people whose turn in a queue is near or has come. A large range goes on in a job of its own, so no job has a
 * million people. A repeated job enqueues the same messages again, and each is sent once (turnKey).
 */
export async function tellTurns(
  app: App,
  { eventId, after, upTo, letIn }: { eventId: EventId; after: number; upTo: number; letIn: boolean },
): Promise<void> {
  const turns = await readTurns(app, { eventId, after, upTo, letIn, limit: portion });
  const people = await readVerifiedPeople(
    app.db,
    turns.map(({ userId }) => userId),
  );
  const mails = turns
    .filter(({ userId }) => people.has(userId))
    .map(({ id }): TurnMailJob => ({ kind: 'queue-turn', eventId, queueEntryId: id }));
  const jobs: Job[] = [];
  for (let first = 0; first < mails.length; first += mailsPerJob)
    jobs.push({
      task: 'send-order-mails',
      payload: mails.slice(first, first + mailsPerJob) as never,
      turnOf: eventId,
    });
  const last = turns.at(-1);
  if (turns.length === portion && last)
    jobs.push({ task: 'tell-turns', payload: { eventId, after: last.position, upTo, letIn } });
  await enqueueJobs(app.db, jobs);
}
