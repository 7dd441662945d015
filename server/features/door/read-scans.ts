import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Scan } from '../../../contract/check-ins.ts';
import type { EventId } from '../../../contract/ids.ts';
import { ticketOfPass } from '../../../contract/pass-tickets.ts';
import { readShortNumber } from '../../../contract/short-number.ts';
import type { App } from '../../app.ts';
import type { Scanner } from '../door-links/scanner.ts';
import { mayHandIn } from '../door-links/trust-late-scans.ts';
import { opensDate } from '../sale/passes.ts';
import type { ReadCode } from '../tickets/code.ts';
import type { FullScan } from './move-tickets.ts';
import { type DoorRefusal, decideClaim, decideScannedAt, type ScanOutcome } from './scan.ts';
import { findByNumber } from './short-numbers.ts';

/** A scan with a code of ours for this event. */
export interface Candidate extends FullScan {
  claim: ReadCode;
  /** No code was shown: the gate has found the ticket, or came to it by another one of the same order. */
  isVouched: boolean;
}

/** A scan of a code, or of a ticket that the gate has found without one. */
export type GivenScan = (Scan | (Omit<Scan, 'code'> & { claim: ReadCode })) &
  Partial<Pick<FullScan, 'noteOverruled'>>;

const scansPerTurn = 50;

/** Reads the codes of scans, and refuses those that are not ours or of another event. The database is asked only for codes of other events, which may be passes. */
export async function readScans(
  app: App,
  eventId: EventId,
  scans: GivenScan[],
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
    const isVouched = 'claim' in scan;
    const known = isVouched
      ? { claim: scan.claim, refused: null }
      : readCode(app, eventId, scan.code, scanner);
    const { claim, refused } = known instanceof Promise ? await known : known;
    if (!claim) {
      read.push({ kind: 'refused', ...refused });
      continue;
    }
    const scannedAt = decideScannedAt(scan.scannedAt, now, skewMs);
    read.push({
      claim,
      isVouched,
      checkInId: app.newId('checkIn'),
      eventId,
      ticketId: claim.ticketId,
      issue: claim.issue,
      nonce: scan.nonce,
      // A link for one gate or one checkpoint scans nowhere else.
      gate: link?.gate || scan.gate || null,
      scannedAt,
      saidAt: scan.scannedAt === undefined ? null : new Date(scan.scannedAt),
      isOffline: scan.offline !== undefined,
      admittedBy: userId,
      deviceId,
      direction: scan.direction ?? 'in',
      checkpointId: standsAt ?? scan.checkpointId ?? null,
      allowedTypes: link?.ticketTypeIds ?? null,
      admitsDisputed: scan.overrides?.includes('ticket_disputed') ?? false,
      offline: scan.offline ?? null,
      // Whoever has a phone that was revoked must not use up tickets that nobody showed to it, whatever time it claims.
      isLate: ended !== null && (scannedAt > ended.at || (isVouched && !mayHandIn(app, ended))),
      noteOverruled: scan.noteOverruled ?? null,
    });
  }
  return read;
}

type ReadText =
  | { claim: ReadCode; refused: null }
  | { claim: null; refused: { code: DoorRefusal; retryAfterSeconds?: number } };

/** Reads a code, or a short number that somebody typed. Only a short number and the code of another event need a promise. */
export function readCode(
  app: App,
  eventId: EventId,
  text: string,
  scanner: Pick<Scanner, 'deviceId' | 'userId'>,
): ReadText | Promise<ReadText> {
  const claim = app.signer.verify(text);
  const number = claim ? null : readShortNumber(text);
  if (number !== null) return readNumber(app, eventId, number, scanner);
  const code = decideClaim(claim, eventId);
  if (claim && code === 'wrong_event' && claim.shown === null) return readPass(app, eventId, claim);
  return claim && code === null
    ? { claim, refused: null }
    : { claim: null, refused: { code: code ?? 'bad_signature' } };
}

/** The code of a pass stands for the ticket that the pass brought for this date. */
async function readPass(app: App, eventId: EventId, pass: ReadCode): Promise<ReadText> {
  if (!(await opensDate(app.db, pass.eventId, eventId)))
    return { claim: null, refused: { code: 'wrong_event' } };
  const ticketId = ticketOfPass(pass.ticketId, pass.issue, eventId);
  return { claim: { eventId, ticketId, issue: 1, shown: null }, refused: null };
}

async function readNumber(
  app: App,
  eventId: EventId,
  number: string,
  scanner: Pick<Scanner, 'deviceId' | 'userId'>,
): Promise<ReadText> {
  const { claim, ...refused } = await findByNumber(app, eventId, number, scanner);
  // A number is written on paper, so the door takes it where it takes paper.
  return claim
    ? { claim: { ...claim, shown: null }, refused: null }
    : { claim: null, refused: refused as { code: DoorRefusal } };
}
