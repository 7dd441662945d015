import { randomBytes } from 'node:crypto';
import { languageOf } from '../../../contract/languages.ts';
import type { App } from '../../app.ts';
import { systemClock } from '../../clock.ts';
import type { Call } from '../../http/bind.ts';
import { writeAccountMail } from './account-mail.ts';
import { deleteLinksOf, writeLink } from './link-store.ts';
import { lockUserByEmail } from './takeover-store.ts';

const resetLinkMs = 3_600_000;

/**
 * Mails a link to choose a new password, and invalidates an earlier link. The answer and the number of round trips
 * are the same whether or not an account has the address.
 */
export async function requestPasswordReset(
  app: App,
  call: Pick<Call<undefined, undefined, { email: string }>, 'body' | 'header'>,
) {
  const now = systemClock.now();
  const token = randomBytes(24).toString('base64url');
  await app.db.transaction(async (trx) => {
    const user = await lockUserByEmail(trx, call.body.email);
    const kind = 'reset-password';
    const userId = user?.id ?? 'usr_nobody';
    deleteLinksOf(trx, kind, userId);
    await writeLink(trx, { kind, token, userId, expiresAt: new Date(now.getTime() + resetLinkMs) }, now);
    if (!user) return deleteLinksOf(trx, kind, userId);
    const url = `${app.config.publicUrl}/reset-password?token=${token}`;
    writeAccountMail(trx, app.seal, kind, user, url, languageOf(call.header('accept-language')));
  });
  return { status: true };
}
