import type { z } from 'zod';
import type { signedInSchema } from '../../../contract/auth.ts';
import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { networkOf } from '../../http/networks.ts';
import { pageOriginOf } from '../../http/origins.ts';
import { guestEmail } from './auth.ts';

/**
 * Signs the caller in as a new guest. This does not go through better-auth, whose general machinery takes 4 ms of the
 * thread for each sign-in: in the first second of a rush most callers are new.
 */
export async function signInGuest(app: App, call: Call<unknown, unknown, unknown, 'public'>): Promise<Raw> {
  refuseForeignPage(app, call);
  if (call.caller?.isGuest) throw new Refused('already_guest');
  const { caller, token, setCookies } = await app.accounts.openGuest({
    key: null,
    network: networkOf(call.ip),
    userAgent: call.header('user-agent') ?? '',
  });
  const reply: z.infer<typeof signedInSchema> = {
    token,
    user: {
      id: caller.userId,
      name: 'Guest',
      email: guestEmail(caller.userId),
      emailVerified: false,
      isAnonymous: true,
    },
  };
  return new Raw(JSON.stringify(reply), {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'set-cookie': setCookies,
  });
}

/** Another site's page must not sign a visitor in, also if the visitor's browser sends no cookie yet. */
function refuseForeignPage(app: App, call: Call): void {
  const from = pageOriginOf(app, { origin: call.header('origin'), host: call.header('host') });
  const site = call.header('sec-fetch-site');
  const otherSite = from !== 'listed' && (site === 'cross-site' || site === 'same-site');
  if (from === 'foreign' || otherSite) throw new Refused('origin_not_allowed');
}
