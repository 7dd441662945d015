import type { QueryClient } from '@tanstack/react-query';
import { updateEvent } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { EventPatch, ManagedEvent } from '../../../../contract/events.ts';
import type { SeatLayout } from '../../../../contract/layout.ts';
import { call } from '../../api/call.ts';
import { nowMs } from '../../ui/clock.ts';
import { type Draft, draftOf } from '../organise/draft.ts';
import { managedEventQuery, seatLayoutQuery } from '../organise/queries.ts';
import { same } from '../organise/same.ts';
import type { useEventEdit } from '../organise/use-event-edit.ts';
import { keepDraft, thisTab } from './kept-drafts.ts';
import { settle } from './queries.ts';
import { sendableOf } from './sendable.ts';

export type SaveState =
  /** The server has everything; `at` is null before the first save of this visit. */
  | { kind: 'saved'; at: number | null }
  | { kind: 'typing' }
  | { kind: 'saving' }
  /** The rest is saved; something is incomplete, was refused, or waits for a choice. */
  | { kind: 'held' }
  /** The server can't be reached. It is tried again. */
  | { kind: 'waiting' }
  | { kind: 'failed'; error: Error };

type Offer = Pick<EventPatch, 'refundUntil'>;

/** What the saver knows of the editor, as it is now. */
interface Editor {
  edit: ReturnType<typeof useEventEdit>;
  /** False for an event that buyers see: it waits for a button. */
  savesItself: boolean;
}

/** Something that is typed can't be saved as it is: it is incomplete, was refused, or waits for a choice. */
export class NotSaved extends Error {
  readonly fields: (keyof Draft)[];
  constructor(fields: (keyof Draft)[]) {
    super(`not saved: ${fields.join(', ')}`);
    this.fields = fields;
  }
}

interface Saver {
  /** Sends what can be saved. Resolves when the server has answered. */
  save(offer?: Offer): Promise<void>;
  /**
   * Sends everything, also what was typed while another save is on its way. Throws NotSaved, or the failure of the last request, unless
   * the server then has all that is typed.
   */
  flush(): Promise<void>;
  /** Called after each key. */
  typed(): void;
  /** Looks again in a moment whether something is to be saved. */
  soon(): void;
  stop(): void;
}

/** After so long without a key, a draft is saved. */
const pauseMs = 800;
const soonMs = 30;
const firstRetryMs = 2_000;
const longestRetryMs = 30_000;
/** How often a flush saves again after a version of somebody else, or because the person types on. */
const mostFlushes = 5;

/**
 * Brings what is typed into the editor to the server, and keeps on this device what the server does not have yet. One request is on
 * its way at a time. It names the version that it is based on, so a change of somebody else is never overwritten unseen.
 */
export function createSaver(
  client: QueryClient,
  userId: string,
  now: () => Editor,
  tell: (next: (before: SaveState) => SaveState) => void,
): Saver {
  let flight: Promise<void> | null = null;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = firstRetryMs;
  let stopped = false;
  /** Values of fields of the event that the server refused. */
  const refused: Record<string, unknown> = {};
  /** The values at the last save and the version that it made. They are not sent twice. */
  let last: { draft: Draft; version: number } | null = null;
  /** The newest version that an answer named. The form moves onto it before anything else is sent. */
  let newest = 0;
  /** Why the last request did not save. */
  let failure: Error | null = null;

  const say = (state: SaveState) => tell(() => state);
  const isSaved = () => tell((before) => (before.kind === 'saved' ? before : { kind: 'saved', at: nowMs() }));
  const later = (ms: number, run: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
  };

  function save(offer: Offer = {}): Promise<void> {
    clearTimeout(timer);
    if (flight) {
      again = true;
      return flight;
    }
    // The form has not moved onto the newest version yet. Once the page is left it never does; what was typed is kept.
    if (now().edit.base.version < newest)
      return stopped ? Promise.resolve() : new Promise((done) => setTimeout(() => done(save(offer)), soonMs));
    flight = send(offer).finally(() => {
      flight = null;
      if (again && !stopped) soon(soonMs);
      again = false;
    });
    return flight;
  }

  function look() {
    const { form, base, changes } = now().edit;
    const typed = structuredClone(form.getValues());
    const open = changes.filter(({ mineToo }) => mineToo).map(({ path }) => path[0] as keyof Draft);
    return { typed, base, ...sendableOf(typed, base, { refused, open }) };
  }

  const isSent = ({ base, body, draft }: ReturnType<typeof look>) =>
    same(body, {}) || (last?.version === base.version && same(last.draft, draft));

  async function send(offer: Offer): Promise<void> {
    failure = null;
    const looked = look();
    const { typed, base, body, draft, holds } = looked;
    const isDone = isSent(looked);
    keep(base, typed, holds || !isDone);
    if (holds) void now().edit.form.trigger();
    if (isDone) return holds ? say({ kind: 'held' }) : isSaved();
    say({ kind: 'saving' });
    try {
      const params = { eventId: base.id };
      const saved = await call(updateEvent, { params, ifMatch: base.version, body: { ...body, ...offer } });
      retryMs = firstRetryMs;
      last = { draft, version: saved.version };
      newest = saved.version;
      const layoutOf = (version: number) => seatLayoutQuery(base.id, version).queryKey;
      const layout = body.seatLayout ?? client.getQueryData<SeatLayout>(layoutOf(base.version));
      if (layout) client.setQueryData(layoutOf(saved.version), layout);
      now().edit.saved(draft, saved);
      settle(client, saved);
      const isAll = same(now().edit.form.getValues(), typed);
      // What was held back or typed since is kept with what the server has now.
      keep(saved, now().edit.form.getValues(), holds || !isAll);
      if (!isAll) again = true;
      say(holds ? { kind: 'held' } : isAll ? { kind: 'saved', at: nowMs() } : { kind: 'typing' });
    } catch (error) {
      await failed(error as Error, base, body, offer);
    }
  }

  async function failed(error: Error, base: ManagedEvent, body: EventPatch, offer: Offer): Promise<void> {
    if (isProblem(error, 'version_mismatch')) {
      // The form moves onto the newer version, and then saves again.
      say({ kind: 'typing' });
      const { queryKey } = managedEventQuery(base.id);
      await client.refetchQueries({ queryKey, exact: true });
      newest = Math.max(newest, client.getQueryData<ManagedEvent>(queryKey)?.version ?? 0);
      return;
    }
    const named = namedFields(error).filter((key) => key in body);
    if (named.length > 0) {
      now().edit.form.showRefusal(error);
      for (const key of named) refused[key] = body[key as keyof EventPatch];
      again = now().savesItself;
      return say({ kind: 'held' });
    }
    failure = error;
    if (!isProblem(error) || !(error.outcomeUnknown || error.status === 429))
      return say({ kind: 'failed', error });
    say({ kind: 'waiting' });
    later(retryMs, () => void save(offer));
    retryMs = Math.min(2 * retryMs, longestRetryMs);
  }

  function keep(base: ManagedEvent, typed: Draft, isNeeded: boolean): void {
    const place = { userId, eventId: base.id, tab: thisTab };
    keepDraft(place, isNeeded ? { base: draftOf(base), mine: typed } : null);
  }

  /** Of a published event: keeps what was typed, and says whether it is saved. */
  function note(): void {
    const { typed, base, body, holds } = look();
    const isDirty = holds || !same(body, {});
    keep(base, typed, isDirty);
    tell((before) =>
      isDirty ? { kind: 'typing' } : before.kind === 'saved' ? before : { kind: 'saved', at: null },
    );
  }

  const soon = (ms = pauseMs) => later(ms, () => (now().savesItself ? void save() : note()));

  return {
    save,
    async flush() {
      for (let times = 0; times < mostFlushes; times++) {
        await flight;
        await save();
        if (failure) throw failure;
        // What was sent is saved. The form may still have to move onto the answer, and what it holds back is looked at after that.
        while (!stopped && now().edit.base.version < newest)
          await new Promise((done) => setTimeout(done, soonMs));
        const looked = look();
        if (!isSent(looked)) continue;
        if (!looked.holds) return;
        throw new NotSaved(looked.held);
      }
      throw new NotSaved([]);
    },
    typed() {
      const { form, base } = now().edit;
      tell((before) => (before.kind === 'saving' || before.kind === 'waiting' ? before : { kind: 'typing' }));
      // At once, so that not even a tab that is closed now loses a letter.
      keep(base, form.getValues(), true);
      soon();
    },
    soon: () => soon(),
    stop() {
      stopped = true;
      clearTimeout(timer);
      // The page is left: the request goes on without it.
      if (now().savesItself) void save();
    },
  };
}

/** The fields of the body that a refusal names: `venue.city` names `venue`. */
const namedFields = (error: unknown): string[] =>
  isProblem(error) ? Object.keys(error.fields).map((path) => path.split('.')[0] as string) : [];
