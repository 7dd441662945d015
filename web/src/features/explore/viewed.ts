import type { EventId } from '../../../../contract/ids.ts';

/**
 * The events that were looked at with this browser, the latest first. They stay in it; a request for
 * recommendations takes them along and the server forgets them with its answer.
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
    // Storage may be forbidden or full; then nothing is recommended by it.
  }
}

export function forgetViewed(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // As above: then there is nothing to forget.
  }
}
