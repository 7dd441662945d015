import { createHmac } from 'node:crypto';
import { equalInConstantTime } from './caller-cookie.ts';

/** The secrets in the links of one kind of mail. They follow from the server's secret, so they are stored nowhere. */
interface LinkSecrets {
  /** 192 bits as 32 letters, digits, `-` and `_`. */
  secretOf(subject: string): string;
  isSecretOf(subject: string, given: string): boolean;
}

/** `purpose` gives each kind of link a key of its own, so that no other signature with the server's secret can pass for it. */
export function createLinkSecrets(sessionSecret: string, purpose: string): LinkSecrets {
  const key = createHmac('sha256', sessionSecret).update(purpose).digest();
  const secretOf: LinkSecrets['secretOf'] = (subject) =>
    createHmac('sha256', key).update(subject).digest().subarray(0, 24).toString('base64url');
  return { secretOf, isSecretOf: (subject, given) => equalInConstantTime(given, secretOf(subject)) };
}
