import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Source } from '../../../contract/source.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../data/db.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import { countryOfZone } from './country-of-zone.ts';
import { insertVisits, type StoredOrigin } from './visits-store.ts';

type VisitKind = 'view' | 'click' | 'check-in';

/** The pause between two writes. One statement writes everything that happened meanwhile. */
const gapMs = 1000;
/** Maximum number of visits in memory. More are dropped and counted: a page never waits for its figures. */
const mostWaiting = 20_000;
/** Anybody can invent links. More different links of one event than this count as `other`. */
const mostLinks = 200;
const mostEvents = 10_000;

export interface Visit extends StoredOrigin {
  eventId: EventId;
  at: Date;
  kind: VisitKind;
}

export interface OrderSource extends StoredOrigin {
  eventId: EventId;
  orderId: OrderId;
}

/** Collects views, clicks, check-ins and the origins of orders in memory, and writes them every second. */
export interface Visits {
  note(eventId: EventId, kind: VisitKind, source: Source, at?: Date): void;
  noteOrder(eventId: EventId, orderId: OrderId, source: Source): void;
  /** Writes what was collected. */
  flush(): Promise<void>;
}

interface Parts {
  db: Db;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'visitsDropped'>;
  /** Counts orders whose origin was written after they were counted. */
  recount(orders: OrderSource[]): Promise<void>;
}

export function createVisits({ db, clock, log, metrics, recount }: Parts): Visits {
  let visits: Visit[] = [];
  let orders: OrderSource[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const links = new Map<EventId, Set<string>>();

  function originOf(eventId: EventId, { link = '', device, timeZone }: Source): StoredOrigin {
    return {
      link: boundedLink(eventId, link),
      device: device ?? '',
      country: timeZone ? countryOfZone(timeZone) : '',
    };
  }

  function boundedLink(eventId: EventId, link: string): string {
    if (link === '') return link;
    if (links.size >= mostEvents) links.clear();
    let known = links.get(eventId);
    if (!known) {
      known = new Set();
      links.set(eventId, known);
    }
    if (!known.has(link) && known.size >= mostLinks) return 'other';
    known.add(link);
    return link;
  }

  function isFull(): boolean {
    if (visits.length + orders.length < mostWaiting) return false;
    metrics.visitsDropped.inc();
    return true;
  }

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const [someVisits, someOrders] = [visits, orders];
    visits = [];
    orders = [];
    if (someVisits.length + someOrders.length > 0)
      writing = writing.then(async () => {
        try {
          await insertVisits(db, someVisits, someOrders);
          await recount(someOrders);
        } catch (error) {
          metrics.visitsDropped.inc(someVisits.length + someOrders.length);
          log.debug({ err: error }, 'a second of visits was lost');
        }
      });
    return writing;
  }

  const writeSoon = () => {
    timer ??= setTimeout(() => void write(), gapMs).unref();
  };

  return {
    note(eventId, kind, source, at = clock.now()) {
      if (isFull()) return;
      visits.push({ eventId, at, kind, ...originOf(eventId, source) });
      writeSoon();
    },
    noteOrder(eventId, orderId, source) {
      if (isFull()) return;
      orders.push({ eventId, orderId, ...originOf(eventId, source) });
      writeSoon();
    },
    flush: write,
  };
}
