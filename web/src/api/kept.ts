/** Each account's wallet is kept on the device in a cache of its own, for the flight mode (features/wallet/kept.ts). */
export const keptFor = (userId: string): string => `wallet:${userId}`;

/** Forgets what the device keeps of everybody but this account; of everybody, where nobody is signed in. */
export async function forgetKept(exceptUserId?: string): Promise<void> {
  // Without a secure context, as on a phone in the LAN, nothing was ever kept.
  if (!('caches' in globalThis)) return;
  const names = await caches.keys().catch(() => []);
  const others = names.filter(
    (name) => name.startsWith(keptFor('')) && (!exceptUserId || name !== keptFor(exceptUserId)),
  );
  await Promise.all(others.map((name) => caches.delete(name)));
}
