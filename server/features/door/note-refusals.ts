import type { App } from '../../app.ts';
import { gatherPerDb } from '../../gather.ts';
import type { Candidate } from './read-scans.ts';
import type { ScanOutcome } from './scan.ts';
import { insertRefused, type RefusedScan } from './ticket-scans-store.ts';

/** How many refusals of a ticket are kept, and about so many more of one batch. */
const mostPerTicket = 50;

const insertTogether = gatherPerDb(async (db, refused: RefusedScan[][]) => {
  await insertRefused(db, refused.flat(), mostPerTicket);
  return refused.map(() => null);
}, 50);

/**
 * Notes which tickets the door refused, for the desk. Nobody at a gate waits for it. A scan that is a conflict is in the log of
 * movements already.
 */
export function noteRefusals(
  app: App,
  scans: readonly (Candidate | { kind: 'refused' })[],
  outcomes: readonly ScanOutcome[],
): void {
  const perTicket = new Map<string, number>();
  const refused = scans.flatMap((scan, i): RefusedScan[] => {
    const code = 'claim' in scan ? refusalOf(outcomes[i]) : undefined;
    if (!('claim' in scan) || code === undefined) return [];
    const before = perTicket.get(scan.ticketId) ?? 0;
    perTicket.set(scan.ticketId, before + 1);
    return before < mostPerTicket ? [toRefused(scan, code)] : [];
  });
  if (refused.length === 0) return;
  insertTogether(app.db, refused).catch((error) =>
    app.log.warn({ err: error }, 'refusals of the door are missing on the desk'),
  );
}

/** Undefined if nothing was refused, or if there is no such ticket. */
function refusalOf(outcome: ScanOutcome | undefined): RefusedScan['code'] | undefined {
  if (outcome?.kind === 'noted') return null;
  if (outcome?.kind !== 'refused' || outcome.conflictId || outcome.code === 'unknown_ticket') return;
  return outcome.code;
}

const toRefused = (scan: Candidate, code: RefusedScan['code']): RefusedScan => ({
  eventId: scan.eventId,
  ticketId: scan.ticketId,
  nonce: scan.nonce,
  code,
  gate: scan.gate,
  checkpointId: scan.checkpointId,
  admittedBy: scan.admittedBy,
  deviceId: scan.deviceId,
  scannedAt: scan.scannedAt,
  saidAt: scan.saidAt,
  isOffline: scan.isOffline,
});
