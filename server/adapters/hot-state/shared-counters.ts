import type { EventId } from '../../../contract/ids.ts';
import { systemClock } from '../../clock.ts';
import type { LiveCounters, SharedCounters } from '../../features/dashboard/live-counters.ts';
import { type Redis, script } from './redis.ts';

/** Counters in Redis end so long after they were read from the tables. So a write that Redis lost is made up for by then. */
const livesMs = 2000;

const readScript = script(`return redis.call('MGET', unpack(KEYS))`);

/** PXAT names an instant, so a write that a frozen Redis executes later keeps nothing that is old. */
const keepScript = script(`
  for i, key in ipairs(KEYS) do
    if ARGV[2] == 'if cold' then redis.call('SET', key, ARGV[i + 2], 'PXAT', ARGV[1], 'NX')
    else redis.call('SET', key, ARGV[i + 2], 'PXAT', ARGV[1]) end
  end`);

const keysOf = (eventId: EventId) => ['views', 'checkins', 'sold'].map((name) => `event:${eventId}:${name}`);

/** Live counters as keys of Redis: `event:{id}:views`, `event:{id}:checkins` and `event:{id}:sold`. */
export const shareCounters = (redis: Redis): SharedCounters => ({
  nowMs: () => systemClock.now().getTime(),
  async read(eventId): Promise<LiveCounters | null> {
    const kept = (await redis.run(readScript, keysOf(eventId), [])) as (string | null)[] | null;
    const [views, checkIns, sold] = (kept ?? []).map((value) => (value === null ? null : Number(value)));
    // Undefined if Redis did not answer.
    if (views == null || checkIns == null || sold == null) return null;
    return { views, checkIns, sold };
  },
  async keep(eventId, { views, checkIns, sold }, { readAtMs, ifCold }) {
    const how = ifCold ? 'if cold' : 'over';
    await redis.run(keepScript, keysOf(eventId), [readAtMs + livesMs, how, views, checkIns, sold]);
  },
});
