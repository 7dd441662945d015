import type { TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import type { Caller } from '../accounts/accounts.ts';
import { openPass } from './open-pass.ts';
import type { PassRow } from './pass.ts';
import type { SaidPass } from './say-pass.ts';
import type { AppleWallet } from './wallets.ts';

export async function getApplePass(
  app: App,
  call: { caller: Caller; params: { ticketId: TicketId } },
): Promise<Raw> {
  const { pass, said } = await openPass(app, call.caller, call.params.ticketId, 'apple');
  return passFile(app, pass, said);
}

/** The file of a pass. Its serial number and its token let the device ask for the newest one. */
export function passFile(app: App, pass: PassRow, { facts, content }: SaidPass): Raw {
  const { passType, team, make } = app.appleWallet as AppleWallet;
  const file = make(
    {
      formatVersion: 1,
      passTypeIdentifier: passType,
      teamIdentifier: team,
      serialNumber: pass.id,
      authenticationToken: app.passTokens.secretOf(pass.id),
      // Devices add `/v1/…` to it.
      webServiceURL: `${app.config.publicUrl}/api/apple-wallet`,
      ...content,
    },
    app.clock.now(),
  );
  return new Raw(file, {
    'content-type': 'application/vnd.apple.pkpass',
    'content-disposition': contentDisposition('attachment', `ticket-${facts.orderNumber}.pkpass`),
    'last-modified': pass.changedAt.toUTCString(),
    'cache-control': 'private, no-cache',
  });
}
