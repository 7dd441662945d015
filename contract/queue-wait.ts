import type { Queue } from './waiting-room.ts';

/**
 * Decision: what decides how long a person waits who has so many people ahead, in a queue that is open. `speed`: there is room for
 * everybody ahead. `others`: people are let in as others are done, and so for long enough that the rate says how fast. Null: nobody
 * can tell, because the rush before came faster and says nothing of the rest.
 */
export function decidesWait(
  ahead: number,
  { reach, isSteady }: Pick<Queue, 'reach' | 'isSteady'>,
): 'speed' | 'others' | null {
  if (ahead < reach) return 'speed';
  return isSteady ? 'others' : null;
}
