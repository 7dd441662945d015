import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { joinedLately } from './prove-guest.ts';
import { attemptsAfter } from './work.ts';

/** Gives a challenge for one join of this event's queue. No cache may give it to a second person. */
export async function getChallenge(
  app: App,
  { params: { eventId }, ip }: { params: { eventId: EventId }; ip: string },
): Promise<Raw> {
  await app.rooms.open(eventId);
  const joined = await joinedLately(app, eventId, ip);
  const attempts = attemptsAfter(joined, app.config.queueProofFactor);
  const challenge = await app.queueProofs.issue(eventId, attempts, app.clock.now());
  return new Raw(JSON.stringify(challenge), {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
}
