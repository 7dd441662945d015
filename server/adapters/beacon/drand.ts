import { z } from 'zod';
import type { BeaconChain } from '../../../contract/beacon.ts';
import { verifyRound } from '../../../contract/beacon-signature.ts';
import type { Log } from '../../log.ts';
import { readBounded } from '../read-bounded.ts';
import type { BeaconSettings } from './settings.ts';

/** Reads the rounds of a public beacon. */
export interface Beacon {
  /** The chain that draws announce from now on. */
  chain: BeaconChain;
  /** The signature of a round, verified under the key of its chain. Null if no server has it, or what they have is not it. */
  fetchRound(chain: BeaconChain, round: number): Promise<string | null>;
}

const timeoutMs = 4000;
const mostBytes = 16 * 1024;
const answerSchema = z.object({ round: z.int(), signature: z.string().regex(/^[0-9a-fA-F]{96}$/) });

/** drand over HTTP: `GET /{chain}/public/{round}`. Nobody trusts these servers, because each answer is verified. */
export function createBeacon({ urls, chain }: BeaconSettings, { log }: { log: Log }): Beacon {
  async function ask(url: string, { hash, publicKey }: BeaconChain, round: number): Promise<string> {
    const answer = await fetch(`${url}/${hash}/public/${round}`, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = (await readBounded(answer, mostBytes)).toString('utf8');
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const told = answerSchema.parse(JSON.parse(text));
    const signature = told.signature.toLowerCase();
    if (told.round !== round) throw new Error(`it has round ${told.round} instead`);
    if (!verifyRound({ publicKey }, round, signature)) throw new Error('its signature is wrong');
    return signature;
  }
  return {
    chain,
    async fetchRound(of, round) {
      for (const url of urls) {
        try {
          return await ask(url, of, round);
        } catch (error) {
          log.warn({ url, round, reason: (error as Error).message }, 'a beacon has no valid round');
        }
      }
      return null;
    },
  };
}
