/**
 * Decides which URLs belong to this site. A redirect to a URL from a request must stay on this site; otherwise an
 * attacker can make a link to our site that ends at a copy of our sign-in page. Server and web both use this module, and
 * no other code decides it.
 *
 * The rule is stricter than "the same origin", because several programs read a URL before the browser does (our router,
 * better-auth, a proxy, the payment provider), and each may parse it differently:
 * - it is a path from the root in visible ASCII, without backslashes and quotes;
 * - no segment of the path is empty, `.` or `..`, encoded or not, so that no program can turn `/..//host` into `//host`;
 * - no slash or backslash is percent-encoded, not even several times.
 */
const maxLength = 2000;
const pathCharacters = /^\/[\w\-.~!$&'()*+,;=:@%/]*$/;
const restCharacters = /^[!#-;=?-[\]^-~]*$/;
const dot = /^(?:\.|%2e){1,2}$/i;
/** `%2f`, `%252f`, `%25252f`, …: an encoded slash or backslash, or a control character. */
const encodedDanger = /%(?:25)*(?:2f|5c|0[0-9a-f]|1[0-9a-f]|7f)/i;
const encodedDot = /%(?:25)*2e/gi;

/** Whether `given` is a path of this site, with or without query and fragment: `/orders/1?from=mail#tickets`. */
export function isOwnPath(given: string): boolean {
  if (given.length > maxLength) return false;
  const end = given.search(/[?#]/);
  const path = end < 0 ? given : given.slice(0, end);
  if (!pathCharacters.test(path) || !restCharacters.test(given.slice(path.length))) return false;
  if (encodedDanger.test(path)) return false;
  const segments = path.replace(encodedDot, '.').slice(1).split('/');
  // Only the last segment may be empty: `/` and `/orders/`.
  return segments.every(
    (segment, at) => !dot.test(segment) && (segment !== '' || at === segments.length - 1),
  );
}

/**
 * `given` as an absolute URL of the site at `origin`. `given` is a path of the site, or a URL that begins with exactly
 * this origin. Null for any other text.
 */
export function ownAddress(given: string, origin: string): string | null {
  const rest = given.startsWith(origin) ? given.slice(origin.length) || '/' : given;
  const path = rest.startsWith('?') || rest.startsWith('#') ? `/${rest}` : rest;
  return isOwnPath(path) ? `${origin}${path}` : null;
}
