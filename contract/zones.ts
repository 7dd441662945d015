/** An IANA name, `Europe/Berlin` or `Etc/GMT+5`. An offset like `+02:00` is not one, because it has no summer time. */
const zoneName = /^[A-Za-z][A-Za-z0-9+_-]*(\/[A-Za-z0-9+_-]+)*$/;

/** Whether this is an IANA time zone that this runtime knows. */
export function isTimeZone(name: string): boolean {
  if (!zoneName.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const shown = new Map<string, string>();

/**
 * The zone in which times are shown: the given zone, or UTC if this runtime does not know it. The server checks zones
 * when an event is saved, but an older browser or server may lack the newest zones, and one event must not break a list,
 * a form or a mail. The cache stays small, because only zones of stored events come here.
 */
export function shownZone(name: string): string {
  let zone = shown.get(name);
  if (zone === undefined) {
    zone = isTimeZone(name) ? name : 'UTC';
    shown.set(name, zone);
  }
  return zone;
}
