import { decidesWait } from '../../../contract/queue-wait.ts';
import { growth, isSteady, paces } from './admission.ts';
import type { RoomRow } from './waiting-room.ts';

/**
 * Decision: in how many seconds a person will be let in who has so many people ahead, in a queue that is open. Null if nobody can
 * tell.
 *
 * While there is room for all of them, the speed decides: the organiser's, or the speed that grows each second as `decideStep` lets
 * it. Beyond that it depends on when people who choose are done. What was measured says that only if places have been the
 * limit for as long as the rate looks back: the rush before, when places were free, came faster.
 */
export function estimateWait(ahead: number | null, room: RoomRow, now: Date): number | null {
  if (ahead === null || room.kept_at === null) return null;
  const decides = decidesWait(ahead, { reach: room.vacancies, isSteady: isSteady(room.full_since, now) });
  if (decides === 'speed') return Math.ceil(secondsAtSpeed(ahead + 1 - room.allowance, room));
  const perMinute = room.let_in_per_minute;
  if (decides === null || perMinute === null) return null;
  return Math.ceil((ahead / perMinute) * 60);
}

/** How long it takes to let in so many people, if the ledger keeps up. */
function secondsAtSpeed(people: number, { pace, people_per_minute: wished }: RoomRow): number {
  const many = Math.max(0, people);
  if (wished !== null) return (many / wished) * 60;
  const perSecond = pace / 60;
  const fastest = paces.most / 60;
  const rise = Math.log(growth);
  // The speed is perSecond * growth ** t until it is the fastest, so the sum until then is a geometric one.
  const whileFaster = (fastest - perSecond) / rise;
  if (many <= whileFaster) return Math.log(1 + (many * rise) / perSecond) / rise;
  return Math.log(fastest / perSecond) / rise + (many - whileFaster) / fastest;
}
