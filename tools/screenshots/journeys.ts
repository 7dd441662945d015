import { signIn } from '../../web/e2e/testing/accounts.ts';
import type { Person } from '../../web/e2e/testing/browsers.ts';
import { cards, codesOf, giveDetails, newBuyer, payWith, seesTickets } from '../../web/e2e/testing/buying.ts';
import { linkTo } from '../../web/e2e/testing/mailbox.ts';
import type { Visitor } from './camera.ts';

export interface Journey {
  /** The language of the browser; British English by default. */
  locale?: string;
  go(visitor: Visitor, world: World): Promise<void>;
}

interface World {
  /** A journey in the component gallery, which only Vite serves. */
  galleryUrl: string;
  /** Moves the server's clock forward. */
  advance(ms: number): void;
}

const night = 'Night Shift';
const play = 'The Cartographer’s Daughter';
const nightPath = '/e/night-shift';
const playPath = '/e/the-cartographer-s-daughter';

const longSlug = 'an-evening-of-unreasonably-detailed-lectures-on-bridges-lighthouses-and-other-th';

/** Every page, in the order of a visit. */
export const journeys: Record<string, Journey> = {
  finding: {
    async go({ person, shoot }) {
      await person.open('/');
      await person.sees('link', play);
      await shoot('explore');
      await person.open('/?q=nigth');
      await person.sees('link', night);
      await shoot('explore-search');
      await person.open('/?q=zzzzzz');
      await person.sees('heading', 'What’s on');
      await shoot('explore-nothing');
      await person.open(nightPath);
      await person.sees('heading', night);
      await shoot('event');
      await person.open(playPath);
      await person.sees('link', 'Choose seats');
      await shoot('event-seated');
      await person.open('/e/bring-your-own-fiddle');
      await person.sees('heading', 'Bring Your Own Fiddle');
      await shoot('event-without-cover');
      await person.open(`/e/${longSlug}`);
      await person.sees('heading', /Unreasonably Detailed/);
      await shoot('event-long-name');
    },
  },
  seats: {
    async go({ person, shoot }) {
      await person.open(`${playPath}/seats`);
      await person.sees('application');
      await shoot('seats-map', 'screen');
      await person.press('Find 2 seats');
      await person.sees('region', '2 seats');
      await shoot('seats-found', 'screen');
      await person.press(/^Continue · /);
      await person.sees('heading', 'Checkout');
      await person.page.goBack();
      await person.sees('application');
      await shoot('seats-held', 'screen');
      await person.open(`${playPath}/seats`);
      await person.press('List');
      await person.press(/^Circle/);
      await shoot('seats-list', 'screen');
      await person.open('/e/aurora-lines-the-glasshouse-tour/seats');
      await person.sees('application');
      await shoot('seats-arena', 'screen');
      await person.choose('Go to section', 'Floor');
      await person.sees('dialog', 'Floor');
      await shoot('seats-standing', 'screen');
    },
  },
  buying: {
    async go({ person, shoot }) {
      await chooseTwo(person);
      await shoot('event-chosen');
      await continueToCheckout(person);
      await shoot('checkout-details');
      await person.press('Continue to payment');
      await shoot('checkout-details-wrong');
      await person.press('Do you have a promo code?');
      await shoot('checkout-promo-asked');
      await person.fill('Promo code', 'WELCOME');
      await person.press('Redeem');
      await person.hears('status', 'WELCOME: you save');
      await shoot('checkout-promo');
      await giveDetails(person, newBuyer());
      await person.page.getByLabel('Card number').waitFor();
      await shoot('checkout-payment');
      await payWith(person, cards.declined);
      await person.sees('alert');
      await shoot('checkout-declined');
      await payWith(person, cards.secure);
      await person.page.waitForTimeout(2000);
      await shoot('checkout-secure', 'screen');
      await person.open(person.page.url());
      await person.page.getByLabel('Card number').waitFor();
      await payWith(person, cards.good);
      await seesTickets(person, 2);
      await shoot('order');
      await person.press('Show large');
      await shoot('ticket-large', 'screen');
      await person.press('Close');
      await person.press('Cancel the order');
      await shoot('order-cancel', 'screen');
      await person.open('/orders');
      await person.sees('heading', 'Coming up');
      await shoot('orders');
      await person.open('/mailbox');
      await person.sees('link', `Your tickets: ${night}`);
      await shoot('mailbox');
      await person.follow(`Your tickets: ${night}`);
      await person.sees('heading', `Your tickets: ${night}`);
      await shoot('mail');
      await person.open('/account');
      await person.sees('heading');
      await shoot('account-guest');
    },
  },
  offline: {
    async go({ person, shoot }) {
      await buy(person);
      await person.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
      await person.page.waitForTimeout(3000);
      await person.context.setOffline(true);
      await person.open('/orders');
      await person.page.getByText('You are offline').waitFor();
      await shoot('orders-offline');
      await person.open('/e/somewhere');
      await person.sees('heading', 'No connection');
      await shoot('offline');
    },
  },
  'order-links': {
    async go({ person, shoot }) {
      await person.open('/orders/ord_01K9ZC4V7R8W3T5XN2M6QHJDEF');
      await person.sees('heading', 'Open your order');
      await shoot('order-open');
      await person.fill('E-mail', 'ada@example.com');
      await person.press('Send me the link');
      await person.hears('status', 'ada@example.com');
      await shoot('order-open-sent');
      await person.open('/orders/ord_01K9ZC4V7R8W3T5XN2M6QHJDEF#aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
      await person.sees('heading', 'Open your order');
      await shoot('order-link-ended');
      await buy(person);
      await person.press('Correct the address or send again');
      await shoot('order-address', 'screen');
      await person.press('Send the tickets');
      await person.hears('status', /on their way/);
      await shoot('order-address-sent');
      await person.press('End the links in my mails');
      await shoot('order-links-end', 'screen');
      await person.page.getByRole('dialog').getByRole('button', { name: 'End the links' }).click();
      await person.hears('status', /A new link/);
      await shoot('order-links-ended');
    },
  },
  unpaid: {
    async go({ person, shoot }, { advance }) {
      await chooseTwo(person);
      await continueToCheckout(person);
      await giveDetails(person, newBuyer());
      await person.page.getByLabel('Card number').waitFor();
      await person.fill('Expires (MM/YY)', '10/20');
      await person.fill('Security code', '12');
      await payWith(person, '4242 4242 4242 4241');
      await shoot('checkout-card-faults');
      const holdId = new URL(person.page.url()).pathname.split('/').pop() ?? '';
      await person.open(`/orders/${holdId.replace('hld_', 'ord_')}`);
      await person.sees('heading', night);
      await shoot('order-pending');
      await person.press('Cancel the order');
      await shoot('order-pending-cancel', 'screen');
      await person.press('Keep the order');
      advance(30 * 60_000);
      await person.page.reload();
      await person.page.getByText('The time to pay ran out').waitFor();
      await shoot('order-expired');
    },
  },
  account: {
    async go({ person, shoot }) {
      await person.open('/orders');
      await person.sees('heading');
      await shoot('sign-in-first');
      await person.open('/sign-up');
      await person.sees('heading');
      await shoot('sign-up');
      await person.open('/forgot-password');
      await person.sees('heading');
      await shoot('forgot-password');
      await person.open('/reset-password?token=a-token');
      await person.sees('heading');
      await shoot('reset-password');
      await person.open('/verify?error=TOKEN_EXPIRED');
      await person.sees('heading');
      await shoot('verify-failed');
      await person.open('/sign-in');
      await person.fill('E-mail', 'buyer@example.com');
      await person.fill('Password', 'not this one');
      await person.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
      await person.sees('alert');
      await shoot('sign-in-wrong');
      await signIn(person, 'buyer@example.com');
      await person.open('/account');
      await person.sees('heading');
      await shoot('account');
      await person.open('/orders');
      await person.sees('heading');
      await shoot('orders-empty');
    },
  },
  organising: {
    async go({ person, shoot }) {
      await person.open('/sign-in');
      await signIn(person, 'organiser@example.com');
      await person.open('/organise');
      await person.sees('link', 'New event');
      await shoot('organise');
      await person.follow('New event');
      await person.sees('heading');
      await shoot('organise-new');
      await person.open('/organise/team');
      await person.sees('heading');
      await shoot('organise-team');
      await person.open(`/organise/events/${await eventId(person, 'night-shift')}`);
      await person.sees('heading', night);
      await shoot('organise-event');
    },
  },
  inviting: {
    async go({ person, shoot }) {
      const { name, email } = newBuyer();
      await person.open('/sign-in');
      await signIn(person, 'organiser@example.com');
      await person.open('/organise/team');
      await person.fill('E-mail', email);
      await person.choose('Role', 'Manager');
      await person.press('Invite');
      await person.hears('status', 'We sent an invitation');
      await shoot('organise-team-invited');
      const site = new URL(person.page.url()).origin;
      await person.context.clearCookies();
      await person.open(await linkTo(site, email, /https?:\S+\/invitations\/\S+/));
      await person.sees('heading', /invites you to the team of/);
      await shoot('invitation-signed-out');
      await person.follow('Open an account');
      await person.fill('Name', name);
      await person.fill('E-mail', email);
      await person.fill('Password', 'correct-horse-battery');
      await person.press('Open an account');
      await person.page.getByText('Confirm first').waitFor();
      await shoot('invitation-confirm-first');
      // The link in the mail that confirms the address, opened where nobody is signed in.
      const confirmation = await linkTo(site, email, /https?:\S+\/verify-email\S+/);
      await person.context.clearCookies();
      await person.open(confirmation);
      await person.sees('heading', 'Confirm your address');
      await shoot('verify-claim');
      await person.fill('New password', 'correct-horse-battery-2');
      await person.press('Take over the account');
      await person.sees('button', 'Accept');
      await shoot('invitation');
      await person.press('Accept');
      await person.sees('heading', 'You are on the team');
      await shoot('invitation-accepted');
      await person.open('/verify');
      await person.sees('heading', 'Your address is confirmed');
      await shoot('verify-done');
    },
  },
  door: {
    async go({ person, shoot }) {
      const orderId = await buy(person);
      const [code = ''] = await codesOf(person, orderId);
      await person.context.clearCookies();
      await person.open('/sign-in');
      await signIn(person, 'door@example.com');
      await person.open('/door');
      await person.sees('heading', 'Which event are you at?');
      await shoot('door');
      await person.open(`/door/${await eventId(person, 'night-shift')}`);
      await person.sees('button', 'Check in');
      await shoot('door-ready', 'screen');
      for (const name of ['door-admitted', 'door-refused']) {
        await person.fill('Ticket code', code);
        await person.press('Check in');
        await person.hears('status', name === 'door-admitted' ? 'Admitted' : 'Refused');
        await shoot(name, 'screen');
      }
    },
  },
  trouble: {
    async go({ person, shoot }) {
      await person.open('/nowhere/at-all');
      await person.sees('heading');
      await shoot('not-found');
      await person.page.route('**/api/events/**', (route) =>
        route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          json: { code: 'internal', title: 'Something went wrong', status: 500, requestId: 'req-4711' },
        }),
      );
      await person.open(playPath);
      await person.sees('heading');
      await shoot('error');
    },
  },
  gallery: {
    async go({ person, shoot }, { galleryUrl }) {
      await person.open(galleryUrl);
      await person.sees('heading', 'Composed');
      await shoot('ui');
      await person.open(`${galleryUrl}?language=ar`);
      await person.sees('heading', 'Composed');
      await shoot('ui-ar');
    },
  },
  german: inLanguage('de'),
  arabic: inLanguage('ar'),
  /** Comes last, because it moves the clock forward. */
  expiry: {
    async go({ person, shoot }, { advance }) {
      await chooseTwo(person);
      await continueToCheckout(person);
      advance(11 * 60_000);
      await person.page.reload();
      await person.sees('button', 'Try for the same places again').catch(() => {});
      await shoot('checkout-expired');
    },
  },
};

/** The pages of a purchase. The script finds its way without any text of the language. */
function inLanguage(language: string): Journey {
  return {
    locale: language,
    async go({ person, shoot }) {
      const visit = async (path: string, name: string) => {
        await person.open(path);
        await person.page.locator('main h1').first().waitFor();
        await shoot(`${name}-${language}`);
      };
      await visit('/', 'explore');
      await visit(nightPath, 'event');
      await visit('/sign-in', 'sign-in');
      await person.open(`${playPath}/seats`);
      await person.page.getByRole('application').waitFor();
      await shoot(`seats-map-${language}`, 'screen');
      await person.open(nightPath);
      const more = person.page.locator('#tickets [role=group] button').last();
      await more.click();
      await person.page.locator('#tickets button.bg-accent:visible').click();
      await person.page.waitForURL((url) => url.pathname.startsWith('/checkout/'));
      await person.page.locator('main h1').first().waitFor();
      await shoot(`checkout-details-${language}`);
      await visit('/orders', 'orders');
    },
  };
}

async function chooseTwo(person: Person): Promise<void> {
  await person.open(nightPath);
  await person.press('More: Regular');
  await person.press('More: Regular');
}

async function continueToCheckout(person: Person): Promise<void> {
  await person.page.locator('#tickets button.bg-accent:visible').click();
  await person.sees('heading', 'Checkout');
}

/** Buys two places at Night Shift; returns the order's id. */
export async function buy(person: Person): Promise<string> {
  await chooseTwo(person);
  await continueToCheckout(person);
  await giveDetails(person, newBuyer());
  await payWith(person, cards.good);
  return seesTickets(person, 2);
}

async function eventId({ context }: Person, slug: string): Promise<string> {
  return (await (await context.request.get(`/api/events/${slug}`)).json()).id;
}
