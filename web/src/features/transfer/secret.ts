/**
 * Stores the secret of an offered ticket in this tab. The secret arrives in the fragment of the mail's link, and leaves the
 * address at once, before anything else could read it there.
 */
const nameOf = (id: string) => `admit.transfer.${id}`;

export function keepSecret(id: string, fragment: string): boolean {
  const given = fragment.replace(/^#/, '');
  if (!/^[\w-]{32}$/.test(given)) return false;
  try {
    sessionStorage.setItem(nameOf(id), given);
    return true;
  } catch {
    // If storage is forbidden, the secret stays in the address.
    return false;
  }
}

export function secretOf(id: string, fragment: string): string | null {
  const given = fragment.replace(/^#/, '');
  if (given) return given;
  try {
    return sessionStorage.getItem(nameOf(id));
  } catch {
    return null;
  }
}
