import type { UserRole } from '../../../contract/accounts.ts';
import type { ApiKeyScope } from '../../../contract/api-key-scopes.ts';
import type { ApiKeyId, EventId, Id, OrganisationId, UserId } from '../../../contract/ids.ts';
import type { GuestRequest } from './open-guests.ts';
import type { Revocations } from './revocations.ts';

/** The caller, as the session or token identifies them. */
export interface Caller {
  userId: UserId;
  sessionId: string;
  role: UserRole;
  /** A buyer without an account of their own. */
  isGuest: boolean;
  emailVerified: boolean;
  /**
   * The account's access_version (users.access_version) when these rights were read. Every change of rights raises
   * it.
   */
  accessVersion: number;
  /** Set if an API key of this person calls. It narrows what their role allows (organisations/team.ts). */
  key?: KeyRights;
}

/** What an API key may do, at most. */
interface KeyRights {
  id: ApiKeyId;
  name: string;
  organisationId: OrganisationId;
  scopes: readonly ApiKeyScope[];
  /** Null is all events of the organisation. */
  events: EventId[] | null;
}

export interface Identified {
  caller: Caller;
  /** Set-Cookie values that renew the signed session cookie; absent on the fast path. */
  setCookies?: string[];
}

/** A session as the database has it. */
export interface Session {
  id: Id<'session'>;
  expiresAt: Date;
  caller: Caller;
  suspended: boolean;
}

export interface Accounts {
  /** The name of the session's cookie: `admit.session_token`, with the prefix `__Secure-` over https. */
  sessionCookie: string;
  /**
   * Identifies the sender of these headers by a signed session cookie (verified without the database), a bearer
   * session token or a JWT. Null if nobody is signed in. Throws Refused('suspended') for a suspended account. If
   * possible it answers at once, without a promise, because this is on the path of every hold.
   */
  identify(headers: {
    cookie?: string | undefined;
    authorization?: string | undefined;
  }): Identified | null | Promise<Identified | null>;
  /** Whether a Cookie header names a session that `identify` has to look up. Throws as `identify` does. */
  needsLookUp(cookie: string): boolean;
  /**
   * Opens a guest's session (open-guests.ts): of a new guest, or of the guest that the key stands for. Throws
   * Refused('guest_key_ended') if the key is over.
   */
  openGuest(request: GuestRequest): Promise<Identified & { token: string; setCookies: string[] }>;
  /** False if this process has heard of a change of the account's rights, or was unable to hear of one. */
  isCurrent(caller: Caller): boolean;
  /** Calls the listener with each session and account whose rights end or change, when this process hears of it. */
  onRevocation: Revocations['onRevocation'];
  /** Reads a session from the database; null if it has ended. Concurrent calls share a query. */
  findSession(sessionId: string): Promise<Session | null>;
  /** better-auth's own endpoints below /api/auth. Callers must check the request first (call-auth.ts). */
  handle(request: Request): Promise<Response>;
  /**
   * Opens a session for each user without passwords, in one statement: for the demo, tests and load. `cookie` is the
   * value of a Cookie header, and `token` goes into Authorization: Bearer.
   */
  openSessions(userIds: UserId[]): Promise<{ cookie: string; token: string }[]>;
  /** Resolves when this process knows every revocation that committed before the call. */
  catchUp(): Promise<void>;
  /** Stops listening for revocations. */
  close(): Promise<void>;
}
