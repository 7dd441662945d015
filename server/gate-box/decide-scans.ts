import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { isProblem } from '../../client/problem.ts';
import { scanSchema } from '../../contract/check-ins.ts';
import type { ManifestHead } from '../../contract/door-manifest.ts';
import { type ErrorCode, errorTable, Refused } from '../../contract/errors.ts';
import { decideGateCopy, type GateCode, readGateCode } from '../../contract/gate-code.ts';
import { type EventId, idSchema, makeId } from '../../contract/ids.ts';
import { type Box, isEnd } from './box.ts';
import type { BoxEvent, BoxMovement } from './box-event.ts';
import type { KeptScan } from './box-store.ts';

/** The scans of gates, as the server takes them. */
export const boxScanSchema = z.object({
  ...scanSchema.shape,
  code: scanSchema.shape.code.optional(),
  /** Instead of a code: a ticket that the gate has found, and the issue that it knows. */
  ticketId: z.optional(idSchema('ticket')),
  issue: z.int().min(1).optional(),
  direction: z.enum(['in', 'out']).optional(),
  checkpointId: z.optional(idSchema('checkpoint')),
  /** The gate had no contact to the box, and decided alone. */
  offline: z.object({ admitted: z.boolean() }).optional(),
});
type Scan = z.infer<typeof boxScanSchema>;

export interface Gate {
  id: string;
  name: string;
}

export type Answer =
  | { checkIn: Record<string, unknown> }
  | { refused: Record<string, unknown> & { code: string } };

/** How long a guest waits for the server. Then the box decides. */
const patienceMs = 1_500;

/**
 * Decides a scan of a gate: the server while it answers, and the box otherwise. What is answered is on the disk. The same nonce
 * gets the same answer.
 */
export async function decideScanAtBox(box: Box, eventId: EventId, gate: Gate, scan: Scan): Promise<Answer> {
  const event = box.events.get(eventId) as BoxEvent;
  const head = event.manifest()?.head;
  if (!head) throw new Refused('unavailable', { detail: 'The gate box has no manifest of this event yet.' });
  if (box.ended()) throw new Refused('door_link_ended', { reason: reasonOf(box) });
  if (box.now() > new Date(head.expiresAt))
    throw new Refused('unavailable', {
      detail: 'The gate box reached no server for too long. Its manifest has expired.',
    });
  const read = await readScan(box, event, head, scan);
  if ('refused' in read) return refusal(read.refused);
  const { ticketId, issue } = read.code;
  // One scan of a ticket after the other: the second one must know what became of the first.
  return inTurn(box, `${eventId} ${ticketId}`, async () => {
    const kept = box.store.findScan(eventId, scan.nonce);
    if (kept) return answerAgain(kept, scan);
    if (box.isOnline() && !scan.offline) {
      const answer = await askServer(box, eventId, gate, scan, { ticketId, issue });
      if (answer) return answer;
    }
    return decideHere(box, event, eventId, gate, scan, read.code);
  });
}

/** A code, or a ticket that the gate has found without one: then nothing was shown that could be a copy. */
async function readScan(
  box: Box,
  event: BoxEvent,
  head: ManifestHead,
  { code = '', ticketId, issue }: Scan,
): Promise<{ code: GateCode } | { refused: ErrorCode }> {
  if (!ticketId) return readGateCode(code, { ...head, keys: box.keys() });
  const known = event.find(ticketId);
  return known
    ? { code: { eventId: head.event.id, ticketId, issue: issue ?? known.issue, shown: null } }
    : { refused: 'unknown_ticket' };
}

const reasonOf = (box: Box): 'expired' | 'revoked' =>
  box.now() > new Date(box.registration.link.expiresAt) ? 'expired' : 'revoked';

/** Null if the server does not answer in time. Then nobody knows whether it has admitted the ticket; the nonce will tell. */
async function askServer(
  box: Box,
  eventId: EventId,
  gate: Gate,
  scan: Scan,
  { ticketId, issue }: Pick<BoxMovement, 'ticketId' | 'issue'>,
): Promise<Answer | null> {
  const { issue: _, ...body } = completed(box, scan);
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const checkIn = await box.server.checkIn({ params: { eventId }, body, signal });
    const answer: Answer = { checkIn };
    const movement = { ...movementOf(box, gate, scan), ticketId, issue };
    keep(box, eventId, gate, scan, {
      ticketId,
      movement,
      answer,
      isForServer: false,
      sentAtMs: box.clock.monotonicMs(),
    });
    return answer;
  } catch (error) {
    if (isProblem(error) && !error.outcomeUnknown && !error.retryable) {
      if (isEnd(error)) box.end(error.code);
      const { type: _type, requestId: _id, ...members } = error.members as Record<string, unknown>;
      return { refused: { ...members, code: error.code } };
    }
    box.setOnline(false);
    return null;
  }
}

function decideHere(
  box: Box,
  event: BoxEvent,
  eventId: EventId,
  gate: Gate,
  scan: Scan,
  code: Parameters<typeof decideGateCopy>[2] & Pick<BoxMovement, 'ticketId' | 'issue'>,
): Answer {
  const movement = { ...movementOf(box, gate, scan), ticketId: code.ticketId, issue: code.issue };
  const ticket = event.find(code.ticketId);
  const head = event.manifest()?.head;
  const copy =
    ticket &&
    head &&
    !scan.ticketId &&
    decideGateCopy(head, ticket, code, [movement.at.getTime(), box.now().getTime()]);
  const decision = copy ? { refused: copy } : event.decide(movement, box.registration.link.ticketTypeIds);
  const isIn = decision.refused === null;
  const answer: Answer = isIn
    ? { checkIn: { id: makeId('checkIn', box.now().getTime(), randomBytes(10)), ...decision.checkIn } }
    : refusal(decision.refused, decision);
  // The gate has let the guest in by itself: the server must name the double.
  const isForServer = isIn || scan.offline?.admitted === true;
  if (isForServer)
    keep(box, eventId, gate, scan, {
      ticketId: code.ticketId,
      movement: isIn ? movement : null,
      answer,
      isForServer,
      sentAtMs: null,
    });
  if (isForServer) box.wake();
  return answer;
}

function keep(
  box: Box,
  eventId: EventId,
  gate: Gate,
  scan: Scan,
  given: {
    ticketId: BoxMovement['ticketId'];
    movement: BoxMovement | null;
    answer: Answer;
    isForServer: boolean;
    sentAtMs: number | null;
  },
): void {
  // The box decided without the server. If the server does not agree, it must name the guest who is in.
  const offline = given.sentAtMs === null && { offline: { admitted: true } };
  const body = { ...completed(box, scan), scannedAt: scan.scannedAt ?? box.now().toISOString(), ...offline };
  const kept = box.store.addScan({
    ...given,
    eventId,
    nonce: scan.nonce,
    gateId: gate.id,
    body: JSON.stringify(body),
    answer: JSON.stringify(given.answer),
    movement: given.movement && JSON.stringify(given.movement),
  });
  box.events.get(eventId)?.apply(kept);
}

const completed = (box: Box, { gate, offline: _, ...scan }: Scan) => {
  const name = gate ?? box.registration.link.gate ?? undefined;
  return { ...scan, ...(name !== undefined && { gate: name }) };
};

const movementOf = (box: Box, gate: Gate, scan: Scan): Omit<BoxMovement, 'ticketId' | 'issue'> => ({
  direction: scan.direction ?? 'in',
  checkpointId: scan.checkpointId ?? null,
  gate: scan.gate ?? box.registration.link.gate,
  // A gate's clock may be ahead. Nothing is scanned in the future.
  at: new Date(Math.min(scan.scannedAt ? Date.parse(scan.scannedAt) : Infinity, box.now().getTime())),
  by: gate.name,
});

function answerAgain(kept: KeptScan, scan: Scan): Answer {
  const before = JSON.parse(kept.body) as Scan;
  if (before.code !== scan.code || before.ticketId !== scan.ticketId)
    return refusal('idempotency_key_reused');
  return JSON.parse(kept.answer) as Answer;
}

function refusal(code: ErrorCode, members: object = {}): Answer {
  const { refused: _, ...more } = members as { refused?: unknown };
  const { status, title, retryable } = errorTable[code];
  return { refused: { code, status, title, retryable, ...more } };
}

/** Runs the works of one key one after the other. */
function inTurn<T>(box: Box, key: string, work: () => Promise<T>): Promise<T> {
  const running = box.turns;
  const turn = (running.get(key) ?? Promise.resolve()).then(work, work);
  running.set(key, turn);
  const over = () => {
    if (running.get(key) === turn) running.delete(key);
  };
  turn.then(over, over);
  return turn;
}
