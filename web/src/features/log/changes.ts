interface Change {
  /** The names that lead to the value, joined with points: `pools.floor.capacity`. */
  field: string;
  before: string | null;
  after: string | null;
}

type Fields = Record<string, unknown> | null;

/** Lists what differs between the two states of an entry, one value in a line. An empty text counts as none. */
export function changesOf(before: Fields, after: Fields): Change[] {
  const [was, is] = [flatten(before), flatten(after)];
  return [...new Set([...was.keys(), ...is.keys()])].map((field) => ({
    field,
    before: was.get(field) ?? null,
    after: is.get(field) ?? null,
  }));
}

function flatten(value: unknown, path: string[] = [], into = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined || value === '') return into;
  if (typeof value === 'object' && !Array.isArray(value)) {
    for (const [name, each] of Object.entries(value)) flatten(each, [...path, name], into);
    return into;
  }
  into.set(path.join('.'), typeof value === 'string' ? value : JSON.stringify(value));
  return into;
}
