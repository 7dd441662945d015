import { z } from 'zod';
import { type BeaconChain, quicknet } from '../../../contract/beacon.ts';

/** The variables of a public beacon (drand). */
export const beaconVariables = {
  DRAND_URL: z
    .string()
    .transform((text) => text.split(',').map((url) => url.trim().replace(/\/+$/, '')))
    .pipe(z.array(z.url({ protocol: /^https?$/ })).max(8))
    .optional(),
  DRAND_CHAIN_HASH: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'is 64 hexadecimal digits')
    .optional(),
  DRAND_PUBLIC_KEY: z
    .string()
    .regex(/^[0-9a-f]{192}$/, 'is a key in G2, as 192 hexadecimal digits')
    .optional(),
  DRAND_GENESIS_SECONDS: z.coerce.number().int().min(0).max(100_000_000_000).optional(),
  DRAND_PERIOD_SECONDS: z.coerce.number().int().min(1).max(86_400).optional(),
};
type BeaconVariables = z.output<z.ZodObject<typeof beaconVariables>>;

export interface BeaconSettings {
  /** Servers that publish the chain, asked one after the other, without a last slash. */
  urls: string[];
  chain: BeaconChain;
}

const ofChain = [
  'DRAND_CHAIN_HASH',
  'DRAND_PUBLIC_KEY',
  'DRAND_GENESIS_SECONDS',
  'DRAND_PERIOD_SECONDS',
] as const;

/** The variables that are missing beside others that are given. Nobody has to describe quicknet. */
export function missingForBeacon(env: BeaconVariables): (keyof BeaconVariables)[] {
  const describes = ofChain.some((name) => env[name] !== undefined);
  const isQuicknet =
    env.DRAND_CHAIN_HASH === quicknet.hash && ofChain.slice(1).every((name) => env[name] === undefined);
  const needed = [
    ...(describes ? (['DRAND_URL'] as const) : []),
    ...(describes && !isQuicknet ? ofChain : []),
  ];
  return needed.filter((name) => env[name] === undefined);
}

/** Null: draws mix no beacon. */
export const readBeacon = (env: BeaconVariables): BeaconSettings | null =>
  env.DRAND_URL
    ? {
        urls: env.DRAND_URL,
        chain: {
          hash: env.DRAND_CHAIN_HASH ?? quicknet.hash,
          publicKey: env.DRAND_PUBLIC_KEY ?? quicknet.publicKey,
          genesisSeconds: env.DRAND_GENESIS_SECONDS ?? quicknet.genesisSeconds,
          periodSeconds: env.DRAND_PERIOD_SECONDS ?? quicknet.periodSeconds,
        },
      }
    : null;
