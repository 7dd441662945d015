import type { Person, SignedIn } from './browsers.ts';
import type { Words } from './catalogues.ts';
import type { makeLongEvent } from './long-words.ts';

/** Three people at windows as narrow as a phone, who read one language. */
export interface Walkers {
  words: Words;
  things: Things;
  /** Has no account and has bought nothing. */
  stranger: Person;
  /** A guest with an order. */
  buyer: Person;
  organiser: Person;
}

/** What the pages of one thing show. */
export interface Things {
  buyer: SignedIn;
  organiser: SignedIn;
  orderId: string;
  ticketId: string;
  /** The path of the link in the mail that offers a ticket. */
  offerPath: string;
  messageId: string;
  eventId: string;
  /** An event of which every name is one long word. */
  long: Awaited<ReturnType<typeof makeLongEvent>>;
  organiserPath: string;
  queues: { drawn: string; paused: string; desk: string };
  checkoutUrl: string;
}

/** Goes to a page, or on from the last stop, and returns the person whose screen shows it. */
export type Stop = (walkers: Walkers) => Promise<Person>;

export const opens =
  (who: 'stranger' | 'buyer' | 'organiser', path: string | ((things: Things) => string)): Stop =>
  async (walkers) => {
    await walkers[who].open(typeof path === 'string' ? path : path(walkers.things));
    return walkers[who];
  };

/** A page of the long event's team. */
export const desk = (page: string): Stop =>
  opens('organiser', ({ long }) => `/organise/events/${long.eventId}/${page}`);

/** Does something on the last stop's page that changes what it shows. */
export const next =
  (who: 'stranger' | 'buyer' | 'organiser', act: (person: Person, words: Words) => Promise<unknown>): Stop =>
  async (walkers) => {
    await act(walkers[who], walkers.words);
    return walkers[who];
  };

/** The organiser clicks the first of these on the page that is open. */
export const clicks = (selector: string): Stop =>
  next('organiser', ({ page }) => page.locator(selector).first().click());
