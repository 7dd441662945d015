/** The name of an account's cache on this device, for the wallet in flight mode (features/wallet/kept.ts). */
export const keptFor = (userId: string): string => `wallet:${userId}`;

/** Deletes the caches of all other accounts, or of all accounts if nobody is signed in. */
export async function forgetKept(exceptUserId?: string): Promise<void> {
  // Without a secure context, as on a phone in the LAN, nothing was ever cached.
  if (!('caches' in globalThis)) return;
  const names = await caches.keys().catch(() => []);
  const others = names.filter(
    (name) => name.startsWith(keptFor('')) && (!exceptUserId || name !== keptFor(exceptUserId)),
  );
  await Promise.all(others.map((name) => caches.delete(name)));
}
