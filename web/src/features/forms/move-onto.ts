/** The fields of a flat form. */
type Values = Record<string, string | number | null | undefined>;

const text = (value: Values[string]): string => String(value ?? '');

/**
 * Puts what a person typed onto newer values that somebody else saved. `base` is what the form started from. A field that
 * the person did not touch gets the newer value. A field that both changed stays as typed, and `contested` has its newer
 * value.
 */
export function moveOnto<V extends Values>(
  base: V,
  typed: V,
  newer: V,
): { values: V; contested: Partial<V> } {
  const values = { ...newer };
  const contested: Partial<V> = {};
  for (const name of Object.keys(newer) as (keyof V)[]) {
    if (text(typed[name]) === text(base[name])) continue;
    values[name] = typed[name];
    if (text(newer[name]) !== text(base[name]) && text(newer[name]) !== text(typed[name]))
      contested[name] = newer[name];
  }
  return { values, contested };
}
