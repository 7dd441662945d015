import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';

export interface Secrets {
  /** Signs session cookies. */
  session: string;
  /** PKCS #8 PEM of the Ed25519 key that signs ticket codes. */
  ticketSigningKey: string;
  /** Signs the sandbox provider's webhooks. */
  sandboxWebhook: string;
}

/**
 * Loads the configured secrets. Missing ones are generated on the first start and stored in `<dataDir>/secrets.json`,
 * readable by the owner only. In production config.ts requires all of them.
 */
export async function loadSecrets(config: Config): Promise<Secrets> {
  const sandbox = config.payments.provider === 'sandbox' ? config.payments.webhookSecret : 'unused';
  if (config.sessionSecret && config.ticketSigningKey && sandbox) {
    return {
      session: config.sessionSecret,
      ticketSigningKey: config.ticketSigningKey.replaceAll('\\n', '\n'),
      sandboxWebhook: sandbox,
    };
  }
  const made = await readOrMake(join(config.dataDir, 'secrets.json'), config.dataDir);
  return {
    session: config.sessionSecret ?? made.session,
    ticketSigningKey: config.ticketSigningKey?.replaceAll('\\n', '\n') ?? made.ticketSigningKey,
    sandboxWebhook: sandbox ?? made.sandboxWebhook,
  };
}

async function readOrMake(file: string, dataDir: string): Promise<Secrets> {
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const { privateKey } = generateKeyPairSync('ed25519');
  const fresh: Secrets = {
    session: randomBytes(32).toString('base64url'),
    ticketSigningKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sandboxWebhook: `whsec_${randomBytes(24).toString('base64url')}`,
  };
  // A link to a complete file fails if the name is taken, and nobody reads half a file. So processes that start for the first
  // time at once end with the same secrets.
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, JSON.stringify(fresh, null, 2), { mode: 0o600, flag: 'wx' });
  try {
    await link(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(own);
  }
  return JSON.parse(await readFile(file, 'utf8')) as Secrets;
}
