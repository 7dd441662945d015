import { fromBase32, toBase32 } from './base32.ts';

/**
 * The code of a ticket that turns every 15 seconds, so that a screenshot of it is worth nothing a minute later. Both sides
 * work without a network: a wallet has a secret for one ticket, and a gate has the key of the event, from which every secret
 * follows. Runs in browsers and in Node. docs/tickets.md has the layout and the threats.
 */
export const rotatingPrefix = 'ADMIT2.';

/** How long one code is shown. */
export const stepMs = 15_000;

/** How many steps a code may be old, or ahead by a clock that differs. So a copy dies after 45 seconds at most. */
const stepsOff = 2;

/** Key id, event, ticket and issue, as in a fixed code, and the signature over the prefix and them. */
export const signedLength = 36;
export const baseLength = signedLength + 64;
const macLength = 9;
/** Device 2, step 4 and the MAC. 115 bytes are exactly 184 characters. */
export const rotatingLength = baseLength + 6 + macLength;

/** What a wallet needs to show the codes of one ticket without a network. */
export interface WalletKey {
  /** The part that stays: the prefix and 160 characters. */
  base: string;
  /** The number of this wallet among those that opened the ticket, from 1. 0 is the server, which shows codes itself. */
  device: number;
  /** 32 bytes, base64url: HMAC-SHA256 with the event's key over `secretMessage`. */
  secret: string;
}

interface RotatingCode {
  signed: Uint8Array<ArrayBuffer>;
  signature: Uint8Array<ArrayBuffer>;
  device: number;
  /** How many steps passed between 1970 and the moment when the code was shown. */
  step: number;
  mac: Uint8Array<ArrayBuffer>;
}

export const stepAt = (atMs: number): number => Math.floor(atMs / stepMs);

/** The message whose MAC with the event's key is the secret of one wallet. */
export function secretMessage(signed: Uint8Array, device: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(rotatingPrefix.length + signedLength + 2);
  bytes.set(prefixBytes);
  bytes.set(signed, prefixBytes.length);
  new DataView(bytes.buffer).setUint16(bytes.length - 2, device);
  return bytes;
}

/** The message whose MAC with a wallet's secret is in the code; the code has its first nine bytes. */
export function stepMessage(step: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(prefixBytes.length + 4);
  bytes.set(prefixBytes);
  new DataView(bytes.buffer).setUint32(prefixBytes.length, step);
  return bytes;
}

const prefixBytes = Uint8Array.from(rotatingPrefix, (character) => character.charCodeAt(0));

export const cutMac = (mac: Uint8Array): Uint8Array<ArrayBuffer> => mac.slice(0, macLength);

/** The text of a code, of its parts. */
export function rotatingText(base: string, device: number, step: number, mac: Uint8Array): string {
  const tail = new Uint8Array(rotatingLength - baseLength);
  const view = new DataView(tail.buffer);
  view.setUint16(0, device);
  view.setUint32(2, step);
  tail.set(cutMac(mac), 6);
  return base + toBase32(tail);
}

/** Reads the characters behind the prefix; null if they are no rotating code. It checks neither signature nor MAC. */
export function readRotating(characters: string): RotatingCode | null {
  const bytes = fromBase32(characters);
  if (bytes?.length !== rotatingLength) return null;
  const view = new DataView(bytes.buffer);
  return {
    signed: bytes.slice(0, signedLength),
    signature: bytes.slice(signedLength, baseLength),
    device: view.getUint16(baseLength),
    step: view.getUint32(baseLength + 2),
    mac: bytes.slice(baseLength + 6),
  };
}

/** Makes a wallet's codes. Throws where the browser has no WebCrypto, which is over plain HTTP in a local network. */
export async function openWalletKey({
  base,
  device,
  secret,
}: WalletKey): Promise<(atMs: number) => Promise<string>> {
  const raw = Uint8Array.from(atob(secret.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  const key = await hmacKey(raw);
  return async (atMs) => {
    const step = stepAt(atMs);
    return rotatingText(base, device, step, await hmac(key, stepMessage(step)));
  };
}

/** For a gate: whether the MAC of a code is the one that the event's key gives. The signature is checked elsewhere. */
export async function isGenuine(eventKey: Uint8Array<ArrayBuffer>, code: RotatingCode): Promise<boolean> {
  const secret = await hmac(await hmacKey(eventKey), secretMessage(code.signed, code.device));
  const mac = cutMac(await hmac(await hmacKey(secret), stepMessage(code.step)));
  let differs = 0;
  for (const [i, byte] of mac.entries()) differs |= byte ^ (code.mac[i] ?? -1);
  return differs === 0;
}

/**
 * Decision: whether a code was shown just now. A gate gives the time of its scan. A server also gives the time at which it
 * heard of the scan: a gate whose clock is wrong must not turn everybody away.
 */
export const isFresh = (step: number, timesMs: readonly number[]): boolean =>
  timesMs.some((atMs) => Math.abs(stepAt(atMs) - step) <= stepsOff);

const hmacKey = (raw: Uint8Array<ArrayBuffer>) =>
  crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

const hmac = async (key: CryptoKey, message: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.sign('HMAC', key, message));
