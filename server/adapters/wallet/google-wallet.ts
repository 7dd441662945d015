import { createPrivateKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { ConfigError } from '../../config.ts';
import type { GoogleThing, GoogleWallet } from '../../features/passes/wallets.ts';
import type { GoogleWalletSettings } from './settings.ts';

const scope = 'https://www.googleapis.com/auth/wallet_object.issuer';
const saveAddress = 'https://pay.google.com/gp/v/save/';

interface Moment {
  now: Date;
  /** Ends all requests of a call, because a person or a job waits for all of them. */
  deadline: AbortSignal;
}

/** Gives passes to Google Wallet by its API (https://developers.google.com/wallet/reference/rest). */
export function openGoogleWallet(
  { issuer, account, apiUrl }: GoogleWalletSettings,
  /** For all requests of one call together. */
  timeoutMs = 8000,
): GoogleWallet {
  const key = readKey(account.key);
  const signed = (claims: Record<string, unknown>, audience: string, now: Date, seconds?: number) => {
    const at = Math.floor(now.getTime() / 1000);
    const token = new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(account.email)
      .setAudience(audience)
      .setIssuedAt(at);
    return (seconds === undefined ? token : token.setExpirationTime(at + seconds)).sign(key);
  };

  let login: { token: string; untilMs: number } | null = null;
  /** An access token, by a signed assertion (RFC 7523). It is used until a minute before its end. */
  async function accessToken(now: Date, deadline: AbortSignal): Promise<string> {
    if (login && login.untilMs > now.getTime()) return login.token;
    const assertion = await signed({ scope }, account.tokenUrl, now, 3600);
    const body = new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion,
    });
    const answer = await send(account.tokenUrl, { method: 'POST', body, signal: deadline });
    if (!answer.ok) throw new Error(`Google's login answered ${answer.status}: ${await excerpt(answer)}`);
    const told = (await answer.json()) as { access_token: string; expires_in?: number };
    login = {
      token: told.access_token,
      untilMs: now.getTime() + ((told.expires_in ?? 3600) - 60) * 1000,
    };
    return login.token;
  }

  async function call(
    method: string,
    path: string,
    thing: GoogleThing,
    { now, deadline }: Moment,
  ): Promise<Response> {
    const token = await accessToken(now, deadline);
    const answer = await send(`${apiUrl}/walletobjects/v1/${path}`, {
      method,
      body: JSON.stringify(thing),
      signal: deadline,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    // A login that was revoked is not used again.
    if (answer.status === 401) login = null;
    return answer;
  }

  /** Replaces what Google has; makes it if there is none. Two makers at once: the second replaces what the first has made. */
  async function put(kind: string, thing: GoogleThing, moment: Moment): Promise<void> {
    const own = `${kind}/${encodeURIComponent(thing.id)}`;
    let answer = await call('PUT', own, thing, moment);
    if (answer.status === 404) {
      await answer.body?.cancel();
      answer = await call('POST', kind, thing, moment);
      if (answer.status === 409) {
        await answer.body?.cancel();
        answer = await call('PUT', own, thing, moment);
      }
    }
    if (!answer.ok) throw new Error(`Google Wallet answered ${answer.status}: ${await excerpt(answer)}`);
    await answer.body?.cancel();
  }

  const momentOf = (now: Date): Moment => ({ now, deadline: AbortSignal.timeout(timeoutMs) });
  return {
    issuer,
    putClass: (thing, now) => put('eventTicketClass', thing, momentOf(now)),
    putObject: (thing, now) => put('eventTicketObject', thing, momentOf(now)),
    async putPass(itsClass, object, now) {
      const moment = momentOf(now);
      await put('eventTicketClass', itsClass, moment);
      await put('eventTicketObject', object, moment);
    },
    saveUrl: async ({ id, classId }, origin, now) =>
      saveAddress +
      (await signed(
        {
          typ: 'savetowallet',
          origins: [origin],
          payload: { eventTicketObjects: [{ id, classId }] },
        },
        'google',
        now,
      )),
  };
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new ConfigError(
      `GOOGLE_WALLET_KEY: its private_key is no key in PEM (${(error as Error).message})`,
    );
  }
}

const send = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url, { ...init, redirect: 'error' });

const excerpt = async (answer: Response): Promise<string> =>
  (await answer.text().catch(() => '')).replaceAll(/\s+/g, ' ').slice(0, 300);
