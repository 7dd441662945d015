/** The extras that are chosen in this tab and not held yet: how many, by variant. */
type Chosen = Readonly<Record<string, number>>;

const keyOf = (eventId: string): string => `admit.extras.${eventId}`;

export function keptExtras(eventId: string): Chosen {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(eventId)) ?? '{}');
    const entries = Object.entries(kept ?? {});
    return Object.fromEntries(
      entries.filter(([, count]) => Number.isSafeInteger(count) && Number(count) > 0),
    );
  } catch {
    return {};
  }
}

export function keepExtras(eventId: string, chosen: Chosen): void {
  try {
    if (Object.values(chosen).some((count) => count > 0))
      sessionStorage.setItem(keyOf(eventId), JSON.stringify(chosen));
    else sessionStorage.removeItem(keyOf(eventId));
  } catch {
    // If storage is forbidden, the extras are chosen again at the checkout.
  }
}
