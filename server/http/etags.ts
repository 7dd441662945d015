/**
 * True if an If-None-Match header names the entity tag `etag`, which includes its quotes. Weak and strong tags are
 * equal here (RFC 9110, 13.1.2), because a proxy that compresses an answer makes its tag weak.
 */
export function namesETag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  const plain = etag.replace(/^W\//, '');
  return header.split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === plain);
}
