import * as z from 'zod/mini';

/** Part of every runtime. Named here because client/ is compiled without the types of a page or of Node. */
declare const URL: new (url: string) => { hostname: string };

/**
 * An e-mail address as RFC 5321 has it without quotes: `a&b@example.com`. A domain in other letters is turned into its
 * ASCII form (`xn--…`), in which mail is sent and addresses are compared. A local part in other letters is refused: many
 * mail servers cannot deliver to it (RFC 6531 is an extension).
 */
export const emailSchema = z.string().check(
  // Nobody's address is longer, and what is longer is not looked at.
  z.maxLength(320),
  z.overwrite(normalizeEmail),
  (payload) => {
    const fault = faultOfEmail(payload.value);
    if (!fault) return;
    payload.issues.push({
      code: 'invalid_format',
      format: fault,
      message: faultMessages[fault],
      input: payload.value,
    });
  },
  z.maxLength(254),
  z.meta({ format: 'email' }),
);

const faultMessages = {
  email: 'expected an e-mail address',
  email_local_part:
    'expected only Latin letters without accents, digits and signs before the @: many mail servers cannot deliver to other letters',
};
type EmailFault = keyof typeof faultMessages;

/** The address without white space around it, and with its domain in ASCII where it has one. */
function normalizeEmail(typed: string): string {
  const address = typed.trim();
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  if (at < 1 || /^[\x21-\x7e]*$/.test(domain) || !/^[\p{L}\p{M}\p{N}\p{Join_C}.。．｡·・-]+$/u.test(domain))
    return address;
  try {
    return `${address.slice(0, at)}@${new URL(`http://${domain}`).hostname}`;
  } catch {
    return address;
  }
}

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const localPart = new RegExp(`^${atom}(\\.${atom})*$`);
const domainName =
  /^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$/;

/** What is wrong with an address in its normal form; null where nothing is. */
export function faultOfEmail(address: string): EmailFault | null {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  if (at < 1 || local.length > 64 || !domainName.test(address.slice(at + 1))) return 'email';
  if (localPart.test(local)) return null;
  // Only other letters: then it may be somebody's address all the same.
  return localPart.test(local.replaceAll(/[\u0080-\u{10ffff}]/gu, 'x')) ? 'email_local_part' : 'email';
}
