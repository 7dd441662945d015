import type { UserId } from '../../../contract/ids.ts';
import type { QuietHours } from '../../../contract/message-choices.ts';
import type { Queryable, Writes } from '../../data/db.ts';

export interface MessageSettings {
  /** The kinds that are switched off: as notifications of browsers, and as SMS. */
  pushOff: string[];
  smsOff: string[];
  quietHours: QuietHours | null;
}

const selectSql = `
  select push_off as "pushOff", sms_off as "smsOff", to_char(quiet_from, 'HH24:MI') as "from", to_char(quiet_until, 'HH24:MI') as until,
    time_zone as "timeZone"
  from message_choices where user_id = $1`;

/** What a person has chosen about notifications and SMS. Whoever has chosen nothing wants all. */
export async function selectMessageSettings(db: Queryable, userId: UserId): Promise<MessageSettings> {
  const [row] = await db.query<
    Pick<MessageSettings, 'pushOff' | 'smsOff'> & { [K in keyof QuietHours]: QuietHours[K] | null }
  >(selectSql, [userId]);
  if (!row) return { pushOff: [], smsOff: [], quietHours: null };
  const { pushOff, smsOff, from, until, timeZone } = row;
  return { pushOff, smsOff, quietHours: from && until && timeZone ? { from, until, timeZone } : null };
}

// Changes of different choices at the same time must not undo each other.
const changeSql = `
  insert into message_choices as mine (user_id, push_off, quiet_from, quiet_until, time_zone, sms_off)
  values ($1, $2, $5::time, $6::time, $7, $8)
  on conflict (user_id) do update set
    push_off = array(select unnest(mine.push_off) except select unnest($3::text[]) union select unnest($2::text[])),
    sms_off = array(select unnest(mine.sms_off) except select unnest($9::text[]) union select unnest($8::text[])),
    quiet_from = case when $4 then excluded.quiet_from else mine.quiet_from end,
    quiet_until = case when $4 then excluded.quiet_until else mine.quiet_until end,
    time_zone = case when $4 then excluded.time_zone else mine.time_zone end`;

/** Kinds to switch off and on. */
interface Switched {
  off: string[];
  on: string[];
}

/** Switches kinds off and on. `quietHours` undefined leaves them as they are. */
export function changeMessageSettings(
  trx: Writes,
  userId: UserId,
  change: { push: Switched; sms: Switched; quietHours: QuietHours | null | undefined },
): void {
  const { push, sms, quietHours } = change;
  const { from = null, until = null, timeZone = null } = quietHours ?? {};
  trx.write(changeSql, [
    userId,
    push.off,
    push.on,
    quietHours !== undefined,
    from,
    until,
    timeZone,
    sms.off,
    sms.on,
  ]);
}
