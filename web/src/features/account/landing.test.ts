import { expect, test } from 'vitest';
import { nextFrom } from '../shell/next-page.ts';
import { landingOf } from './landing.ts';

const person = (...roles: ('owner' | 'manager' | 'door')[]) => ({
  isGuest: false,
  role: 'user' as const,
  organisations: roles.map((role, n) => ({ id: `org_${n}` as const, name: 'House', role, events: null })),
});

test('organisers land at their events, door staff at the door, buyers at their tickets', () => {
  expect(landingOf(person('owner'))).toBe('/organise');
  expect(landingOf(person('door', 'manager'))).toBe('/organise');
  expect(landingOf(person('door'))).toBe('/door');
  expect(landingOf(person())).toBe('/orders');
  expect(landingOf({ ...person(), role: 'organizer' })).toBe('/organise');
  expect(landingOf(null)).toBe('/orders');
});

test('whoever was on a page lands there again; the front page counts as a page only for buyers', () => {
  for (const me of [person(), person('door'), person('owner')])
    expect(landingOf(me, '/e/night-shift?day=1')).toBe('/e/night-shift?day=1');
  expect(landingOf(person(), '/')).toBe('/');
  expect(landingOf(person('door'), '/')).toBe('/door');
  expect(landingOf(person('manager'), '/')).toBe('/organise');
  // A search is a page of its own.
  expect(landingOf(person('manager'), '/?q=jazz')).toBe('/?q=jazz');
});

test('the link to the sign-in names its page, and passes on the page before on pages about signing in', () => {
  expect(nextFrom({ pathname: '/e/x', href: '/e/x#tickets', search: {} })).toBe('/e/x#tickets');
  expect(nextFrom({ pathname: '/sign-in', href: '/sign-in?next=%2Fe%2Fx', search: { next: '/e/x' } })).toBe(
    '/e/x',
  );
  expect(nextFrom({ pathname: '/sign-up', href: '/sign-up', search: {} })).toBeUndefined();
});
