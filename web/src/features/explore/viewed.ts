import type { EventId } from '../../../../contract/ids.ts';

/**
 * The events that were viewed in this browser, the latest first. Only the browser stores them. A request for
 * recommendations sends them, and the server does not store them.
 */
const KEY = 'admit.viewed';
const most = 20;

export function readViewed(): EventId[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept)
      ? kept.filter((id): id is EventId => /^evt_[0-9A-HJKMNP-TV-Z]{26}$/.test(String(id))).slice(0, most)
      : [];
  } catch {
    return [];
  }
}

export function noteViewed(eventId: EventId): void {
  const others = readViewed().filter((id) => id !== eventId);
  try {
    localStorage.setItem(KEY, JSON.stringify([eventId, ...others].slice(0, most)));
  } catch {
    // If storage is forbidden or full, recommendations do not use it.
  }
}

export function forgetViewed(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Likewise: then there is nothing to delete.
  }
}
