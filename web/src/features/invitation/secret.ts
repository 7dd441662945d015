/**
 * The secret of an invitation comes in the fragment of the mail's link, which the browser sends to nobody. Signing
 * up leads away and, through another mail, back in a new tab; addresses on that way must not carry the secret, so
 * this browser keeps it until the invitation is over. It opens nothing without an account of the invited address.
 */
const nameOf = (id: string) => `admit.invitation.${id}`;

export function secretOf(id: string, fragment: string): string | null {
  const given = fragment.replace(/^#/, '');
  try {
    if (!given) return localStorage.getItem(nameOf(id));
    localStorage.setItem(nameOf(id), given);
  } catch {
    // Storage may be forbidden; then the link of the mail has to be opened again after signing up.
  }
  return given || null;
}

export function forgetSecret(id: string): void {
  try {
    localStorage.removeItem(nameOf(id));
  } catch {
    // Then there is nothing to forget.
  }
}
