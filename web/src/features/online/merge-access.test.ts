import { expect, test } from 'vitest';
import { bodyOf, mergeAccess, type TypedAccess, typedAfterSave, typedOf } from './merge-access.ts';

const base: TypedAccess = { attendance: 'online', url: 'https://video.example.com/dead', note: 'Code: 1' };

test('a new link of a colleague stays when this person has corrected the note alone', () => {
  const mine = { ...base, note: 'Code: 2' };
  const theirs = { ...base, url: 'https://video.example.com/new' };
  expect(mergeAccess(base, mine, theirs)).toEqual({
    typed: { ...base, url: 'https://video.example.com/new', note: 'Code: 2' },
    clashes: [],
    taken: ['url'],
  });
});

test('what both changed stays as typed and is named', () => {
  const mine = { ...base, url: 'https://video.example.com/mine' };
  const theirs: TypedAccess = {
    attendance: 'mixed',
    url: 'https://video.example.com/theirs',
    note: 'Code: 1',
  };
  expect(mergeAccess(base, mine, theirs)).toEqual({
    typed: { ...mine, attendance: 'mixed' },
    clashes: ['url'],
    taken: ['attendance'],
  });
});

test('the same change of both is none', () => {
  const both = { ...base, note: 'Code: 9' };
  expect(mergeAccess(base, both, { ...both })).toEqual({ typed: both, clashes: [], taken: [] });
});

test('after a save the form has what the server has, and what was typed meanwhile', () => {
  const stored = (sent: TypedAccess) => typedOf(bodyOf(sent));
  const inRoom: TypedAccess = { ...base, attendance: 'in-person' };
  // Nothing is unsaved then, so the page says so and a colleague's next link is no clash.
  expect(typedAfterSave(inRoom, inRoom, stored(inRoom))).toEqual({
    attendance: 'in-person',
    url: '',
    note: '',
  });
  const spaced = { ...base, url: ` ${base.url} `, note: 'Code: 1 ' };
  expect(typedAfterSave(spaced, spaced, stored(spaced))).toEqual(base);
  const since = { ...spaced, note: 'Code: 12' };
  expect(typedAfterSave(since, spaced, stored(spaced))).toEqual(since);
});
