import { type AuditField, auditFields, keyedFields } from '../../../../contract/audit-fields.ts';
import type { Money } from '../../../../contract/money.ts';

interface Change {
  /** The names that lead to the value: `pools`, `floor`, `capacity`. Those of `field` are fields, which have words. */
  path: (AuditField | { key: string })[];
  before: Value | null;
  after: Value | null;
}
export type Value = string | boolean | Money;

type Fields = Record<string, unknown> | null;

/** Lists what differs between the two states of an entry, one value in a line. An empty text counts as none. */
export function changesOf(before: Fields, after: Fields): Change[] {
  const [was, is] = [flatten(before), flatten(after)];
  return [...new Map([...was, ...is])].map(([id, { path }]) => ({
    path,
    before: was.get(id)?.value ?? null,
    after: is.get(id)?.value ?? null,
  }));
}

type Flat = Map<string, { path: Change['path']; value: Value }>;

function flatten(value: unknown, path: Change['path'] = [], into: Flat = new Map()): Flat {
  if (value === null || value === undefined || value === '') return into;
  if (isMoney(value) || typeof value === 'boolean' || typeof value === 'string')
    return into.set(JSON.stringify(path), { path, value });
  if (typeof value !== 'object' || Array.isArray(value))
    return into.set(JSON.stringify(path), { path, value: JSON.stringify(value) });
  const parent = path.at(-1);
  const isKeyed = typeof parent === 'string' && keyedFields.has(parent);
  for (const [name, each] of Object.entries(value))
    flatten(each, [...path, !isKeyed && isField(name) ? name : { key: name }], into);
  return into;
}

const isField = (name: string): name is AuditField => (auditFields as readonly string[]).includes(name);

const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 2 &&
  'amount' in value &&
  Number.isInteger(value.amount) &&
  'currency' in value &&
  typeof value.currency === 'string';
