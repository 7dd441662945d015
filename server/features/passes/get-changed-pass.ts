import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { passFile } from './get-apple-pass.ts';
import { type PassCall, readKnownPass } from './known-pass.ts';
import { followPass } from './refresh-passes.ts';

/** The pass as it is now; 304 if the device has it. A change that no job has noted yet is noted here. */
export async function getChangedPass(app: App, call: PassCall): Promise<Raw> {
  const known = await readKnownPass(app, call);
  // The device asks again later, when the certificate is renewed.
  if (app.appleWallet?.hasExpired()) throw new Refused('unavailable');
  const followed = await followPass(app, known);
  if (!followed) throw new Refused('pass_token_wrong');
  const { pass, said } = followed;
  const has = Date.parse(call.header('if-modified-since') ?? '');
  if (has >= pass.changedAt.getTime())
    return new Raw(
      '',
      { 'last-modified': pass.changedAt.toUTCString(), 'cache-control': 'private, no-cache' },
      304,
    );
  return passFile(app, pass, said);
}
