import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Scan } from '../../../contract/check-ins.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Scanner } from '../door-links/scanner.ts';
import type { ReadCode } from '../tickets/code.ts';
import type { FullScan } from './move-tickets.ts';
import { decideClaim, decideScannedAt, type ScanOutcome } from './scan.ts';

/** A scan with a code of ours for this event. */
export interface Candidate extends FullScan {
  claim: ReadCode;
}

const scansPerTurn = 50;

/** Reads the codes of scans, and refuses those that are not ours or of another event. No database is asked. */
export async function readScans(
  app: App,
  eventId: EventId,
  scans: Scan[],
  scanner: Scanner,
  skewMs: number,
): Promise<(Candidate | Extract<ScanOutcome, { kind: 'refused' }>)[]> {
  const now = app.clock.now();
  const read: (Candidate | Extract<ScanOutcome, { kind: 'refused' }>)[] = [];
  const { link, ended, userId, deviceId } = scanner;
  const standsAt = link?.events.find((each) => each.eventId === eventId)?.checkpointId ?? null;
  for (const [index, scan] of scans.entries()) {
    // A signature takes about 0.1 ms. A batch of 500 must not block other requests for 50 ms.
    if (index % scansPerTurn === scansPerTurn - 1) await nextTurn();
    const claim = app.signer.verify(scan.code);
    const refusal = decideClaim(claim, eventId);
    if (refusal || !claim) {
      read.push({ kind: 'refused', code: refusal ?? 'bad_signature' });
      continue;
    }
    read.push({
      claim,
      checkInId: app.newId('checkIn'),
      eventId,
      ticketId: claim.ticketId,
      issue: claim.issue,
      nonce: scan.nonce,
      gate: scan.gate || (link?.gate ?? null),
      scannedAt: decideScannedAt(scan.scannedAt, now, skewMs),
      saidAt: scan.scannedAt === undefined ? null : new Date(scan.scannedAt),
      isOffline: scan.offline !== undefined,
      admittedBy: userId,
      deviceId,
      direction: scan.direction ?? 'in',
      checkpointId: scan.checkpointId ?? standsAt,
      allowedTypes: link?.ticketTypeIds ?? null,
      admitsDisputed: scan.overrides?.includes('ticket_disputed') ?? false,
      offline: scan.offline ?? null,
      endedAt: ended?.at ?? null,
    });
  }
  return read;
}
