import type { TicketCodes } from '../../../contract/event-fields.ts';
import { decideGateCopy } from '../../../contract/gate-code.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { ReadCode } from '../tickets/code.ts';
import { readWallets, type Wallets } from '../tickets/read-wallets.ts';
import { selectSent } from './look-up-store.ts';
import type { ScanOutcome } from './scan.ts';

type CopyRefusal = ReturnType<typeof decideGateCopy>;

/**
 * Decision: whether a code may be a copy, at an event whose codes turn. `timesMs`: when the gate says that it scanned, and when
 * the server heard of it. Unlike a gate, the server knows every wallet, so a wallet with a higher number is none.
 */
function decideCopy(
  code: Pick<ReadCode, 'shown'>,
  ticketCodes: TicketCodes,
  wallets: Wallets,
  timesMs: readonly number[],
): CopyRefusal {
  const isUnknown = code.shown !== null && code.shown.device > wallets.devices;
  if (isUnknown && ticketCodes !== 'fixed') return 'stale_code';
  const known = { wallets: wallets.devices, hasPaper: wallets.paper };
  return decideGateCopy({ ticketCodes }, known, code, timesMs);
}

type Refused = Extract<ScanOutcome, { kind: 'refused' }>;

/**
 * Refuses copies among the scans of one event whose codes turn. It asks the database once, and not at all for an event with
 * fixed codes. A scan whose nonce the door has seen is the same scan again: it gets its answer again, however old its code is by now.
 */
export async function refuseCopies<
  Scan extends {
    claim: ReadCode;
    nonce: string;
    isVouched: boolean;
    scannedAt: Date;
    offline: { admitted: boolean } | null;
  },
>(
  app: Pick<App, 'db' | 'clock'>,
  eventId: EventId,
  ticketCodes: TicketCodes,
  scans: (Scan | Refused)[],
): Promise<(Scan | Refused)[]> {
  if (ticketCodes === 'fixed') return scans;
  const now = app.clock.now().getTime();
  const ids = scans.flatMap((scan) => ('claim' in scan ? [scan.claim.ticketId] : []));
  const walletsOf = await readWallets(app, eventId, ids);
  const decided = scans.map((scan) => {
    // Whom a gate without a network has let in is inside. It checked the code by the key of the event.
    if (!('claim' in scan) || scan.isVouched || scan.offline?.admitted) return scan;
    const wallets = walletsOf(scan.claim.ticketId);
    const code = decideCopy(scan.claim, ticketCodes, wallets, [scan.scannedAt.getTime(), now]);
    return code ? { kind: 'refused' as const, code } : scan;
  });
  const refused = scans.flatMap((scan, i) => ('claim' in scan && decided[i] !== scan ? [scan.nonce] : []));
  if (refused.length === 0) return decided;
  const sent = new Set((await selectSent(app.db, eventId, refused)).map(({ nonce }) => nonce));
  return scans.map((scan, i) =>
    'claim' in scan && sent.has(scan.nonce) ? scan : (decided[i] as (typeof decided)[number]),
  );
}
