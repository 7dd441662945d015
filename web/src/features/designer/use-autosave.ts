import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { isProblem } from '../../../../client/problem.ts';
import type { SeatPlanDocument } from '../../../../contract/plan-fields.ts';
import type { Desk } from './desk.ts';
import { forgetPlan, keepPlan, type PlanOwner } from './kept-plan.ts';
import { type Clash, mergePlans } from './merge-plans.ts';

/** A version of the drawing at the server. */
export interface SavedVersion {
  plan: SeatPlanDocument;
  version: number;
  savedBy: string | null;
}

/** Where the drawing is saved. */
export interface PlanPlace {
  /** Names the drawing in this browser's memory. */
  owner: PlanOwner;
  /** True if each saving is a version of its own, so the drawing is saved only when the person says so. */
  whenAsked?: boolean;
  save(plan: SeatPlanDocument, version: number): Promise<number>;
  read(): Promise<SavedVersion>;
}

type SaveState =
  | { is: 'saved' | 'waiting' | 'saving' }
  | { is: 'failed'; error: Error }
  /** Somebody else changed the same objects meanwhile. Nothing is saved until the person has chosen. */
  | { is: 'conflict'; theirs: SavedVersion; clashes: Clash[] };

/** How long a hand must rest before the drawing is saved, and how long after a failure it is tried again. */
const restMs = 700;
const againMs = 6_000;
/** A drawing of a stadium takes some milliseconds to write down, so it is not written with every key. */
const keepMs = 250;

export type Autosave = ReturnType<typeof createAutosave>;

/** Saves the drawing by itself, one version after the other. */
function createAutosave(
  desk: Desk,
  place: PlanPlace,
  start: SavedVersion,
  /** Somebody else's changes are in the drawing now. */
  onMerged: (by: string | null, changes: number) => void,
) {
  let state: SaveState = { is: 'saved' };
  let saved = start.plan;
  let { version } = start;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keepTimer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  let isKept = true;
  const listeners = new Set<() => void>();
  const to = (next: SaveState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const isBehind = () => desk.document !== saved;

  async function save(): Promise<void> {
    clearTimeout(timer);
    if (running) return running.then(() => (isBehind() && state.is !== 'conflict' ? save() : undefined));
    if (!isBehind() || state.is === 'conflict') return;
    running = attempt().finally(() => {
      running = null;
    });
    await running;
    if (isBehind() && state.is === 'waiting') planSave(restMs);
  }
  async function attempt(): Promise<void> {
    const sent = desk.document;
    to({ is: 'saving' });
    try {
      version = await place.save(sent, version);
      saved = sent;
      if (isBehind()) to({ is: 'waiting' });
      else {
        forgetPlan(place.owner);
        isKept = true;
        to({ is: 'saved' });
      }
    } catch (error) {
      if (isProblem(error, 'version_mismatch')) return meet(error);
      to({ is: 'failed', error: error as Error });
      // What the server refuses, it refuses again.
      if (!isProblem(error) || error.outcomeUnknown || error.retryable) planSave(againMs);
    }
  }
  async function meet(error: Error): Promise<void> {
    try {
      meetTheirs(await place.read());
    } catch {
      to({ is: 'failed', error });
      planSave(againMs);
    }
  }
  /** Takes over what somebody else changed elsewhere; asks about what both changed. */
  function meetTheirs(theirs: SavedVersion): void {
    const merged = mergePlans(saved, desk.document, theirs.plan, 'mine');
    if (merged.clashes.length > 0) return void to({ is: 'conflict', theirs, clashes: merged.clashes });
    settle(theirs, merged.plan);
    onMerged(theirs.savedBy, merged.taken);
  }
  function settle(theirs: SavedVersion, plan: SeatPlanDocument): void {
    ({ version } = theirs);
    saved = theirs.plan;
    to({ is: 'waiting' });
    desk.replace(plan, '');
    planSave(restMs);
  }
  function keep(): void {
    clearTimeout(keepTimer);
    if (!isBehind()) return;
    const before = isKept;
    isKept = keepPlan(place.owner, { plan: desk.document, base: saved, version });
    if (isKept !== before) to(state);
  }
  function planSave(afterMs: number): void {
    clearTimeout(timer);
    if (!place.whenAsked) timer = setTimeout(() => void save(), afterMs);
  }
  return {
    get state() {
      return state;
    },
    /** False while this tab has no room for what the server does not have yet. */
    get isKept() {
      return isKept;
    },
    get version() {
      return version;
    },
    isBehind,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Watches the desk until the returned function is called. */
    watch(): () => void {
      let seen = desk.document;
      const stop = desk.subscribe(() => {
        if (desk.document === seen) return;
        seen = desk.document;
        clearTimeout(keepTimer);
        keepTimer = setTimeout(keep, keepMs);
        if (state.is === 'conflict') return;
        // An undo may lead back to what the server has.
        if (!isBehind()) {
          clearTimeout(keepTimer);
          forgetPlan(place.owner);
          return state.is === 'waiting' ? to({ is: 'saved' }) : undefined;
        }
        if (state.is !== 'saving') to({ is: 'waiting' });
        planSave(restMs);
      });
      addEventListener('pagehide', keep);
      return () => {
        stop();
        removeEventListener('pagehide', keep);
        keep();
        clearTimeout(timer);
        if (isBehind() && state.is !== 'conflict' && !place.whenAsked) void save();
      };
    },
    /** Saves now. Resolves once the server has what is drawn; rejects if that fails. */
    async flush(): Promise<number> {
      await save();
      if (isBehind()) throw state.is === 'failed' ? state.error : new Error('not saved');
      return version;
    },
    /** Saves the drawing although it is as the server has it, because something else is said with it. */
    async saveAnew(): Promise<void> {
      saved = { ...saved };
      await save();
    },
    /** Ends a conflict: one side wins where both changed the same object, and the rest is of both. */
    settleWith(prefer: 'mine' | 'theirs'): void {
      if (state.is !== 'conflict') return;
      const { theirs } = state;
      settle(theirs, mergePlans(saved, desk.document, theirs.plan, prefer).plan);
    },
    /** Goes on with what this browser kept, which began from an earlier version than the server has. */
    rejoin(base: SavedVersion, theirs: SavedVersion): void {
      ({ plan: saved, version } = base);
      meetTheirs(theirs);
    },
  };
}

export function useAutosave(
  desk: Desk,
  place: PlanPlace,
  start: SavedVersion,
  onMerged: (by: string | null, changes: number) => void,
): Autosave {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each desk
  const autosave = useMemo(() => createAutosave(desk, place, start, onMerged), [desk]);
  useEffect(() => autosave.watch(), [autosave]);
  return autosave;
}

export const useSaveState = (autosave: Autosave): SaveState =>
  useSyncExternalStore(autosave.subscribe, () => autosave.state);

export const useIsKept = (autosave: Autosave): boolean =>
  useSyncExternalStore(autosave.subscribe, () => autosave.isKept);
