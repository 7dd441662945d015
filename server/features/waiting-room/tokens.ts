import { createHmac, hash } from 'node:crypto';
import type { EventId, QueueEntryId, UserId } from '../../../contract/ids.ts';
import { equalInConstantTime } from '../accounts/caller-cookie.ts';
import type { EntryRow } from './waiting-room.ts';

/** What a token says. It was true when the token was made. */
export interface QueueToken {
  eventId: EventId;
  userId: UserId;
  entryId: QueueEntryId;
  /** 0 before the draw. */
  position: number;
  /** 0 unless the person was let in. */
  activeUntilMs: number;
}

/**
 * Tokens of places in a queue:
 *
 *   q1.<event>.<user>.<entry>.<position>.<issued>.<active until>.<SHA3-256 of key and all before it>
 *
 * The ids are without their prefixes, and the numbers are in base 36. It is signed in the way of the caller's cookie.
 */
export interface QueueTokens {
  issue(entry: EntryRow & { user_id: UserId }, nowMs: number): string;
  /** Null if it is forged. */
  open(token: string): QueueToken | null;
}

export function createQueueTokens(sessionSecret: string): QueueTokens {
  // A key of its own, so that nothing else that is signed with the secret can ever pass for this.
  const key = createHmac('sha256', sessionSecret).update('admit queue token 1').digest('hex');
  const sign = (body: string) => hash('sha3-256', `${key}${body}`, 'base64url');
  return {
    issue(entry, nowMs) {
      const activeUntilMs = entry.status === 'active' ? (entry.active_until?.getTime() ?? 0) : 0;
      const ids = [entry.event_id, entry.user_id, entry.id].map((id) => id.slice(4));
      const numbers = [entry.position ?? 0, nowMs, activeUntilMs].map((number) => number.toString(36));
      const body = ['q1', ...ids, ...numbers].join('.');
      return `${body}.${sign(body)}`;
    },
    open(token) {
      const end = token.lastIndexOf('.');
      if (end < 0 || token.length > 300) return null;
      const body = token.slice(0, end);
      if (!equalInConstantTime(token.slice(end + 1), sign(body))) return null;
      const [format, event, user, entry, position = '', , activeUntil = ''] = body.split('.');
      if (format !== 'q1') return null;
      return {
        eventId: `evt_${event}`,
        userId: `usr_${user}`,
        entryId: `que_${entry}`,
        position: Number.parseInt(position, 36),
        activeUntilMs: Number.parseInt(activeUntil, 36),
      };
    },
  };
}
