import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Draft, emptyDraft, newPool, newType } from './draft.ts';
import { noTax } from './price-draft.ts';
import { afterOwnSave, rebase } from './rebase.ts';
import { fieldFor, labelOf } from './say-change.ts';
import { newStep, newTerms } from './type-terms-draft.ts';

const base = (): Draft => ({
  ...emptyDraft('Europe/Berlin', 'Floor', 'Regular'),
  title: 'Low Tide',
  ticketTypes: [
    {
      row: 'tty_1',
      id: 'tty_1',
      name: 'Regular',
      description: '',
      doorNote: '',
      shown: 'all',
      price: '25',
      ...noTax,
      ...newTerms,
      source: 'pool:floor',
    },
    {
      row: 'tty_2',
      id: 'tty_2',
      name: 'Reduced',
      description: '',
      doorNote: '',
      shown: 'all',
      price: '9',
      ...noTax,
      ...newTerms,
      source: 'pool:floor',
    },
  ],
});
const edited = (edit: (draft: Draft) => void): Draft => {
  const draft = structuredClone(base());
  edit(draft);
  return draft;
};
const type = (draft: Draft, at: number) => draft.ticketTypes[at] ?? expect.fail('no such ticket type');

test('two people who changed different fields lose nothing, and each change of the other is named', () => {
  const mine = edited((draft) => {
    draft.summary = 'Ebb and flow.';
    type(draft, 0).price = '30';
    draft.ticketTypes.push({ ...newType('pool:floor'), name: 'Mine' });
  });
  const theirs = edited((draft) => {
    draft.title = 'High Tide';
    draft.venue.city = 'Bristol';
    type(draft, 0).name = 'Full price';
    draft.ticketTypes.push({ ...newType('pool:floor'), row: 'tty_3', id: 'tty_3', name: 'Theirs' });
  });
  const { draft, changes } = rebase(base(), mine, theirs);
  expect(draft).toMatchObject({ title: 'High Tide', summary: 'Ebb and flow.', venue: { city: 'Bristol' } });
  expect(draft.ticketTypes.map(({ name, price }) => [name, price])).toEqual([
    ['Full price', '30'],
    ['Reduced', '9'],
    ['Theirs', ''],
    ['Mine', ''],
  ]);
  expect(changes).toEqual([
    { path: ['title'], was: 'Low Tide', now: 'High Tide', mineToo: false },
    { path: ['venue', 'city'], was: '', now: 'Bristol', mineToo: false },
    { path: ['ticketTypes', 'tty_1', 'name'], was: 'Regular', now: 'Full price', mineToo: false },
    {
      path: ['ticketTypes', 'tty_3'],
      was: undefined,
      now: expect.objectContaining({ name: 'Theirs' }),
      mineToo: false,
    },
  ]);
});

test('a field that both changed stays as typed, and says so', () => {
  const mine = edited((draft) => {
    draft.title = 'Spring Tide';
    draft.ticketTypes.splice(1, 1);
  });
  const theirs = edited((draft) => {
    draft.title = 'High Tide';
    type(draft, 1).price = '8';
  });
  const { draft, changes } = rebase(base(), mine, theirs);
  expect(draft.title).toBe('Spring Tide');
  expect(draft.ticketTypes.map(({ name }) => name)).toEqual(['Regular']);
  expect(changes.map(({ path, mineToo }) => [path.join('.'), mineToo])).toEqual([
    ['title', true],
    ['ticketTypes.tty_2', true],
  ]);
});

test('an entry that somebody else removed stays only if the person changed it, and then as a new one', () => {
  const mine = edited((draft) => {
    type(draft, 0).price = '30';
  });
  const theirs = edited((draft) => {
    draft.ticketTypes = [];
  });
  const { draft, changes } = rebase(base(), mine, theirs);
  expect(draft.ticketTypes).toMatchObject([{ name: 'Regular', price: '30', id: undefined }]);
  expect(changes.map(({ path, now, mineToo }) => [path[1], now, mineToo])).toEqual([
    ['tty_1', undefined, true],
    ['tty_2', undefined, false],
  ]);
});

test('whatever two people change, a field that only one of them changed has that one’s value', () => {
  const fields = ['title', 'summary', 'startsAt', 'holdMinutes', 'coverUrl'] as const;
  const edits = fc.dictionary(fc.constantFrom(...fields), fc.string({ minLength: 1 }));
  fc.assert(
    fc.property(edits, edits, (mine, theirs) => {
      const { draft, changes } = rebase(base(), { ...base(), ...mine }, { ...base(), ...theirs });
      for (const field of fields) {
        expect(draft[field]).toBe(mine[field] ?? theirs[field] ?? base()[field]);
        const told = changes.find(({ path }) => path[0] === field);
        expect(told !== undefined).toBe(field in theirs && theirs[field] !== (mine[field] ?? base()[field]));
        if (told) expect(told.mineToo).toBe(field in mine && mine[field] !== base()[field]);
      }
    }),
  );
});

test('two who add a pool at the same time add two pools', () => {
  const [mine, theirs] = ['Mine', 'Theirs'].map((name) =>
    edited((draft) => void draft.pools.push({ ...newPool(), name })),
  );
  const { draft } = rebase(base(), mine as Draft, theirs as Draft);
  expect(draft.pools.map(({ name }) => name)).toEqual(['Floor', 'Theirs', 'Mine']);
});

test('what is typed while the own save is on its way stays, and a new ticket type is not added twice', () => {
  const added = { ...newType('pool:floor'), name: 'Balcony', price: '12,5' };
  const sent = edited((draft) => void draft.ticketTypes.push(added));
  const mine = structuredClone(sent);
  mine.title = 'Typed meanwhile';
  type(mine, 2).description = 'Also meanwhile';
  const saved = edited(
    (draft) => void draft.ticketTypes.push({ ...added, row: 'tty_3', id: 'tty_3', price: '12.50' }),
  );
  expect(afterOwnSave(sent, sent, saved)).toBe(saved);
  const after = afterOwnSave(sent, mine, saved);
  expect(after.title).toBe('Typed meanwhile');
  expect(after.ticketTypes.slice(2)).toEqual([
    { ...added, row: 'tty_3', id: 'tty_3', price: '12.50', description: 'Also meanwhile' },
  ]);
});

const stepAt = (draft: Draft, at: number) => type(draft, 0).priceSteps[at] ?? expect.fail('no such step');
const step = (row: string, price: string) => ({ ...newStep(), row, name: row, price, places: '5' });

test('two people who edit the price steps of one ticket type lose none, and a step that both changed is named', () => {
  const start = edited((draft) => {
    type(draft, 0).priceKind = 'steps';
    type(draft, 0).priceSteps = [step('stp_1', '10'), step('stp_2', '15')];
  });
  const mine = structuredClone(start);
  const theirs = structuredClone(start);
  stepAt(mine, 0).price = '11';
  type(mine, 0).priceSteps.push(step('mine', '20'));
  stepAt(theirs, 0).price = '12';
  stepAt(theirs, 1).places = '7';
  const { draft, changes } = rebase(start, mine, theirs);
  expect(type(draft, 0).priceSteps.map(({ row, price, places }) => [row, price, places])).toEqual([
    ['stp_1', '11', '5'],
    ['stp_2', '15', '7'],
    ['mine', '20', '5'],
  ]);
  const conflict = changes.find(({ mineToo }) => mineToo);
  expect(conflict).toMatchObject({
    path: ['ticketTypes', 'tty_1', 'priceSteps', 'stp_1', 'price'],
    now: '12',
  });
  expect(fieldFor(conflict?.path ?? [], draft)).toBe('ticketTypes.0.priceSteps.0.price');
  expect(labelOf(conflict?.path ?? [], draft, undefined)).toContain('Regular');
});

test('a new price step gets its id from the save that added it, and keeps what was typed meanwhile', () => {
  const sent = edited((draft) => {
    type(draft, 0).priceKind = 'steps';
    type(draft, 0).priceSteps = [step('new', '10')];
  });
  const saved = structuredClone(sent);
  Object.assign(stepAt(saved, 0), { row: 'stp_9', id: 'stp_9' });
  const mine = structuredClone(sent);
  stepAt(mine, 0).price = '12';
  expect(type(afterOwnSave(sent, mine, saved), 0).priceSteps).toMatchObject([
    { row: 'stp_9', id: 'stp_9', price: '12' },
  ]);
});
