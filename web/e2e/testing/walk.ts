import { vi } from 'vitest';
import type { Language } from '../../../contract/languages.ts';
import { demoPassword } from '../../../server/demo/accounts.ts';
import { failedJob, parkedMessage, unmatchedMoney } from '../../../server/testing/failed-work.ts';
import type { paths } from '../../src/paths.ts';
import { signIn } from './accounts.ts';
import type { Person } from './browsers.ts';
import { cards, giveDetails, newBuyer, payWith, seesTickets } from './buying.ts';
import { wordsIn } from './catalogues.ts';
import { isRefused, lookUp } from './door.ts';
import type { House } from './house.ts';
import { changeLongEvent, makeLongEvent, typeOtherValues } from './long-words.ts';
import { offerTicket } from './offer-ticket.ts';
import { makeQueues } from './queues.ts';
import { seatPlanStops } from './seat-plan-stops.ts';
import { clicks, desk, next, opens, type Stop, type Things, type Walkers } from './stop.ts';
import { integrationStops } from './walk-integrations.ts';
import { moderationStops } from './walk-moderation.ts';

let buyers = 0;
const night = '/e/night-shift';
const play = '/e/the-cartographer-s-daughter';
const longName = '/e/an-evening-of-unreasonably-detailed-lectures-on-bridges-lighthouses-and-other-th';
/** Every page of the app by its name in paths.ts, so that a new page without a stop does not compile. */
export const stops: Record<keyof typeof paths | 'noPage', Record<string, Stop>> = {
  explore: {
    everything: opens('stranger', '/'),
    'with every filter': opens('stranger', '/?from=2027-01-01&near=52.52,13.4&category=music&q=night'),
    'nothing found': opens('stranger', '/?q=zzzzzz&city=Berlin&category=theatre'),
  },
  organiser: { events: opens('stranger', ({ organiserPath }) => organiserPath) },
  series: { dates: opens('stranger', '/o/aldwater-theatre/the-cartographer-s-daughter') },
  event: {
    'general admission': opens('stranger', night),
    chosen: next('stranger', ({ press }, { buy }) => press(`${buy.more}: Regular`)),
    'with a code': next('stranger', ({ press }, { buy }) => press(buy.haveCode)),
    'with extras': opens('stranger', '/e/antigone-at-dusk'),
    'numbered seats': opens('stranger', play),
    'a long name': opens('stranger', longName),
  },
  seats: {
    map: opens('stranger', `${play}/seats`),
    list: next('stranger', async (person, { seats }) => {
      await person.press(seats.asList);
      await person.page.locator('main button[aria-expanded=false]').first().click();
    }),
    chosen: next('stranger', async ({ page }) => {
      const free = page.locator('main [role=group] button[aria-pressed=false]:enabled[aria-label*=","]');
      for (let i = 0; i < 3; i++) await free.nth(i * 2).click();
    }),
    filtered: next('stranger', ({ press }, { seats }) => press(seats['filter.accessible'])),
  },
  queue: {
    'to join': opens('stranger', ({ queues }) => `${queues.drawn}/queue`),
    'in line': next('stranger', async ({ press, sees }, { queue }) => {
      await press(queue.join);
      await sees('button', queue.leave);
    }),
  },
  code: { 'to enter': opens('stranger', ({ queues }) => `${queues.drawn}/code`) },
  queueDraw: { checked: opens('stranger', ({ queues }) => `${queues.drawn}/queue/draw`) },
  offer: {
    over: async ({ stranger }) => {
      stranger.expects({ status: 404, path: '/openings' });
      await stranger.open('/offers/wle_00000000000000000000000000');
      return stranger;
    },
  },
  checkout: {
    details: async (walkers) => {
      const { stranger, words } = walkers;
      await stranger.open(night);
      await stranger.press(`${words.buy.more}: Regular`);
      await stranger.page.locator('#tickets button.bg-accent:visible').click();
      await stranger.sees('heading', words.checkout.checkout);
      return stranger;
    },
    'what is wrong, and a promo code': next('stranger', async (person, { checkout, promo }) => {
      await person.press(checkout.toPayment);
      await person.page.locator('[aria-invalid=true]').first().waitFor();
      await person.press(promo.haveOne);
    }),
    payment: next('stranger', async (person, { checkout }) => {
      await person.fill(checkout.name, 'Bartholomäus Featherstonehaugh-Cholmondeley');
      // A separate address, because orders per address and event are limited.
      const email = `bartholomaeus.featherstonehaugh-cholmondeley-${++buyers}@example.org`;
      await person.fill(checkout.email, email);
      await person.press(checkout.toPayment);
      await person.page.getByLabel(checkout.card, { exact: true }).waitFor();
    }),
    declined: next('stranger', async (person, { checkout }) => {
      await person.fill(checkout.card, cards.declined);
      await person.page.locator('main form button[type=submit]').click();
      await person.sees('alert');
    }),
    secure: next('stranger', async (person, { checkout }) => {
      await person.fill(checkout.card, cards.secure);
      await person.page.locator('main form button[type=submit]').click();
      await person.sees('dialog', checkout.secureTitle);
    }),
  },
  sandboxPayment: { open: opens('buyer', ({ checkoutUrl }) => checkoutUrl) },
  orders: {
    'with an order': opens('buyer', '/orders'),
    'signed out': opens('stranger', '/organise'),
  },
  order: {
    tickets: opens('buyer', ({ orderId }) => `/orders/${orderId}?paid=1`),
    'the code, large': next('buyer', ({ press }, { wallet }) => press(wallet.qrLarge)),
    cancelling: next('buyer', async (person, { wallet }) => {
      await person.press(wallet.close);
      await person.press(wallet.cancelTickets);
    }),
  },
  signIn: {
    empty: opens('stranger', '/sign-in'),
    refused: next('stranger', async (person, { account }) => {
      person.expects({ status: 401, path: '/sign-in/email' });
      await person.fill(account.email, 'nobody@example.org');
      await person.fill(account.password, 'not the password');
      await person.page.getByRole('main').getByRole('button', { name: account.signIn, exact: true }).click();
      await person.sees('alert');
    }),
  },
  signUp: {
    wrong: async ({ stranger, words }) => {
      await stranger.open('/sign-up');
      await stranger.press(words.account.signUp);
      return stranger;
    },
  },
  verify: {
    done: opens('stranger', '/verify'),
    failed: opens('stranger', '/verify?error=TOKEN_EXPIRED'),
  },
  forgotPassword: { form: opens('stranger', '/forgot-password') },
  resetPassword: {
    form: opens('stranger', '/reset-password?token=some'),
    'without a link': opens('stranger', '/reset-password'),
  },
  account: {
    guest: opens('buyer', '/account'),
    'with an account': opens('organiser', '/account'),
    'the second step': next('organiser', async (person, { account }) => {
      await person.press(account.secondStepOn);
      await person.page.locator('main form input[type=password]').last().waitFor();
      await person.page.getByLabel(account.password, { exact: true }).fill(demoPassword);
      await person.page.getByRole('button', { name: account.secondStepOn, exact: true }).last().click();
      await person.sees('img', account.qrCode);
    }),
    deleting: next('organiser', ({ press }, { account }) => press(account.deleteAccount)),
  },
  organise: { events: opens('organiser', ({ long }) => `/organise?org=${long.organisationId}`) },
  newEvent: {
    empty: opens('organiser', '/organise/new'),
    'with seats, a promo code, taxes, fees and what is wrong': next(
      'organiser',
      async (person, { organise }) => {
        await person.page.locator('select[name=seating]').selectOption('reserved');
        await person.page.locator('[name="ticketTypes.0.taxKind"]').selectOption('onTop');
        await person.page.locator('[name=feePaidBy]').selectOption('buyer');
        await person.page.locator('[name=feeTaxRate]').fill('a fifth');
        await person.press(organise.addPromoCode);
        await person.press(organise.addType);
        await person.press(organise.create);
        await person.page.locator('[aria-invalid=true]').first().waitFor();
      },
    ),
  },
  startEvent: { empty: opens('organiser', '/organise/start') },
  editEvent: {
    basics: opens('organiser', ({ long }) => `/organise/events/${long.eventId}/edit/basics`),
    when: opens('organiser', ({ long }) => `/organise/events/${long.eventId}/edit/when`),
    tickets: opens('organiser', ({ long }) => `/organise/events/${long.eventId}/edit/tickets`),
    terms: opens('organiser', ({ long }) => `/organise/events/${long.eventId}/edit/terms`),
    publish: opens('organiser', ({ long }) => `/organise/events/${long.eventId}/edit/publish`),
    'with a new link': next('organiser', async ({ press, sees }, { editor }) => {
      await press(editor.makeLink);
      await sees('button', editor.copyLink);
    }),
    'with the preview': next('organiser', ({ press }, { editor }) => press(editor.showPreview)),
  },
  preview: {
    'no link': async ({ stranger }) => {
      stranger.expects({ status: 404, path: '/api/preview-links/' });
      await stranger.open(`/preview/pvl_00000000000000000000000000#${'A'.repeat(43)}`);
      return stranger;
    },
  },
  team: {
    members: opens('organiser', ({ long }) => `/organise/team?org=${long.organisationId}`),
    'removing a member': next('organiser', async ({ page, sees }) => {
      await page.locator('main li button').first().click();
      await sees('dialog');
    }),
  },
  auditLog: { entries: opens('organiser', ({ long }) => `/organise/log?org=${long.organisationId}`) },
  soldOrders: {
    all: opens('organiser', '/organise/orders'),
    'nothing found': opens('organiser', '/organise/orders?q=zzzzzz'),
    filtered: opens('organiser', '/organise/orders?refunded=none&cols=event.tickets.tags.status.total'),
    'saving a list, and what is wrong': next('organiser', async ({ page }, { desk }) => {
      await page.getByRole('button', { name: desk.saveAsList, exact: true }).click();
      await page.getByRole('button', { name: desk.saveList, exact: true }).click();
      await page.locator('input[aria-invalid=true]').waitFor();
    }),
  },
  soldOrder: {
    'exchanging a ticket': opens(
      'organiser',
      ({ orderId, ticketId }) => `/organise/orders/${orderId}#exchange-${ticketId}`,
    ),
    order: opens('organiser', ({ orderId }) => `/organise/orders/${orderId}`),
    'refunding tickets, and what is wrong': next('organiser', async (person, { desk }) => {
      await person.page.getByLabel(desk.byTicket, { exact: true }).check();
      await person.page.locator('section[aria-labelledby=refund] button[type=submit]').click();
      await person.page.getByText(desk.pick, { exact: true }).waitFor();
    }),
    'refunding an amount': next('organiser', async (person, { desk }) => {
      await person.page.getByLabel(desk.byAmount, { exact: true }).check();
      await person.page.locator('section[aria-labelledby=refund] button[type=submit]').click();
      await person.page.locator('input[aria-invalid=true]').waitFor();
    }),
  },
  books: { entries: opens('organiser', '/organise/books') },
  payouts: { 'all that is owed': opens('organiser', '/organise/payouts') },
  ...integrationStops,
  orderReviews: { 'all that wait': opens('organiser', '/organise/order-reviews') },
  teamFigures: { everything: opens('organiser', '/organise/figures') },
  eventFigures: {
    'a long name': async ({ organiser, things }) => {
      await organiser.open(`/organise/events/${things.long.eventId}/figures`);
      // The seat plan and its table load after the page.
      await organiser.page.locator('main canvas').waitFor();
      return organiser;
    },
  },
  ticket: {
    // A page of its own, for tickets that others passed on. It shows a ticket that one has bought as well.
    'one of an order': opens('buyer', ({ ticketId }) => `/tickets/${ticketId}`),
  },
  transfer: {
    'a link that does not work': opens('stranger', '/t/none'),
    'an offer': opens('stranger', ({ offerPath }) => offerPath),
  },
  invitation: { 'not signed in': opens('stranger', '/invitations/none') },
  eventMessages: { all: desk('messages') },
  writeToAttendees: { empty: desk('messages/new') },
  eventBlocks: { empty: desk('blocks') },
  eventCodes: { empty: desk('codes'), made: clicks('form [type=submit]'), one: clicks('li button + button') },
  eventComplimentary: { empty: desk('complimentary') },
  ...seatPlanStops,
  ...moderationStops,
  eventQuestions: {
    empty: desk('questions'),
    added: next('organiser', ({ press }, { questions }) => press(questions.addQuestion)),
    answers: desk('questions#answers'),
  },
  eventOnline: { empty: desk('online') },
  eventRepeat: { weekly: desk('repeat') },
  eventPass: { 'not made': desk('pass') },
  eventDoorSales: { empty: desk('door-sales') },
  eventDoor: {
    empty: desk('door'),
    'new rules, and what is wrong': async (walkers) => {
      const { organiser, things, words } = walkers;
      const texts = words['door-desk'];
      await organiser.open(`/organise/events/${things.long.eventId}/door#rules`);
      for (const kind of ['entrance', 'zone', 'handout'] as const)
        await organiser.press(texts[`addPlace.${kind}`]);
      await organiser.page.getByLabel(texts.allTypes).first().uncheck();
      await organiser.press(texts.saveRules);
      await organiser.page.locator('[aria-invalid=true]').first().waitFor();
      return organiser;
    },
    live: opens('organiser', ({ eventId }) => `/organise/events/${eventId}/door#live`),
    'finding a guest': opens('organiser', ({ eventId }) => `/organise/events/${eventId}/door#find`),
    'every scan of a ticket': opens(
      'organiser',
      ({ eventId, ticketId }) => `/organise/events/${eventId}/door#ticket-${ticketId}`,
    ),
  },
  scheduledExports: {
    empty: desk('exports'),
    form: next('organiser', ({ press }, words) => press(words.schedules.add)),
  },
  eventQueue: { paused: opens('organiser', ({ queues }) => queues.desk) },
  eventWaitlist: { empty: desk('waitlist') },
  managedEvent: {
    open: opens('organiser', ({ long }) => `/organise/events/${long.eventId}`),
    'changed by somebody else': async ({ organiser, things, words }) => {
      await changeLongEvent(organiser.context.request, things.long.eventId, words.organise.title);
      organiser.expects({ status: 412, path: '/api/events/' });
      await typeOtherValues(organiser.page);
      await organiser.press(words.organise.addSection);
      await organiser.press(words.organise.save);
      await organiser.page.getByText(words.organise.conflictMine).waitFor();
      return organiser;
    },
  },
  door: { events: opens('organiser', '/door') },
  doorScan: {
    ready: opens('organiser', ({ eventId }) => `/door/${eventId}`),
    refused: next('organiser', (person, { door }) => isRefused(person, door)),
    'looking for a ticket': next('organiser', (person, { door }) => lookUp(person, door, 'an')),
  },
  doorGuide: { open: opens('stranger', '/door/guide') },
  doorLink: { 'without a link': opens('stranger', '/door/link') },
  doorLinkScan: { unknown: opens('stranger', '/door/link/evt_00000000000000000000000000') },
  mailbox: { messages: opens('buyer', '/mailbox') },
  message: { tickets: opens('buyer', ({ messageId }) => `/mailbox/${messageId}`) },
  noPage: {
    unknown: async ({ stranger }) => {
      stranger.expects({ status: 404, path: '/nowhere' });
      await stranger.open('/nowhere');
      return stranger;
    },
  },
};

const waiting = { timeout: 30_000, interval: 200 };

/** Makes what the pages show, once for all walks: an order with its mail, a pending payment, an event to run. */
export async function makeThings(house: House): Promise<Things> {
  const buyer = await house.person({ phone: true });
  await holdTwo(buyer);
  await giveDetails(buyer, newBuyer('Wilhelmina Featherstonehaugh-Cholmondeley'));
  await payWith(buyer, cards.good);
  const orderId = await seesTickets(buyer, 2);
  const { request } = buyer.context;
  const messageId = await vi.waitFor(async () => {
    const { items } = await (await request.get('/api/mailbox')).json();
    return items[0].id;
  }, waiting);
  const { tickets } = await (await request.get(`/api/orders/${orderId}`)).json();
  const offerPath = await offerTicket(buyer, tickets[1].id, house);
  await holdTwo(buyer);
  const holdId = new URL(buyer.page.url()).pathname.split('/').pop();
  const placed = await request.post('/api/orders', {
    data: { holdId, buyer: newBuyer(), returnUrl: `${house.url}/orders` },
    headers: { origin: house.url },
  });
  const { payment } = await placed.json();
  // The organiser is an admin of the platform too, and so can open its pages.
  await house.app.db.run(`update users set role = 'admin' where email = 'organiser@example.com'`);
  const organiser = await house.person({ phone: true });
  await organiser.open('/sign-in');
  await signIn(organiser, 'organiser@example.com');
  const event = await (await request.get('/api/events/night-shift')).json();
  await Promise.all([unmatchedMoney(house), failedJob(house), parkedMessage(house, event.id)]);
  return {
    buyer: await buyer.context.storageState(),
    organiser: await organiser.context.storageState(),
    orderId,
    ticketId: tickets[0].id,
    offerPath,
    messageId,
    eventId: event.id,
    long: await makeLongEvent(organiser.context.request, house.url),
    organiserPath: `/o/${event.organisation.slug}`,
    queues: await makeQueues(house),
    checkoutUrl: payment.checkoutUrl,
  };
}

/** The people of one walk: the same accounts, at windows in this language. */
export async function setOut(house: House, things: Things, language: Language): Promise<Walkers> {
  const window = { narrow: true, locale: language };
  const [stranger, buyer, organiser] = await Promise.all([
    house.person(window),
    house.person({ ...window, signedInAs: things.buyer }),
    house.person({ ...window, signedInAs: things.organiser }),
  ]);
  return { words: await wordsIn(language), things, stranger, buyer, organiser };
}

async function holdTwo(person: Person): Promise<void> {
  await person.open(night);
  for (let i = 0; i < 2; i++) await person.press('More: Regular');
  await person.press('Continue with 2 tickets');
  await person.sees('heading', 'Checkout');
}
