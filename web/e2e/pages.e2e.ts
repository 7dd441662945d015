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

test('while the box office is away the page says so, and comes back by itself', async () => {
  const stranger = await house.person({ phone: true });
  const away = JSON.stringify({ code: 'unavailable', title: 'Away', status: 503, retryable: true });
  await stranger.page.route('**/api/events/night-shift', (route) => {
    stranger.expects({ status: 503, path: '/api/events/night-shift' });
    return route.fulfill({ status: 503, contentType: 'application/problem+json', body: away });
  });
  await stranger.open('/e/night-shift');
  await stranger.sees('heading', 'Back in a moment');
  await stranger.page.unroute('**/api/events/night-shift');
  await stranger.sees('heading', 'Night Shift');
});

test('without a connection the app says so, and goes on once it is back', async () => {
  const stranger = await house.person();
  await stranger.open('/');
  await stranger.sees('link', /Night Shift/);
  await stranger.context.setOffline(true);
  await stranger.follow(/Night Shift/);
  await stranger.sees('heading', 'No connection');
  await stranger.sees('button', 'Try again');
  await stranger.context.setOffline(false);
  await stranger.sees('heading', 'Night Shift');
});
