import { type DoorRules, plainRules } from '../../../contract/door-rules.ts';
import type { CheckpointId, EventId } from '../../../contract/ids.ts';
import type { Reads } from '../../data/db.ts';
import { type RulesRow, selectCheckpoints, selectRules } from './rules-store.ts';

/** The rules of an event's door; plain ones, version 0, if nobody has set any. */
export async function readRules(db: Reads, eventId: EventId): Promise<DoorRules & { version: number }> {
  return rulesOf(db, eventId, await selectRules(db, eventId));
}

/** Completes a row of settings with the checkpoints. An event without a row has none. */
export async function rulesOf(
  db: Reads,
  eventId: EventId,
  row: RulesRow | null,
): Promise<DoorRules & { version: number }> {
  if (!row) return { ...plainRules, version: 0 };
  return {
    reEntry: row.re_entry,
    insideLimit: row.inside_limit,
    warnInsideAt: row.warn_inside_at,
    disputed: row.disputed,
    dayStartsHour: row.day_starts_hour,
    checkpoints: await selectCheckpoints(db, eventId),
    extras: row.extras,
    version: row.version,
  };
}

/** Adds the checkpoints that were removed, if one of these places is one. What was used there stays used. */
export async function withRemoved(
  db: Reads,
  eventId: EventId,
  rules: DoorRules,
  places: (CheckpointId | null)[],
): Promise<DoorRules> {
  const known = new Set<CheckpointId | null>(rules.checkpoints.map(({ id }) => id)).add(null);
  if (places.every((id) => known.has(id))) return rules;
  return { ...rules, removed: await selectCheckpoints(db, eventId, true) };
}
