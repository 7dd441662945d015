import { Refused } from '../../../contract/errors.ts';
import type { TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { classIdOf, googleClassOf, objectIdOf } from './google-pass.ts';
import { openPass } from './open-pass.ts';
import { noteTold } from './store.ts';
import type { GoogleThing, GoogleWallet } from './wallets.ts';

/**
 * Gives Google the pass of a ticket and answers with the address that saves it. Google does not tell whether a person has saved it,
 * so the object is written each time that somebody asks.
 */
export async function makeGooglePass(
  app: App,
  call: { caller: Caller; params: { ticketId: TicketId } },
): Promise<{ saveUrl: string }> {
  const { pass, said } = await openPass(app, call.caller, call.params.ticketId, 'google');
  const { issuer, putPass, saveUrl } = app.googleWallet as GoogleWallet;
  const { publicUrl } = app.config;
  const now = app.clock.now();
  const id = objectIdOf(issuer, pass.id);
  try {
    await putPass(
      googleClassOf(said.facts, { issuer, publicUrl }),
      { id, ...said.content } as GoogleThing,
      now,
    );
  } catch (error) {
    app.log.warn({ err: error, pass: pass.id }, 'a pass could not be given to Google Wallet');
    throw new Refused('google_wallet_unavailable');
  }
  await noteTold(app.db, pass.id, said.digest);
  const classId = classIdOf(issuer, pass.eventId, pass.language);
  return { saveUrl: await saveUrl({ id, classId }, publicUrl, now) };
}
