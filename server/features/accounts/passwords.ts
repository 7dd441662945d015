import { hash, type Options, verify } from '@node-rs/argon2';

// Argon2id with OWASP's first choice for it: 19 MiB, two passes, one lane (about 30 ms of one core). 2 is
// Algorithm.Argon2id, an ambient enum that has no value at run time.
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

export const hashPassword = (password: string): Promise<string> => hash(password, options);

export const verifyPassword = ({ hash, password }: { hash: string; password: string }): Promise<boolean> =>
  verify(hash, password);
