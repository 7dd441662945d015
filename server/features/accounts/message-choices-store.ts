import type { UserId } from '../../../contract/ids.ts';
import type { QuietHours } from '../../../contract/message-choices.ts';
import type { Queryable, Writes } from '../../data/db.ts';

export interface PushChoices {
  /** The kinds that are switched off. */
  off: string[];
  quietHours: QuietHours | null;
}

const selectSql = `
  select push_off as off, to_char(quiet_from, 'HH24:MI') as "from", to_char(quiet_until, 'HH24:MI') as until,
    time_zone as "timeZone"
  from message_choices where user_id = $1`;

/** What a person has chosen about notifications. Whoever has chosen nothing wants all. */
export async function selectPushChoices(db: Queryable, userId: UserId): Promise<PushChoices> {
  const [row] = await db.query<{ off: string[] } & { [K in keyof QuietHours]: QuietHours[K] | null }>(
    selectSql,
    [userId],
  );
  if (!row) return { off: [], quietHours: null };
  const { off, from, until, timeZone } = row;
  return { off, quietHours: from && until && timeZone ? { from, until, timeZone } : null };
}

// Changes of different choices at the same time must not undo each other.
const changeSql = `
  insert into message_choices as mine (user_id, push_off, quiet_from, quiet_until, time_zone)
  values ($1, $2, $5::time, $6::time, $7)
  on conflict (user_id) do update set
    push_off = array(select unnest(mine.push_off) except select unnest($3::text[]) union select unnest($2::text[])),
    quiet_from = case when $4 then excluded.quiet_from else mine.quiet_from end,
    quiet_until = case when $4 then excluded.quiet_until else mine.quiet_until end,
    time_zone = case when $4 then excluded.time_zone else mine.time_zone end`;

/** Switches kinds off and on. `quietHours` undefined leaves them as they are. */
export function changePushChoices(
  trx: Writes,
  userId: UserId,
  { off, on, quietHours }: { off: string[]; on: string[]; quietHours: QuietHours | null | undefined },
): void {
  const { from = null, until = null, timeZone = null } = quietHours ?? {};
  trx.write(changeSql, [userId, off, on, quietHours !== undefined, from, until, timeZone]);
}
