import { createHmac, randomInt } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import type { EventId } from '../../../contract/ids.ts';
import type { ProofReason } from '../../../contract/queue-refusals.ts';
import { type QueueChallenge, queueChallengeSchema } from '../../../contract/waiting-room.ts';

/** A solved challenge, not yet used. */
export interface Proof {
  nonce: Buffer;
  expiresAt: Date;
}

/** Challenges for guests, in the protocol of ALTCHA. Any process verifies what any other one has given out. */
export interface QueueProofs {
  issue(eventId: EventId, attempts: number, now: Date): Promise<QueueChallenge>;
  /** `least` is how many attempts a proof has to be worth now. */
  judge(payload: string, of: { eventId: EventId; least: number; now: Date }): Promise<Proof | ProofReason>;
}

/**
 * An attempt takes 0.7 ms in the browser of a desktop computer, and 2 to 4 ms on a phone. PBKDF2 runs there as native code,
 * outside the page's thread, so a program gains little over a browser.
 */
const iterations = 2000;
const lifeSeconds = 600;

export function createQueueProofs(sessionSecret: string): QueueProofs {
  // Keys of their own, so that nothing else that is signed with the secret can ever pass for these.
  const keyOf = (use: string) => createHmac('sha256', sessionSecret).update(use).digest('hex');
  const hmacSignatureSecret = keyOf('admit queue challenge 1');
  const hmacKeySignatureSecret = keyOf('admit queue challenge key 1');
  return {
    async issue(eventId, attempts, now) {
      const challenge = await createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost: iterations,
        // Solvers begin at 0, so `attempts` bounds their work, and half of it is the average.
        counter: randomInt(attempts),
        data: { eventId, attempts },
        deriveKey,
        expiresAt: Math.floor(now.getTime() / 1000) + lifeSeconds,
        hmacSignatureSecret,
        hmacKeySignatureSecret,
      });
      return challenge as QueueChallenge;
    },
    async judge(payload, { eventId, least, now }) {
      const given = readPayload(payload);
      if (!given) return 'wrong';
      const { data, expiresAt, nonce } = given.challenge.parameters;
      // The clock that is handed in decides first. The library reads the machine's.
      if (expiresAt * 1000 <= now.getTime()) return 'expired';
      const { verified } = await verifySolution({
        ...given,
        deriveKey,
        hmacSignatureSecret,
        hmacKeySignatureSecret,
      });
      if (!verified) return 'wrong';
      if (data.eventId !== eventId) return 'other_event';
      if (data.attempts < least) return 'too_easy';
      return { nonce: Buffer.from(nonce, 'hex'), expiresAt: new Date(expiresAt * 1000) };
    },
  };
}

const payloadSchema = z.object({
  challenge: queueChallengeSchema,
  solution: z.object({ counter: z.int().min(0), derivedKey: z.string().max(200) }),
});

/** Null if it is not a payload of the protocol. */
function readPayload(payload: string) {
  if (payload.length > 4000) return null;
  try {
    return payloadSchema.parse(JSON.parse(Buffer.from(payload, 'base64').toString()));
  } catch {
    return null;
  }
}
