/**
 * Stores the secret of an invitation in this browser until the invitation is over. The secret arrives in the fragment
 * of the mail's link, which browsers do not send. Signing up leads to other pages and, through another mail, back in
 * a new tab, and no address on the way may contain the secret. Without an account of the invited address the secret
 * is useless.
 */
const nameOf = (id: string) => `admit.invitation.${id}`;

export function secretOf(id: string, fragment: string): string | null {
  const given = fragment.replace(/^#/, '');
  try {
    if (!given) return localStorage.getItem(nameOf(id));
    localStorage.setItem(nameOf(id), given);
  } catch {
    // If storage is forbidden, the person must open the mail's link again after signing up.
  }
  return given || null;
}

export function forgetSecret(id: string): void {
  try {
    localStorage.removeItem(nameOf(id));
  } catch {
    // Then there is nothing to delete.
  }
}
