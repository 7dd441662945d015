import { createHmac, hash } from 'node:crypto';
import type { UserRole } from '../../../contract/accounts.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { Caller } from './accounts.ts';

interface CallerCookie {
  name: string;
  /** Makes the cookie's value. It is valid until `expiresAtMs`, only together with this session token. */
  seal(caller: Caller, sessionToken: string, expiresAtMs: number): string;
  /** Reads the value; null if it is forged, expired or belongs to another session token. */
  open(value: string, sessionToken: string, nowMs: number): Caller | null;
}

const roleOfLetter: Record<string, UserRole> = { u: 'user', o: 'organizer', a: 'admin' };

/**
 * The cookie beside better-auth's session token that spares the database:
 *
 *   1.<user>.<session>.<role letter><guest 0|1><verified 0|1>.<access version>.<expiry>.<SHA3-256 of key, all before it and the session token>
 *
 * It is ours rather than better-auth's cookie cache because it is on the path of every hold: 114 bytes
 * instead of 1,095 in each request, 1.1 µs to check instead of 6.9 (measured, both synchronous; better-auth's
 * own check is not), and no name or address of the person in it. The session token is part of what is signed, so
 * that neither cookie is of use without the other. SHA-3 takes a key in front of the message and needs no HMAC
 * around it (its sponge can't be extended), which in Node is a third of the time.
 */
export function createCallerCookie(name: string, sessionSecret: string): CallerCookie {
  // A key of its own, so that nothing else that is signed with the secret can ever pass for this.
  const key = createHmac('sha256', sessionSecret).update('admit caller cookie 1').digest('hex');
  const sign = (body: string, sessionToken: string) =>
    hash('sha3-256', `${key}${body}\0${sessionToken}`, 'base64url');

  return {
    name,
    seal(caller, sessionToken, expiresAtMs) {
      const kind = `${caller.role[0]}${caller.isGuest ? 1 : 0}${caller.emailVerified ? 1 : 0}`;
      const expiry = Math.floor(expiresAtMs).toString(36);
      const body = `1.${caller.userId.slice(4)}.${caller.sessionId.slice(4)}.${kind}.${caller.accessVersion.toString(36)}.${expiry}`;
      return `${body}.${sign(body, sessionToken)}`;
    },
    open(value, sessionToken, nowMs) {
      const end = value.lastIndexOf('.');
      if (end < 0 || value.length > 300) return null;
      const body = value.slice(0, end);
      if (!equalInConstantTime(value.slice(end + 1), sign(body, sessionToken))) return null;
      const [format, user, session, kind = '', version = '', expiry = ''] = body.split('.');
      const role = roleOfLetter[kind[0] ?? ''];
      if (format !== '1' || !role || Number.parseInt(expiry, 36) <= nowMs) return null;
      return {
        userId: apart(`usr_${user}`) as UserId,
        sessionId: `ses_${session}`,
        role,
        isGuest: kind[1] === '1',
        emailVerified: kind[2] === '1',
        accessVersion: Number.parseInt(version, 36),
      };
    },
  };
}

/**
 * Copies the text into its own memory. As a slice of the header it would keep the whole header in memory for as long
 * as the caller is cached, as limits and ledgers do: 400 bytes instead of 30.
 */
const apart = (text: string): string => Buffer.from(text, 'latin1').toString('latin1');

/** Compares in constant time, so that a nearly correct forgery takes as long as a wrong one. */
export function equalInConstantTime(given: string, right: string): boolean {
  // Compares text and not decoded bytes, because base64 has several spellings of the same bytes and only one is ours.
  if (given.length !== right.length) return false;
  let difference = 0;
  for (let i = 0; i < right.length; i++) difference |= given.charCodeAt(i) ^ right.charCodeAt(i);
  return difference === 0;
}

/** Returns one cookie of a Cookie header, the first if there are several; undefined if there is none. */
export function readCookie(header: string, name: string): string | undefined {
  const wanted = `${name}=`;
  let from = 0;
  while (from < header.length) {
    const semicolon = header.indexOf(';', from);
    const to = semicolon < 0 ? header.length : semicolon;
    while (header[from] === ' ') from++;
    if (header.startsWith(wanted, from)) return header.slice(from + wanted.length, to).trimEnd();
    from = to + 1;
  }
  return undefined;
}
