import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a signature's time may differ from our clock. 300 s is also the official SDK's default. */
const toleranceSeconds = 300;

/** A webhook's `Stripe-Signature` header: https://docs.stripe.com/webhooks#verify-manually. */
export function sign(body: string, secret: string, at: Date): string {
  const timestamp = Math.floor(at.getTime() / 1000);
  return `t=${timestamp},v1=${hmac(timestamp, body, secret).toString('hex')}`;
}

/** True for a signature over exactly these bytes, made with this secret and close enough to `now`. */
export function isSigned(body: Buffer, header: string | undefined, secret: string, now: Date): boolean {
  const timestamp = signedAt(header);
  if (header === undefined || timestamp === null || !isRecent(timestamp, now)) return false;
  const expected = hmac(timestamp, body, secret);
  // A header has several signatures while a secret is being replaced.
  return [...header.matchAll(/(?:^|,)\s*v1=([0-9a-f]{64})(?=,|$)/g)].some(([, hex = '']) =>
    timingSafeEqual(Buffer.from(hex, 'hex'), expected),
  );
}

/** The second at which the header says it was signed; null if it says none. */
function signedAt(header: string | undefined): number | null {
  const timestamp = /(?:^|,)\s*t=(\d{1,12})(?=,|$)/.exec(header ?? '')?.[1];
  return timestamp === undefined ? null : Number(timestamp);
}

/** Neither replayed from the past nor dated ahead for a later replay. */
const isRecent = (timestampSeconds: number, now: Date): boolean =>
  Math.abs(Math.floor(now.getTime() / 1000) - timestampSeconds) <= toleranceSeconds;

const hmac = (timestamp: number, body: string | Buffer, secret: string): Buffer =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
