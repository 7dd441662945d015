/** What this browser noted of a draw before it took place, so that nobody can change it afterwards. */
export interface Noted {
  commitment: string;
  entryId: string;
  salt: string;
}

const key = (eventId: string) => `admit.queue.draw.${eventId}`;

export function rememberNoted(eventId: string, noted: Noted): void {
  try {
    localStorage.setItem(key(eventId), JSON.stringify(noted));
  } catch {
    // If storage is forbidden, the check compares with what the server says of the own place.
  }
}

export function knownNoted(eventId: string): Noted | null {
  try {
    return JSON.parse(localStorage.getItem(key(eventId)) ?? 'null');
  } catch {
    return null;
  }
}
