/* Reads a ticket's code with what a gate knows from its manifest, without the server. Runs in browsers and in Node. */
import { fromBase32 } from './base32.ts';
import {
  bytesOfBase64url,
  type ManifestHead,
  type ManifestTicket,
  type VerifySignature,
  verifyWithWebCrypto,
} from './door-manifest.ts';
import { idOfBytes } from './id-bytes.ts';
import type { EventId, TicketId } from './ids.ts';
import { ticketOfPass } from './pass-tickets.ts';
import {
  baseLength,
  isFresh,
  isGenuine,
  readRotating,
  rotatingPrefix,
  signedLength,
} from './rotating-code.ts';

const fixedPrefix = 'ADMIT1.';

export interface GateCode {
  eventId: EventId;
  ticketId: TicketId;
  issue: number;
  /** Of a code that turns: which wallet showed it, and when. Null for a fixed code. */
  shown: { device: number; step: number } | null;
}

const aroundCode = /(?<![A-Za-z0-9])admit([12])(?:\.|%2e)([a-z0-9]+)(?![A-Za-z0-9.])/gi;

/** What nearly every scanner sends: the code and nothing else. */
const codeAlone = /^ADMIT([12])\.([A-Z0-9]+)$/;

/**
 * Finds the code in a scanner's or a person's text; null if there is none or more than one. Pasted text contains line
 * breaks, zero-width and direction marks, some scanners send lower case, and some apps put the text into a URL.
 * Letters beyond ASCII are never part of a code: upper-casing would turn ſ into S, which is another text.
 */
export function findCode(given: string): { kind: string; characters: string } | null {
  const alone = codeAlone.exec(given);
  if (alone) return { kind: alone[1] as string, characters: alone[2] as string };
  const found = [...given.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, '').matchAll(aroundCode)];
  const [, kind = '', characters = ''] = found[0] ?? [];
  return found.length === 1 ? { kind, characters: characters.toUpperCase() } : null;
}

/** The longest text that the server takes as a code. */
const longestText = 1000;

/**
 * What a gate sends and keeps of a text that it read: the code alone, if there is one. The address around a code may be longer than
 * what the server takes, and what a gate has let in must never be too long to hand in.
 */
export function codeToSend(given: string): string {
  const found = findCode(given);
  return found ? `ADMIT${found.kind}.${found.characters}` : given.slice(0, longestText);
}

/** Whether the server signed the code in this text for this event. `stale_code` and paper are for decideGateCopy. */
export async function readGateCode(
  given: string,
  head: Pick<ManifestHead, 'event' | 'keys' | 'eventKeys' | 'ticketCodes' | 'passes'>,
  verify: VerifySignature = verifyWithWebCrypto,
): Promise<{ code: GateCode } | { refused: 'bad_signature' | 'wrong_event' }> {
  const { kind, characters = '' } = findCode(given) ?? {};
  const turning = kind === '2' ? readRotating(characters) : null;
  const parts = kind === '2' ? turning : readFixed(characters);
  if (!parts) return { refused: 'bad_signature' };
  const { signed, signature } = parts;
  const keyId = ((signed[0] as number) << 8) | (signed[1] as number);
  const key = head.keys.find(({ id }) => id === keyId);
  const message = withPrefix(turning ? rotatingPrefix : fixedPrefix, signed);
  if (!key || !(await verify(bytesOfBase64url(key.publicKey), message, signature)))
    return { refused: 'bad_signature' };
  const code: GateCode = {
    eventId: idOfBytes('event', signed, 2),
    ticketId: idOfBytes('ticket', signed, 18),
    issue: ((signed[34] as number) << 8) | (signed[35] as number),
    shown: turning && { device: turning.device, step: turning.step },
  };
  if (code.eventId !== head.event.id) return readPass(code, head);
  // Where codes are fixed, a gate has no key for codes that turn, and takes the signature alone.
  if (!turning || head.ticketCodes === 'fixed') return { code };
  // The signature does not cover wallet and time. Without the MAC anybody could make an old code look fresh.
  const eventKey = head.eventKeys.find(({ id }) => id === keyId);
  if (!eventKey || !(await isGenuine(bytesOfBase64url(eventKey.key), turning)))
    return { refused: 'bad_signature' };
  return { code };
}

/** The fixed code of a pass stands for the ticket that the pass brought for this date. */
function readPass(
  { eventId: passId, ticketId, issue, shown }: GateCode,
  { event, passes = [] }: Pick<ManifestHead, 'event' | 'passes'>,
): { code: GateCode } | { refused: 'wrong_event' } {
  if (shown !== null || !passes.includes(passId)) return { refused: 'wrong_event' };
  const ofDate = ticketOfPass(ticketId, issue, event.id);
  return { code: { eventId: event.id, ticketId: ofDate, issue: 1, shown: null } };
}

function readFixed(
  characters: string,
): { signed: Uint8Array<ArrayBuffer>; signature: Uint8Array<ArrayBuffer> } | null {
  const bytes = fromBase32(characters);
  if (bytes?.length !== baseLength) return null;
  return { signed: bytes.slice(0, signedLength), signature: bytes.slice(signedLength) };
}

function withPrefix(prefix: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(prefix.length + bytes.length);
  for (let i = 0; i < prefix.length; i++) message[i] = prefix.charCodeAt(i);
  message.set(bytes, prefix.length);
  return message;
}

/** How many wallets of one ticket count: the last ones that opened it. */
export const walletsThatCount = 10;

/** Decision: whether a code may be a copy, at an event whose codes turn. `timesMs`: when it was scanned. */
export function decideGateCopy(
  { ticketCodes }: Pick<ManifestHead, 'ticketCodes'>,
  { wallets, hasPaper }: Pick<ManifestTicket, 'wallets' | 'hasPaper'>,
  { shown }: Pick<GateCode, 'shown'>,
  timesMs: readonly number[],
): 'stale_code' | 'paper_not_accepted' | null {
  if (ticketCodes === 'fixed') return null;
  if (shown === null) return hasPaper ? null : 'paper_not_accepted';
  const { device, step } = shown;
  // A wallet that was opened after the manifest was made has a number that the gate does not know yet.
  const isLate = device > 0 && device <= wallets - walletsThatCount;
  return isLate || !isFresh(step, timesMs) ? 'stale_code' : null;
}
