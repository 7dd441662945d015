import { expect, test } from 'vitest';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();

test('a stranger can look at every public page, and each says what it is', async () => {
  const stranger = await house.person();
  const pages: [path: string, heading: string][] = [
    ['/', 'What’s on'],
    ['/?category=theatre', 'What’s on'],
    ['/e/night-shift', 'Night Shift'],
    ['/orders', 'Sign in to see this'],
    ['/account', 'Sign in to see this'],
    ['/organise', 'Sign in to see this'],
    ['/door', 'Sign in to see this'],
    ['/sign-in', 'Sign in'],
    ['/sign-up', 'Open an account'],
    ['/forgot-password', 'Forgot your password?'],
    ['/reset-password', 'Choose a new password'],
    ['/mailbox', 'Mailbox'],
    ['/nowhere', 'This page isn’t here'],
    ['/api/docs', 'Admit'],
  ];
  stranger.expects({ status: 404, path: '/nowhere' });
  for (const [path, heading] of pages) {
    await stranger.open(path);
    await stranger.sees('heading', heading);
    expect(await stranger.page.title(), path).toMatch(/Admit/);
  }
});

test('what is not there is said, and the rest of the page still works', async () => {
  const stranger = await house.person();
  stranger.expects({ status: 404, path: '/e/no-such-event' });
  stranger.expects({ status: 404, path: '/api/events/no-such-event' });
  await stranger.open('/e/no-such-event');
  await stranger.sees('heading', 'This page isn’t here');
  await stranger.follow('See what’s on');
  await stranger.sees('heading', 'What’s on');
});
