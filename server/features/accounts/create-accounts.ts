import { createHmac, randomBytes } from 'node:crypto';
import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { Caches } from '../../caches.ts';
import { type Clock, systemClock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import { type ConnectionOptions, openPool } from '../../data/connections.ts';
import type { Db } from '../../data/db.ts';
import type { Notices } from '../../data/notices.ts';
import type { RateLimits } from '../../http/rate-limits.ts';
import type { NewId } from '../../ids.ts';
import type { Log } from '../../log.ts';
import { createSeal } from '../../seal.ts';
import type { Accounts, Caller, Identified, Session } from './accounts.ts';
import { basePath, createAuth, prolongAfterSeconds, sessionSeconds } from './auth.ts';
import { createCallerCookie, equalInConstantTime, readCookie } from './caller-cookie.ts';
import { endGuest } from './end-guest.ts';
import { createTokenVerifier } from './json-web-tokens.ts';
import { provesItself, refuseLate } from './late-sign-in.ts';
import { noteSignIn } from './note-sign-in.ts';
import { createTroubleNotice } from './notice-trouble.ts';
import { createGuestOpener } from './open-guests.ts';
import { watchRevocations } from './revocations.ts';
import {
  findSessionById,
  findSessionByToken,
  findSessionNow,
  findSessionsByTokens,
  insertSessions,
} from './store.ts';
import { readDatabaseTime } from './takeover-store.ts';

interface AccountsOptions {
  config: Pick<Config, 'env'> & { publicUrl: string };
  connectionTo(name: string): ConnectionOptions;
  /** The source of revocations. Its creator closes it. */
  notices: Notices;
  callers: Caches['callers'];
  rateLimits: RateLimits;
  sessionSecret: string;
  db: Db;
  clock: Clock;
  newId: NewId;
  /** Gives a guest's holds and orders to the account that the guest opened or signed in to. */
  moveBuyer(app: { db: Db; clock: Clock }, from: UserId, to: UserId): Promise<void>;
  log: Log;
}

const pathOf = ({ url }: Request) => new URL(url).pathname.slice(basePath.length);
const opensSession = (request: Request) =>
  /^\/(sign-in\/\w+|sign-up\/\w+|passkey\/verify-authentication)$/.test(pathOf(request));
const isSecondStep = (request: Request) => /^\/two-factor\/verify-/.test(pathOf(request));

/** How long a cookie or cached token is trusted without the database. Revocations end it earlier. */
const trustMs = 5 * 60_000;

/**
 * Creates the accounts over better-auth. Sessions, links and JWTs use the machine's clock, because better-auth reads
 * that one. Only our own cookie uses the App's clock.
 */
export async function createAccounts(options: AccountsOptions): Promise<Accounts> {
  const { config, connectionTo, notices, callers, sessionSecret, db, clock, newId, log, moveBuyer } = options;
  const { publicUrl } = config;
  const { now, monotonicMs } = systemClock;
  // A small pool for better-auth alone: it hashes passwords inside its transactions. A rush of sign-ups must not take
  // the connections that holds and orders need, nor wait for them.
  const { pool, close } = openPool({ ...connectionTo('admit accounts'), max: 4 });
  const trouble = createTroubleNotice();
  const heard = trouble.db(db);
  const linkGuest = (from: UserId, to: UserId) =>
    endGuest(heard, from, () => moveBuyer({ db: heard, clock }, from, to));
  const auth = createAuth({
    env: config.env,
    publicUrl,
    sessionSecret,
    db: heard,
    transaction: (work) => trouble.inTransaction(work, heard),
    seal: createSeal(sessionSecret),
    rateLimits: options.rateLimits,
    pool: trouble.pool(pool),
    now,
    newId,
    log,
    linkGuest,
    // The session is open even if this record fails, so the sign-in succeeds.
    noteSignIn: (opened) =>
      noteSignIn(db, opened, publicUrl, now()).catch((error) =>
        log.warn({ err: error }, 'a sign-in could not be noted'),
      ),
  });
  const { authCookies, secretConfig } = await auth.$context;
  const { name: tokenCookie, attributes } = authCookies.sessionToken;
  const cookie = createCallerCookie(tokenCookie.replace('session_token', 'caller'), sessionSecret);
  const openGuest = createGuestOpener({ db, newId, now, sessionSecret });
  const verifyToken = createTokenVerifier({ db, publicUrl, now, monotonicMs });
  const revocations = await watchRevocations({
    notices,
    monotonicMs,
  }).catch((error) => close().then(() => Promise.reject(error)));
  const closeAll = () => {
    revocations.close();
    return close();
  };
  // The first request for a JWT must find a key, and so must a process that verifies another process's JWT.
  await auth.api.getJwks().catch((error) => closeAll().then(() => Promise.reject(error)));

  const identify: Accounts['identify'] = ({ authorization, cookie: header }) => {
    if (authorization !== undefined && /^bearer /i.test(authorization)) {
      return identifyBearer(authorization.slice(7).trim());
    }
    return header === undefined ? null : identifyCookie(header);
  };

  function identifyCookie(header: string): Identified | null | Promise<Identified | null> {
    const opened = openCookie(header);
    return opened && 'unknownToken' in opened
      ? lookUp(opened.unknownToken, new Headers({ cookie: header }))
      : opened;
  }

  /** What the cookie says by itself, or the token of a session that has to be looked up. */
  function openCookie(header: string): Identified | null | { unknownToken: string } {
    const signedToken = readCookie(header, tokenCookie);
    if (!signedToken) return null;
    const token = signedToken.slice(0, signedToken.indexOf('.'));
    const value = readCookie(header, cookie.name);
    const caller = value === undefined ? null : cookie.open(value, token, clock.now().getTime());
    const verdict = caller ? revocations.judge(caller) : 'stale';
    if (caller && verdict === 'valid') return { caller };
    if (verdict === 'suspended') throw new Refused('suspended');
    if (verdict === 'revoked' || !isSignedToken(signedToken)) return null;
    return { unknownToken: token };
  }

  function identifyBearer(bearer: string): Identified | null | Promise<Identified | null> {
    const known = callers.get(bearer);
    if (known && known.untilMs > now().getTime()) {
      const verdict = revocations.judge(known.caller);
      if (verdict === 'valid') return { caller: known.caller };
      if (verdict === 'suspended') throw new Refused('suspended');
      if (verdict === 'revoked') return null;
    }
    return bearer.split('.').length === 3 ? identifyJwt(bearer) : identifyToken(bearer);
  }

  async function identifyJwt(jwt: string): Promise<Identified | null> {
    const verified = await verifyToken(jwt);
    if (!verified) return null;
    const verdict = revocations.judge(verified.caller);
    if (verdict === 'suspended') throw new Refused('suspended');
    if (verdict === 'revoked') return null;
    if (verdict === 'valid') {
      remember(jwt, verified.caller, Math.min(verified.expiresAtMs, now().getTime() + trustMs));
      return { caller: verified.caller };
    }
    const session = await findSessionById(db, verified.caller.sessionId, now());
    return session && { caller: admitted(session).caller };
  }

  async function identifyToken(bearer: string): Promise<Identified | null> {
    if (bearer.includes('.') && !isSignedToken(bearer)) return null;
    const token = bearer.split('.')[0] as string;
    const found = await lookUp(token, new Headers({ authorization: `Bearer ${bearer}` }), bearer);
    return found && { caller: found.caller };
  }

  /**
   * Reads the session from the database, prolongs it if it is in use, and makes the cookie that spares the next
   * request this.
   */
  async function lookUp(token: string, headers: Headers, bearer?: string): Promise<Identified | null> {
    const session = await findSessionByToken(db, token, now());
    if (!session) return null;
    const { caller } = admitted(session);
    if (bearer) remember(bearer, caller, now().getTime() + trustMs);
    const setCookies = [seal(session, token)];
    const prolongFromMs = session.expiresAt.getTime() - (sessionSeconds - prolongAfterSeconds) * 1000;
    if (prolongFromMs <= now().getTime()) setCookies.push(...(await prolong(headers)));
    return { caller, setCookies };
  }

  async function prolong(headers: Headers): Promise<string[]> {
    try {
      const prolonged = await auth.api.getSession({ headers, returnHeaders: true });
      return prolonged.headers.getSetCookie();
    } catch (error) {
      // The session is valid all the same, and the next request tries again.
      log.warn({ err: error }, 'a session could not be prolonged');
      return [];
    }
  }

  function admitted(session: Session): Session {
    if (session.suspended) throw new Refused('suspended');
    return session;
  }

  function remember(bearer: string, caller: Caller, untilMs: number): void {
    callers.put(bearer, { caller, untilMs });
  }

  const signToken = (token: string) => createHmac('sha256', sessionSecret).update(token).digest('base64');

  const signedValue = (token: string) => encodeURIComponent(`${token}.${signToken(token)}`);

  /** Checks better-auth's signed cookie: the token, a dot and its HMAC, percent-encoded. */
  function isSignedToken(value: string): boolean {
    const dot = value.indexOf('.');
    if (dot < 1 || value.length > 300) return false;
    const signature = value.slice(dot + 1).replace(/%2B|%2F|%3D/gi, (found) => decodeURIComponent(found));
    return equalInConstantTime(signature, signToken(value.slice(0, dot)));
  }

  function sealedValue(session: Session, token: string): string {
    const sessionLeftMs = session.expiresAt.getTime() - now().getTime();
    const expiresAtMs = clock.now().getTime() + Math.min(trustMs, sessionLeftMs);
    return cookie.seal(session.caller, token, expiresAtMs);
  }

  // Without Max-Age: the cookie contains its own expiry, and is useless without the token beside it.
  const cookieAttributes = `Path=/; HttpOnly; SameSite=Lax${attributes.secure ? '; Secure' : ''}`;
  const seal = (session: Session, token: string) =>
    `${cookie.name}=${sealedValue(session, token)}; ${cookieAttributes}`;
  const sessionAttributes = `Max-Age=${sessionSeconds}; ${cookieAttributes}`;
  const unseal = `${cookie.name}=; Max-Age=0; ${cookieAttributes}`;

  /** Reads the session whose token the headers carry; null if there is none. */
  async function sessionOf(headers: Headers): Promise<Session | null> {
    const bearer = /^bearer ([^.]+(?:\.[^.]+)?)$/i.exec(headers.get('authorization') ?? '')?.[1];
    const given = bearer ?? readCookie(headers.get('cookie') ?? '', tokenCookie) ?? '';
    if (given.includes('.') ? !isSignedToken(given) : !bearer) return null;
    return findSessionByToken(db, given.split('.')[0] as string, now());
  }

  const isSessionCookie = (pair: string) =>
    [tokenCookie, cookie.name].some((name) => pair.trimStart().startsWith(`${name}=`));

  /** The same request without the caller's session. Other cookies stay. */
  function asStranger(request: Request): Request {
    const stranger = new Request(request);
    stranger.headers.delete('authorization');
    const cookies = (request.headers.get('cookie') ?? '').split(';').filter((pair) => !isSessionCookie(pair));
    stranger.headers.set('cookie', cookies.join(';'));
    return stranger;
  }

  function withoutSessionCookies(response: Response): void {
    const kept = response.headers.getSetCookie().filter((pair) => !isSessionCookie(pair));
    response.headers.delete('set-cookie');
    for (const each of kept) response.headers.append('set-cookie', each);
  }

  /** The session token in an answer's cookies. */
  function tokenSetBy(response: Response): string | undefined {
    const prefix = `${tokenCookie}=`;
    const set = response.headers.getSetCookie().findLast((value) => value.startsWith(prefix));
    return set?.slice(prefix.length).split(/[.;]/, 1)[0];
  }

  /** The session that an answer opens. */
  async function openedBy(response: Response): Promise<Session | null> {
    const token = tokenSetBy(response);
    return token ? findSessionByToken(db, token, now()) : null;
  }

  /** Returns better-auth's answer, unless the caller's proof has become invalid meanwhile. */
  async function answer(given: Request, asked: Request): Promise<Response> {
    const path = pathOf(given);
    const handle = () => trouble.orThrow(() => auth.handler(asked));
    if (!provesItself(path)) return handle();
    const since = await readDatabaseTime(db);
    const body = path === '/two-factor/verify-totp' ? await asked.clone().json() : {};
    const response = await handle();
    if (!response.ok) return response;
    const opened = await openedBy(response);
    const userId = (opened ?? (await sessionOf(given.headers)))?.caller.userId;
    // The password was right, and a second step follows.
    if (!userId || (!opened && body.code === undefined)) return response;
    const attempt = { path, since, code: body.code as string | undefined, opened, userId, now: now() };
    return (await refuseLate(db, secretConfig, attempt)) ?? response;
  }

  /** Sets or clears our cookie whenever better-auth sets or clears the session token. */
  async function addCallerCookie(response: Response): Promise<void> {
    if (!response.headers.getSetCookie().some((value) => value.startsWith(`${tokenCookie}=`))) return;
    const session = await openedBy(response);
    const token = tokenSetBy(response) ?? '';
    response.headers.append('set-cookie', session && !session.suspended ? seal(session, token) : unseal);
  }

  return {
    sessionCookie: tokenCookie,
    identify,
    needsLookUp(cookie) {
      const opened = openCookie(cookie);
      return opened !== null && 'unknownToken' in opened;
    },
    async openGuest(request) {
      const opened = await openGuest(request);
      if (!opened) throw new Refused('guest_key_ended');
      const { session, token } = opened;
      if (session.suspended) throw new Refused('suspended');
      const set = `${tokenCookie}=${signedValue(token)}; ${sessionAttributes}`;
      return { caller: session.caller, token, setCookies: [set, seal(session, token)] };
    },
    onRevocation: revocations.onRevocation,
    findSession: (sessionId) => findSessionNow(db, sessionId),
    isCurrent: (caller) => revocations.judge(caller) === 'valid',
    async handle(given) {
      const opens = opensSession(given);
      const secondStep = isSecondStep(given);
      const holder = opens || secondStep ? await sessionOf(given.headers) : null;
      const guest = holder?.caller.isGuest ? holder : null;
      // While it looks for a guest to link, better-auth clears the cookie of an ended session, and with it the one
      // that it has just set. And a code is for a signed-in caller, which a guest already is.
      const stranger = (opens && !holder) || (secondStep && guest);
      const response = await answer(given, stranger ? asStranger(given) : given);
      if (guest && secondStep) {
        const opened = await openedBy(response);
        if (opened) await linkGuest(guest.caller.userId, opened.caller.userId);
      } else if (guest && opens && !(await openedBy(response))) {
        // A sign-in that waits for its second step removes the session cookie, but a guest still needs theirs.
        withoutSessionCookies(response);
      }
      await revocations.catchUp();
      await addCallerCookie(response);
      return response;
    },
    async openSessions(userIds) {
      const opened = userIds.map((userId) => ({
        id: newId('session'),
        userId,
        token: randomBytes(16).toString('hex'),
      }));
      const expiresAt = new Date(now().getTime() + sessionSeconds * 1000);
      await insertSessions(db, opened, expiresAt, now());
      const sessions = await findSessionsByTokens(
        db,
        opened.map(({ token }) => token),
      );
      return opened.map(({ token }) => {
        const sealed = sealedValue(sessions.get(token) as Session, token);
        return { cookie: `${tokenCookie}=${signedValue(token)}; ${cookie.name}=${sealed}`, token };
      });
    },
    catchUp: revocations.catchUp,
    close: closeAll,
  };
}
