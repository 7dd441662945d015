import { expect, test } from 'vitest';
import { type Draft, emptyDraft, newType } from './draft.ts';
import { takeIds, takeValues } from './take-values.ts';

const base = (): Draft => emptyDraft('Europe/Berlin', 'Floor', 'Regular');

/** The part of the form that the two use. It notes which fields were written. */
function formOf(values: Draft) {
  const written: string[] = [];
  const setValue = (name: string, value: unknown) => {
    written.push(name);
    const parts = name.split('.');
    const last = parts.pop() as string;
    const target = parts.reduce<Record<string, unknown>>(
      (each, part) => each[part] as Record<string, unknown>,
      values as unknown as Record<string, unknown>,
    );
    target[last] = value;
  };
  return { values, written, form: { getValues: () => values, setValue } as never };
}

test('after a save a new ticket type gets its id, and nothing else is written', () => {
  const sent = { ...base(), ticketTypes: [{ ...newType('pool:floor'), name: 'Standing ', price: '12.50' }] };
  const saved = structuredClone(sent);
  Object.assign(saved.ticketTypes[0] ?? {}, { row: 'tty_1', id: 'tty_1', name: 'Standing', price: '12.50' });
  const { values, written, form } = formOf(structuredClone(sent));
  takeIds(form, sent, saved);
  expect(written).toEqual(['ticketTypes.0.id', 'ticketTypes.0.row']);
  // The space at the end is still being typed.
  expect(values.ticketTypes[0]).toMatchObject({ id: 'tty_1', name: 'Standing ' });
});

test('an entry that was moved while the save was on its way gets its own id', () => {
  const types = ['One', 'Two'].map((name) => ({ ...newType('pool:floor'), name }));
  const sent = { ...base(), ticketTypes: types };
  const saved = structuredClone(sent);
  for (const [i, type] of saved.ticketTypes.entries())
    Object.assign(type, { row: `tty_${i}`, id: `tty_${i}` });
  const { values, form } = formOf({ ...base(), ticketTypes: structuredClone(types).reverse() });
  takeIds(form, sent, saved);
  expect(values.ticketTypes.map(({ id, name }) => [id, name])).toEqual([
    ['tty_1', 'Two'],
    ['tty_0', 'One'],
  ]);
});

test('of a newer version only what differs is written, so that a list keeps its fields', () => {
  const next = base();
  next.title = 'High Tide';
  next.venue.city = 'Bristol';
  Object.assign(next.ticketTypes[0] ?? {}, { price: '30' });
  const start = base();
  Object.assign(next.ticketTypes[0] ?? {}, { row: start.ticketTypes[0]?.row });
  const { values, written, form } = formOf(start);
  takeValues(form, next);
  expect(written.sort()).toEqual(['ticketTypes.0.price', 'title', 'venue.city']);
  expect(values).toEqual(next);
  // A list with another entry is replaced as a whole.
  const longer = { ...next, ticketTypes: [...next.ticketTypes, newType('pool:floor')] };
  const other = formOf(values);
  takeValues(other.form, longer);
  expect(other.written).toEqual(['ticketTypes']);
});
