/** A value with named parts, and not a list. */
export const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two values of JSON are equal. A field that is missing equals one that is undefined. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, i) => same(entry, b[i]));
  if (!isFields(a) || !isFields(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]));
}

/** What identifies an entry of a list in two states of an event: a ticket type, a pool or a promo code. */
export function idOf(entry: unknown): string | undefined {
  if (!isFields(entry)) return undefined;
  const { row, id, key, code } = entry;
  const own = row ?? id ?? key ?? (typeof code === 'string' ? code.trim().toUpperCase() : undefined);
  return typeof own === 'string' ? own : undefined;
}
