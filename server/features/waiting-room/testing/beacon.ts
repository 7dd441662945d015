import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import type { BeaconChain } from '../../../../contract/beacon.ts';
import { pointOf } from '../../../../contract/beacon-signature.ts';

const { shortSignatures } = bls12_381;

/** A chain with a key that was made now, and its server. */
export interface TestBeacon {
  chain: BeaconChain;
  /** The settings of a process that uses it. */
  env: Record<string, string>;
  sign(round: number): string;
  /** What it answers from now on; by default each round with its signature. */
  answer: (round: number) => { status?: number; body: unknown } | 'silence';
  /** The rounds that it was asked for. */
  asked: number[];
  close(): Promise<void>;
}

export async function startTestBeacon(): Promise<TestBeacon> {
  const { secretKey, publicKey } = shortSignatures.keygen();
  const chain: BeaconChain = {
    hash: 'ab'.repeat(32),
    publicKey: publicKey.toHex(),
    genesisSeconds: 1_700_000_000,
    periodSeconds: 3,
  };
  const sign = (round: number) =>
    shortSignatures.Signature.toHex(shortSignatures.sign(pointOf(round), secretKey));
  const asked: number[] = [];
  const server = createServer(({ url = '' }, response) => {
    const [, hash, round] = /^\/([0-9a-f]+)\/public\/(\d+)$/.exec(url) ?? [];
    if (hash !== chain.hash) return void response.writeHead(404).end('{}');
    asked.push(Number(round));
    const answer = beacon.answer(Number(round));
    if (answer === 'silence') return void response.destroy();
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const beacon: TestBeacon = {
    chain,
    env: {
      // The first one does not answer.
      DRAND_URL: `http://127.0.0.1:9,http://127.0.0.1:${port}/`,
      DRAND_CHAIN_HASH: chain.hash,
      DRAND_PUBLIC_KEY: chain.publicKey,
      DRAND_GENESIS_SECONDS: String(chain.genesisSeconds),
      DRAND_PERIOD_SECONDS: String(chain.periodSeconds),
    },
    sign,
    answer: (round) => ({ body: { round, signature: sign(round), randomness: 'unused' } }),
    asked,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
  return beacon;
}
