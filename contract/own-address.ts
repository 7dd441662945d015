/**
 * Which addresses are ours. A redirect that follows an address which a request named must stay on this site,
 * or a link of ours leads people to a copy of the sign-in page. Server and web both ask here; nothing else
 * judges an address.
 *
 * The rule is stricter than "the same origin", because several programs read an address before the browser
 * does (our router, better-auth, a proxy, the payment provider) and each may take it apart in its own way:
 * - it is a path from the root of visible ASCII, without backslashes and quotes;
 * - no segment of the path is empty, `.` or `..`, encoded or not: nothing is left to resolve, so that
 *   `/..//host` cannot become `//host`;
 * - no slash or backslash is percent-encoded, however often.
 */
const maxLength = 2000;
const pathCharacters = /^\/[\w\-.~!$&'()*+,;=:@%/]*$/;
const restCharacters = /^[!#-;=?-[\]^-~]*$/;
const dot = /^(?:\.|%2e){1,2}$/i;
/** `%2f`, `%252f`, `%25252f`, …: an encoded slash or backslash, or a control character. */
const encodedDanger = /%(?:25)*(?:2f|5c|0[0-9a-f]|1[0-9a-f]|7f)/i;
const encodedDot = /%(?:25)*2e/gi;

/** Whether `given` is a path of this site, perhaps with a query and a fragment: `/orders/1?from=mail#tickets`. */
export function isOwnPath(given: string): boolean {
  if (given.length > maxLength) return false;
  const end = given.search(/[?#]/);
  const path = end < 0 ? given : given.slice(0, end);
  if (!pathCharacters.test(path) || !restCharacters.test(given.slice(path.length))) return false;
  if (encodedDanger.test(path)) return false;
  const segments = path.replace(encodedDot, '.').slice(1).split('/');
  // Only the last one may be empty: `/` and `/orders/`.
  return segments.every(
    (segment, at) => !dot.test(segment) && (segment !== '' || at === segments.length - 1),
  );
}

/**
 * `given` as an absolute address of the site at `origin`: a path of it, or an address that begins with just this
 * origin, letter for letter. Null for every other.
 */
export function ownAddress(given: string, origin: string): string | null {
  const rest = given.startsWith(origin) ? given.slice(origin.length) || '/' : given;
  const path = rest.startsWith('?') || rest.startsWith('#') ? `/${rest}` : rest;
  return isOwnPath(path) ? `${origin}${path}` : null;
}
