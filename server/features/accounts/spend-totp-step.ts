import { createHmac } from 'node:crypto';
import { symmetricDecrypt } from 'better-auth/crypto';
import type { UserId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { findTotpSecret, takeTotpStep } from './credential-store.ts';

const stepMs = 30_000;
/** better-auth accepts the codes of the step before and after, and the next step may have begun since it checked. */
const stepsAround = [0, -1, 1, -2];

/**
 * Uses up a code that better-auth has accepted. False if this code or a later one was used before. RFC 6238 requires
 * that each code works once, because otherwise somebody who sees it could sign in too. Of two requests with one code,
 * one gets true.
 */
export async function spendTotpStep(
  db: Queryable,
  key: Parameters<typeof symmetricDecrypt>[0]['key'],
  use: { userId: UserId; code: string; now: Date },
): Promise<boolean> {
  const encrypted = await findTotpSecret(db, use.userId);
  if (encrypted === null) return false;
  const secret = await symmetricDecrypt({ key, data: encrypted });
  const present = Math.floor(use.now.getTime() / stepMs);
  const step = stepsAround
    .map((around) => present + around)
    .find((each) => codeOf(secret, each) === use.code);
  return step !== undefined && takeTotpStep(db, use.userId, step);
}

/** RFC 6238 with SHA-1 and six digits, as authenticator apps use. */
function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const at = (digest.at(-1) as number) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
