import { z } from 'zod';
import { instantSchema } from './time.ts';

export const queueBeaconSchema = z
  .object({
    hash: z.string().meta({ description: 'The hash of the chain of drand.' }),
    publicKey: z.string().meta({ description: 'The key of the chain, in G2 of BLS12-381.' }),
    genesisSeconds: z.int().meta({ description: 'When its round 1 came, in seconds since 1970.' }),
    periodSeconds: z.int(),
    round: z.int().meta({ description: 'The draw mixes the signature of this round.' }),
    /** When the round comes. */
    roundAt: instantSchema,
    /** From then on the organiser may draw without a beacon that has not answered. */
    withoutFrom: instantSchema,
    listHash: z.nullable(z.string()).meta({
      description:
        'The hash of the closed list of entries (`listHashOf` in contract/draw.ts), published before the round comes. Null until the list is closed.',
    }),
    droppedAt: z.nullable(instantSchema).meta({
      description: 'When the organiser decided to draw without the beacon; null if nobody did.',
    }),
  })
  .meta({
    id: 'QueueBeacon',
    description:
      'The round of a public beacon that a draw mixes, as it was announced before the opening. Nobody can know its signature before its time, also not who runs Admit. Null if this installation has no beacon.',
  });
export type QueueBeacon = z.infer<typeof queueBeaconSchema>;
