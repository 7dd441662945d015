import { Refused } from '../../../contract/errors.ts';
import type { PassId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import type { PassRow } from './pass.ts';
import { findPass } from './store.ts';

export type PassCall = Pick<Call<{ passType: string; serial: PassId }>, 'params' | 'header'>;

const scheme = 'ApplePass ';

/**
 * The pass that a device asks about. Throws Refused('pass_token_wrong') without its token, and for a pass that does not exist, so
 * that nobody learns which serial numbers there are.
 */
export async function readKnownPass(app: App, { params, header }: PassCall): Promise<PassRow> {
  const given = header('authorization') ?? '';
  const { serial, passType } = params;
  const isKnown =
    app.appleWallet?.passType === passType &&
    given.startsWith(scheme) &&
    app.passTokens.isSecretOf(serial, given.slice(scheme.length));
  const pass = isKnown ? await findPass(app.db, serial) : null;
  if (pass?.wallet !== 'apple') throw new Refused('pass_token_wrong');
  return pass;
}
