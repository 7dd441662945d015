import type { ManifestHead, VerifySignature } from '../../../../../contract/door-manifest.ts';
import { readGateCode } from '../../../../../contract/gate-code.ts';

/**
 * What a hand scanner meant, of the ways to read its keys. On a German keyboard a scanner that claims an American one swaps Y and Z,
 * and what it types still looks like a code. Only the signature tells which reading is right.
 */
export async function chooseReading(
  readings: readonly [string, ...string[]],
  head: Pick<ManifestHead, 'event' | 'keys' | 'eventKeys' | 'ticketCodes'> | undefined,
  verify: VerifySignature,
): Promise<string> {
  if (head && new Set(readings).size > 1) {
    for (const reading of readings) {
      const read = await readGateCode(reading, head, verify);
      if (!('refused' in read) || read.refused === 'wrong_event') return reading;
    }
  }
  return readings.find((reading) => /admit[12]\./i.test(reading)) ?? readings[0];
}
