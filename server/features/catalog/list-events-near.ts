import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';

/** An event of an organisation at about the time of others. */
export interface NearEvent {
  id: EventId;
  title: string;
  run: string | null;
  venue: string;
  city: string;
  startsAt: Date;
  endsAt: Date;
}

const columns = `id, title, run, venue_name as venue, city, starts_at as "startsAt", ends_at as "endsAt"`;
const from = `from events where organisation_id = $1 and status <> 'cancelled' and archived_at is null
  and not 'startsAt' = any(undecided)`;
// Each of the two is bounded: a team with a thousand events in the time of a long series learns of the first of them.
const nearSql = `
  (select ${columns} ${from} and starts_at < $3 and ends_at > $2 order by starts_at, id limit 1000)
  union
  (select ${columns} ${from} and run = $4 and starts_at = any($5) limit 1000)`;

/**
 * Lists the events of an organisation that overlap with a span, and those of a run that begin at one of these instants. Drafts are among
 * them; cancelled and archived events are not.
 */
export const listEventsNear = (
  db: Queryable,
  organisationId: OrganisationId,
  near: { from: Date; to: Date; run: string; starts: Date[] },
): Promise<NearEvent[]> => db.query(nearSql, [organisationId, near.from, near.to, near.run, near.starts]);
