import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { VerifyRound } from './beacon.ts';

const { shortSignatures } = bls12_381;
/** The scheme `bls-unchained-g1-rfc9380` of drand: signatures in G1, and a round that depends on no other round. */
const domain = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';
const signatureShape = /^[0-9a-f]{96}$/;
const publicKeyShape = /^[0-9a-f]{192}$/;

/**
 * Whether this is the signature of a round under the key of a chain. A round has one signature, so whoever knows the key can neither choose nor
 * replace it. It takes 30 ms.
 */
export const verifyRound: VerifyRound = ({ publicKey }, round, signature) => {
  if (!signatureShape.test(signature) || !publicKeyShape.test(publicKey)) return false;
  try {
    return shortSignatures.verify(bytesOf(signature), pointOf(round), bytesOf(publicKey));
  } catch {
    // Digits that are no point of the curve.
    return false;
  }
};

/** What a chain signs: the hash of the round's number, as a point. */
export const pointOf = (round: number) => shortSignatures.hash(sha256(bytesOfRound(round)), domain);

function bytesOfRound(round: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(round));
  return bytes;
}

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
