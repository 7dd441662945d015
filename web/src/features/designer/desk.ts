import { useSyncExternalStore } from 'react';
import type { SeatPlanDocument } from '../../../../contract/plan-fields.ts';
import { type History, mostSteps, perform, redo, startHistory, undo } from '../../../../seat-map/history.ts';
import type { Bounds } from '../../../../seat-map/plan.ts';
import type { PlanCommand } from '../../../../seat-map/plan-command.ts';
import { rowKey, type SeatChoice, sceneOf } from './scene.ts';

export const tools = [
  'select',
  'seats',
  'pan',
  'rows',
  'arc',
  'table',
  'box',
  'area',
  'stage',
  'shape',
  'text',
] as const;
export type Tool = (typeof tools)[number];
/** Tools that draw something new. */
export type DrawTool = Exclude<Tool, 'select' | 'seats' | 'pan'>;
export const isDrawTool = (tool: Tool): tool is DrawTool => !['select', 'seats', 'pan'].includes(tool);

/** What a hand is doing on the canvas. It changes with each frame and is no part of the plan yet. */
export type Gesture =
  | { kind: 'move'; dx: number; dy: number }
  | { kind: 'band'; box: Bounds }
  /** `text` says what the box will become: `12 × 20`. */
  | { kind: 'draw'; box: Bounds; text: string }
  | { kind: 'turn'; degrees: number }
  | { kind: 'resize'; to: Bounds }
  | null;

interface DeskState {
  history: History;
  /** The chosen objects. */
  chosen: ReadonlySet<string>;
  /** The chosen seats. While there are some, no object is chosen. */
  seats: SeatChoice;
  tool: Tool;
  snaps: boolean;
  /** The zone of the next object. */
  zone: string | null;
  /** What a screen reader says about the last change. */
  said: string;
}

export type Desk = ReturnType<typeof createDesk>;

/** Half of a seat: neighbours and rows of every usual distance meet on this grid. */
export const gridStep = 5;

const noSeats: SeatChoice = new Map();

/** The plan on the table: its history, what is chosen, and the tool in the hand. The canvas reads it without React. */
export function createDesk(document: SeatPlanDocument) {
  let state: DeskState = {
    history: startHistory(document),
    chosen: new Set(),
    seats: noSeats,
    tool: 'select',
    snaps: true,
    zone: null,
    said: '',
  };
  let gesture: Gesture = null;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const set = (next: Partial<DeskState>) => {
    state = { ...state, ...next };
    tell();
  };
  /** Keeps of the choice what is still in the plan. */
  const settle = (history: History, next: Partial<DeskState> = {}) => {
    const { byId } = sceneOf(history.present);
    const chosen = [...(next.chosen ?? state.chosen)].filter((id) => byId.has(id));
    const seats = [...(next.seats ?? state.seats)].flatMap(([key, serials]) => {
      const [object = '', row = ''] = key.split('/');
      const there = byId.get(object)?.placedRows.find(({ id }) => id === row)?.serials;
      const left = there?.filter((serial) => serials.has(serial)) ?? [];
      return left.length > 0 ? [[rowKey(object, row), new Set(left)] as const] : [];
    });
    set({ ...next, history, chosen: new Set(chosen), seats: seats.length > 0 ? new Map(seats) : noSeats });
  };
  return {
    get state() {
      return state;
    },
    get document() {
      return state.history.present;
    },
    get gesture() {
      return gesture;
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Does something to the plan. False if that changes nothing. Commands with the same `merge` in a row are one step. */
    perform(
      command: PlanCommand,
      options: { merge?: string; said?: string; choose?: string[] } = {},
    ): boolean {
      const history = perform(state.history, command, options.merge);
      if (history.present === state.history.present) return false;
      settle(history, {
        ...(options.said !== undefined && { said: options.said }),
        ...(options.choose && { chosen: new Set(options.choose), seats: noSeats }),
      });
      return true;
    },
    /** Puts another document in place of the present one, as one step that can be undone. */
    replace(next: SeatPlanDocument, said: string) {
      const { past, present } = state.history;
      settle(
        { past: [...past, present].slice(-mostSteps), present: next, future: [], merge: null },
        { said },
      );
    },
    undo: (said: string) => settle(undo(state.history), { said }),
    redo: (said: string) => settle(redo(state.history), { said }),
    /** Begins again with another document. What could be undone is gone. */
    restart: (next: SeatPlanDocument, said = '') => settle(startHistory(next), { said }),
    choose: (ids: Iterable<string>, said?: string) =>
      set({ chosen: new Set(ids), seats: noSeats, ...(said !== undefined && { said }) }),
    chooseSeats: (seats: SeatChoice) => set({ chosen: new Set(), seats }),
    setTool: (tool: Tool) => set({ tool }),
    setZone: (zone: string) => set({ zone }),
    setSnaps: (snaps: boolean) => set({ snaps }),
    say: (said: string) => set({ said }),
    setGesture(next: Gesture) {
      gesture = next;
      tell();
    },
  };
}

/** A part of the desk's state, rendered anew when it changes. `read` returns the same value while nothing changed. */
export const useDesk = <Value>(desk: Desk, read: (state: DeskState) => Value): Value =>
  useSyncExternalStore(desk.subscribe, () => read(desk.state));
