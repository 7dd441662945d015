import type { UserRole } from '../../../contract/accounts.ts';
import type { UserId } from '../../../contract/ids.ts';

/** Who is calling, as the session or token says it. */
export interface Caller {
  userId: UserId;
  sessionId: string;
  role: UserRole;
  /** A buyer without an account of their own yet. */
  isGuest: boolean;
  emailVerified: boolean;
}

export interface Identified {
  caller: Caller;
  /** Set-Cookie values that renew the signed session cookie; absent on the fast path. */
  setCookies?: string[];
}

export interface Accounts {
  /**
   * Who sent these headers: a signed session cookie (verified without the database), a bearer session token
   * or a JWT. Null where nobody is signed in. Throws Refused('suspended') for a suspended account. Answers
   * at once, without a promise, where it can: this is on the path of every hold.
   */
  identify(headers: { cookie?: string | undefined; authorization?: string | undefined }): Identified | null | Promise<Identified | null>;
  /** better-auth's own endpoints below /api/auth. */
  handle(request: Request): Promise<Response>;
  /** Stops listening for revocations. */
  close(): Promise<void>;
}
