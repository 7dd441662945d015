import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { fromBase32, toBase32 } from '../../../contract/base32.ts';
import { manifestMagic } from '../../../contract/door-manifest.ts';
import { findCode } from '../../../contract/gate-code.ts';
import { bytesOfId, idOfBytes } from '../../../contract/id-bytes.ts';
import type { EventId } from '../../../contract/ids.ts';
import {
  baseLength,
  cutMac,
  readRotating,
  rotatingLength,
  rotatingPrefix,
  rotatingText,
  secretMessage,
  signedLength,
  stepAt,
  stepMessage,
} from '../../../contract/rotating-code.ts';
import { ConfigError } from '../../config.ts';
import type { ReadCode, TicketClaim, TicketSigner } from './code.ts';
import { shortNumberOf } from './short-number.ts';

/** Names the format. Another layout gets another number. The prefix is part of the signed text. */
const prefix = 'ADMIT1.';

// Key id 2, event 16, ticket 16, issue 2, then the signature. 100 bytes are exactly 160 base32 characters, so there
// are no spare bits: two different texts never have the same meaning.
const lengths = { 1: (baseLength / 5) * 8, 2: (rotatingLength / 5) * 8 };
const maxIssue = 0xffff;

interface Key {
  id: number;
  publicKey: KeyObject;
  privateKey: KeyObject | null;
}

/**
 * Signs and verifies ticket codes with Ed25519 keys in PEM. The first key signs. The keys after it, private (PKCS #8)
 * or public (SPKI), only verify. So an operator can change the key while tickets signed by the old one are still
 * valid. Throws a ConfigError if a key is missing or of another kind.
 */
export function createTicketSigner(pem: string): TicketSigner {
  const keys = readKeys(pem);
  const [signing] = keys;
  if (!signing?.privateKey) throw new ConfigError('TICKET_SIGNING_KEY: the first key must be a private one');
  const { id: signingId, privateKey } = signing;
  // The oldest key, so that numbers on paper stay valid after the operator has put a new key before it.
  const oldest = keys.findLast((key) => key.privateKey)?.privateKey ?? privateKey;
  const seed = oldest.export({ type: 'pkcs8', format: 'der' });
  const numberKey = createHmac('sha256', seed).update('short numbers of tickets').digest();
  const byId = new Map(keys.map((key) => [key.id, key]));
  if (byId.size !== keys.length) throw new ConfigError('TICKET_SIGNING_KEY: a key is given twice');

  const signBase = (starts: string, claim: TicketClaim) => {
    const bytes = packClaim(signingId, claim);
    const signature = sign(null, messageOf(starts, bytes), privateKey);
    return { bytes, text: starts + toBase32(Buffer.concat([bytes, signature])) };
  };
  const walletSecret = (key: KeyObject, eventId: EventId, signed: Uint8Array, device: number) =>
    hmac(eventKeyOf(key, eventId), secretMessage(signed, device));

  const verifyFixed = (characters: string): ReadCode | null => {
    const bytes = fromBase32(characters);
    const signed =
      bytes && verifySigned(byId, prefix, bytes.subarray(0, signedLength), bytes.subarray(signedLength));
    return signed && { ...signed.claim, shown: null };
  };
  const verifyRotating = (characters: string): ReadCode | null => {
    const code = readRotating(characters);
    if (!code) return null;
    const signed = verifySigned(byId, rotatingPrefix, code.signed, code.signature);
    // Only a key that signs has the event's key, so codes that turn end with the private half.
    if (!signed?.key.privateKey) return null;
    const secret = walletSecret(signed.key.privateKey, signed.claim.eventId, code.signed, code.device);
    if (!timingSafeEqual(cutMac(hmac(secret, stepMessage(code.step))), code.mac)) return null;
    return { ...signed.claim, shown: { device: code.device, step: code.step } };
  };

  return {
    sign: (claim) => signBase(prefix, claim).text,
    walletKey(claim, device) {
      const { bytes, text } = signBase(rotatingPrefix, claim);
      const secret = walletSecret(privateKey, claim.eventId, bytes, device);
      return { base: text, device, secret: secret.toString('base64url') };
    },
    signAt(claim, at) {
      const { bytes, text } = signBase(rotatingPrefix, claim);
      const step = stepAt(at.getTime());
      return rotatingText(
        text,
        0,
        step,
        hmac(walletSecret(privateKey, claim.eventId, bytes, 0), stepMessage(step)),
      );
    },
    verify(code) {
      const found = findCode(code);
      if (!found || found.characters.length !== lengths[found.kind as '1' | '2']) return null;
      return found.kind === '1' ? verifyFixed(found.characters) : verifyRotating(found.characters);
    },
    signManifest(manifest) {
      const magic = Buffer.from(manifestMagic, 'latin1');
      if (!magic.equals(manifest.subarray(0, magic.length)))
        throw new Error('only manifests are signed here');
      const keyId = Buffer.alloc(2);
      keyId.writeUInt16BE(signingId);
      const message = Buffer.concat([manifest, keyId]);
      return Buffer.concat([message, sign(null, message, privateKey)]);
    },
    eventKeys: (eventId) =>
      keys.flatMap(({ id, privateKey: own }) =>
        own ? [{ id, key: eventKeyOf(own, eventId).toString('base64url') }] : [],
      ),
    shortNumber: (claim) => shortNumberOf(numberKey, claim),
    publicKeys: () =>
      keys.map((key) => ({ id: key.id, publicKey: rawPublicKey(key.publicKey).toString('base64url') })),
  };
}

const messageOf = (starts: string, bytes: Uint8Array) =>
  Buffer.concat([Buffer.from(starts, 'latin1'), bytes]);

const hmac = (key: Uint8Array, message: Uint8Array): Buffer =>
  createHmac('sha256', key).update(message).digest();

/** The key of an event's codes that turn. It follows from the key that signs, so there is nothing to store or to lose. */
function eventKeyOf(privateKey: KeyObject, eventId: EventId): Buffer {
  // The private half of a PKCS #8 Ed25519 key is its last 32 bytes.
  const seed = privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(-32);
  return Buffer.from(hkdfSync('sha256', seed, bytesOfId(eventId), 'admit: codes that turn', 32));
}

function verifySigned(
  keys: Map<number, Key>,
  starts: string,
  signed: Uint8Array,
  signature: Uint8Array,
): { key: Key; claim: TicketClaim } | null {
  const bytes = Buffer.from(signed);
  const key = keys.get(bytes.readUInt16BE(0));
  if (!key || !isSignedBy(key, messageOf(starts, bytes), signature)) return null;
  return { key, claim: unpackClaim(bytes) };
}

/**
 * Verifies by signing again and comparing, if we have the private key. Ed25519 gives the same message the same
 * signature, and signing takes a third of the time of verifying (50 µs to 160). The comparison takes constant time,
 * because the text that it compares with is a valid signature.
 */
function isSignedBy({ privateKey, publicKey }: Key, message: Buffer, signature: Uint8Array): boolean {
  if (privateKey) return timingSafeEqual(sign(null, message, privateKey), signature);
  return verify(null, message, publicKey, signature);
}

function packClaim(keyId: number, claim: TicketClaim): Buffer {
  if (!Number.isInteger(claim.issue) || claim.issue < 1 || claim.issue > maxIssue) {
    throw new RangeError(`a ticket is issued 1 to ${maxIssue} times, not ${claim.issue}`);
  }
  const bytes = Buffer.alloc(signedLength);
  bytes.writeUInt16BE(keyId, 0);
  bytes.set(bytesOfId(claim.eventId), 2);
  bytes.set(bytesOfId(claim.ticketId), 18);
  bytes.writeUInt16BE(claim.issue, 34);
  return bytes;
}

const unpackClaim = (bytes: Buffer): TicketClaim => ({
  eventId: idOfBytes('event', bytes, 2),
  ticketId: idOfBytes('ticket', bytes, 18),
  issue: bytes.readUInt16BE(34),
});

function readKeys(pem: string): Key[] {
  const blocks = pem.match(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g);
  if (!blocks) throw new ConfigError('TICKET_SIGNING_KEY: expected an Ed25519 private key in PEM');
  return blocks.map(readKey);
}

function readKey(block: string): Key {
  try {
    const privateKey = block.includes('PRIVATE') ? createPrivateKey(block) : null;
    const publicKey = createPublicKey(block);
    if (publicKey.asymmetricKeyType !== 'ed25519')
      throw new Error(`is a key for ${publicKey.asymmetricKeyType}`);
    return { id: keyId(publicKey), publicKey, privateKey };
  } catch (error) {
    throw new ConfigError(`TICKET_SIGNING_KEY: not an Ed25519 key in PEM (${(error as Error).message})`);
  }
}

/** The first two bytes of the SHA-256 of the raw public key: it follows from the key, so nobody assigns it. */
const keyId = (publicKey: KeyObject): number =>
  createHash('sha256').update(rawPublicKey(publicKey)).digest().readUInt16BE(0);

/** An Ed25519 SPKI is twelve fixed bytes and the 32 bytes of the key. */
const rawPublicKey = (publicKey: KeyObject): Buffer =>
  publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
