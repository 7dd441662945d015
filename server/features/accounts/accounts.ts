import type { UserRole } from '../../../contract/accounts.ts';
import type { Id, UserId } from '../../../contract/ids.ts';
import type { Revocations } from './revocations.ts';

/** Who is calling, as the session or token says it. */
export interface Caller {
  userId: UserId;
  sessionId: string;
  role: UserRole;
  /** A buyer without an account of their own yet. */
  isGuest: boolean;
  emailVerified: boolean;
  /** Counts the changes of what the account may do (users.access_version); this is how many it was read after. */
  accessVersion: number;
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
  /** The name of the cookie that carries the session: `admit.session_token`, over https with `__Secure-` before it. */
  sessionCookie: string;
  /**
   * Who sent these headers: a signed session cookie (verified without the database), a bearer session token
   * or a JWT. Null where nobody is signed in. Throws Refused('suspended') for a suspended account. Answers
   * at once, without a promise, where it can: this is on the path of every hold.
   */
  identify(headers: {
    cookie?: string | undefined;
    authorization?: string | undefined;
  }): Identified | null | Promise<Identified | null>;
  /**
   * Opens the session of the guest that a key stands for, and makes the guest at the key's first use (open-guests.ts).
   * Throws Refused('guest_key_ended') if the key is over.
   */
  openGuest(key: string): Promise<Identified>;
  /** False once this process has heard of a change of what the account may do, or while it could not hear of one. */
  isCurrent(caller: Caller): boolean;
  /** Calls the listener with each session and account whose rights end or change, as this process hears of it. */
  onRevocation: Revocations['onRevocation'];
  /** A session as the database has it now; null where it has ended. Calls that come together share a query. */
  findSession(sessionId: string): Promise<Session | null>;
  /** better-auth's own endpoints below /api/auth. Callers pass only what they have checked (call-auth.ts). */
  handle(request: Request): Promise<Response>;
  /**
   * Opens a session for each user without their passwords, in one statement: for the demo's sign-ins, tests
   * and load. `cookie` is the value of a Cookie header, `token` goes into Authorization: Bearer.
   */
  openSessions(userIds: UserId[]): Promise<{ cookie: string; token: string }[]>;
  /** Resolves when this process knows every revocation that had committed when it was called. */
  catchUp(): Promise<void>;
  /** Stops listening for revocations. */
  close(): Promise<void>;
}
