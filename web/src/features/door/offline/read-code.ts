import {
  bytesOfBase64url,
  type ManifestHead,
  type VerifySignature,
} from '../../../../../contract/door-manifest.ts';
import { idOfBytes } from '../../../../../contract/id-bytes.ts';
import type { EventId, TicketId } from '../../../../../contract/ids.ts';

interface Claim {
  eventId: EventId;
  ticketId: TicketId;
  issue: number;
}

type Read = { claim: Claim } | { refused: 'bad_signature' | 'wrong_event' };

const prefix = 'ADMIT1.';
const signedLength = 36;
const codeLength = signedLength + 64;
const aroundCode = /(?<![A-Za-z0-9])admit1(?:\.|%2e)([a-z0-9]+)(?![A-Za-z0-9.])/gi;

/** The bytes of the code in a text, however it was scanned, typed or pasted; null if there is none, or more than one. */
function codeIn(given: string): Uint8Array<ArrayBuffer> | null {
  const found = [...given.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, '').matchAll(aroundCode)];
  const bytes = found.length === 1 ? fromBase32((found[0]?.[1] ?? '').toUpperCase()) : null;
  return bytes?.length === codeLength ? bytes : null;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Whole groups of eight characters only, so there are no spare bits. Null if a character is foreign. */
function fromBase32(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 8 !== 0) return null;
  const bytes = new Uint8Array((text.length / 8) * 5);
  let [bits, count, at] = [0, 0, 0];
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) return null;
    bits = ((bits << 5) | value) & 0xfff;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = (bits >> count) & 0xff;
  }
  return bytes;
}

/** Checks a code with what the gate knows, as the server does with its keys. */
export async function readCode(
  given: string,
  { event, keys }: ManifestHead,
  verify: VerifySignature,
): Promise<Read> {
  const bytes = codeIn(given);
  if (!bytes) return { refused: 'bad_signature' };
  const signed = bytes.slice(0, signedLength);
  const keyId = ((signed[0] ?? 0) << 8) | (signed[1] ?? 0);
  const key = keys.find(({ id }) => id === keyId);
  const message = new Uint8Array(prefix.length + signedLength);
  message.set(Uint8Array.from(prefix, (letter) => letter.charCodeAt(0)));
  message.set(signed, prefix.length);
  if (!key || !(await verify(bytesOfBase64url(key.publicKey), message, bytes.slice(signedLength))))
    return { refused: 'bad_signature' };
  const claim: Claim = {
    eventId: idOfBytes('event', signed, 2),
    ticketId: idOfBytes('ticket', signed, 18),
    issue: ((signed[34] ?? 0) << 8) | (signed[35] ?? 0),
  };
  return claim.eventId === event.id ? { claim } : { refused: 'wrong_event' };
}
