import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Encrypts text that waits in the database, so that a dump, replica or backup alone reveals nothing. Uses AES-256-GCM
 * with a key derived from SESSION_SECRET.
 */
export interface Seal {
  close(text: string): string;
  /** Null if the text was sealed with another secret or was changed. */
  open(sealed: string): string | null;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export function createSeal(secret: string): Seal {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'admit: what waits in the database', 32));
  return {
    close(text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const nonce = bytes.subarray(0, nonceBytes);
      const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
      try {
        const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
        decipher.setAuthTag(tag);
        const opened = [decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()];
        return Buffer.concat(opened).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}

/** A job whose link is a secret, as it waits in the database. */
export type Sealed<J extends { url: string }> = Omit<J, 'url'> & { sealedUrl: string };

export const sealLink = <J extends { url: string }>(seal: Seal, { url, ...rest }: J): Sealed<J> => ({
  ...rest,
  sealedUrl: seal.close(url),
});
