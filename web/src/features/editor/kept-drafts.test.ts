import { beforeEach, expect, test, vi } from 'vitest';
import { type Draft, emptyDraft } from '../organise/draft.ts';
import { forgetDrafts, keepDraft, keptDrafts, takeOver } from './kept-drafts.ts';
import { restoreDrafts } from './restore-drafts.ts';

const start: Draft = { ...emptyDraft('Europe/Berlin', 'Floor', 'Regular'), title: 'Low Tide' };
const base = (): Draft => structuredClone(start);
const typed = (more: Partial<Draft>) => ({ base: base(), mine: { ...base(), ...more } });
const place = (tab: string, userId = 'usr_a') => ({ userId, eventId: 'evt_1', tab });

/** The memory of a device, whose keys are its own properties, as in a browser. */
class Memory {
  [name: string]: unknown;
}
const methods = {
  getItem(this: Memory, name: string) {
    return (Object.hasOwn(this, name) ? this[name] : null) as string | null;
  },
  setItem(this: Memory, name: string, value: string) {
    this[name] = value;
  },
  removeItem(this: Memory, name: string) {
    delete this[name];
  },
};

beforeEach(() => {
  vi.stubGlobal('localStorage', Object.setPrototypeOf(new Memory(), methods));
  return () => vi.unstubAllGlobals();
});

test('a tab that has saved everything leaves what another tab still holds', () => {
  keepDraft(place('one'), typed({ summary: 'Held back in tab one' }));
  keepDraft(place('two'), typed({ title: 'High Tide' }));
  keepDraft(place('two'), null);
  expect(keptDrafts(place('three')).map(({ mine }) => mine.summary)).toEqual(['Held back in tab one']);
});

test('the next page of this person has what all tabs kept, under its own name, and asks about what two typed', () => {
  keepDraft(place('one'), typed({ summary: 'Ebb.', title: 'High Tide' }));
  keepDraft(place('two'), typed({ description: 'Long.', title: 'Spring Tide' }));
  const restored = restoreDrafts(keptDrafts(place('three')), { ...base(), coverAlt: 'A boat' });
  expect(restored?.draft).toMatchObject({
    summary: 'Ebb.',
    description: 'Long.',
    title: 'Spring Tide',
    coverAlt: 'A boat',
  });
  const asked = restored?.changes.filter(({ mineToo }) => mineToo).map(({ path, now }) => [path, now]);
  expect(asked).toEqual([[['title'], 'High Tide']]);
  // The text of the other tab is nobody else's change.
  expect(restored?.changes.map(({ path }) => path[0])).toEqual(['coverAlt', 'title']);
  if (restored) takeOver(place('three'), { base: base(), mine: restored.draft });
  expect(keptDrafts(place('three')).map(({ mine }) => mine)).toEqual([restored?.draft]);
  expect(restoreDrafts([], base())).toBeNull();
});

test('another person on this device finds nothing, and the sign-out erases all tabs', () => {
  keepDraft(place('one'), typed({ summary: 'Mine' }));
  expect(keptDrafts(place('one', 'usr_b'))).toEqual([]);
  keepDraft(place('one'), typed({ summary: 'Mine' }));
  keepDraft(place('two'), typed({ summary: 'Mine too' }));
  forgetDrafts();
  expect(Object.keys(localStorage)).toEqual([]);
});
