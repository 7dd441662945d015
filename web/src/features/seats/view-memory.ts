import type { View } from './seat-camera.ts';
import { type Filter, filters } from './seat-filter.ts';

/** How a person looked at a room in this tab, so that a reload shows the same. */
interface Look {
  view?: View | null;
  /** The key of the only zone to show. */
  zone?: string | null;
  kind?: 'map' | 'list';
  /** What the person looks for. */
  only?: string[];
}

const keyOf = (eventId: string): string => `admit.look.${eventId}`;

function read(eventId: string): Look {
  try {
    return (JSON.parse(sessionStorage.getItem(keyOf(eventId)) ?? '{}') ?? {}) as Look;
  } catch {
    return {};
  }
}

function remember(eventId: string, change: Look): void {
  try {
    sessionStorage.setItem(keyOf(eventId), JSON.stringify({ ...read(eventId), ...change }));
  } catch {
    // If storage is forbidden or full, a reload shows the whole room.
  }
}

/** Null for the whole room, and for an invalid view. */
export function knownView(eventId: string): View | null {
  const { view } = read(eventId);
  return view && [view.x, view.y, view.scale].every(Number.isFinite) && view.scale > 0 ? view : null;
}
export const rememberView = (eventId: string, view: View | null): void => remember(eventId, { view });

export const knownZone = (eventId: string): string | null => read(eventId).zone ?? null;
export const rememberZone = (eventId: string, zone: string | null): void => remember(eventId, { zone });

export const knownFilters = (eventId: string): Filter[] => {
  const { only } = read(eventId);
  return Array.isArray(only) ? filters.filter((filter) => only.includes(filter)) : [];
};
export const rememberFilters = (eventId: string, only: Filter[]): void => remember(eventId, { only });

export const knownKind = (eventId: string): 'map' | 'list' =>
  read(eventId).kind === 'list' ? 'list' : 'map';
export const rememberKind = (eventId: string, kind: 'map' | 'list'): void => remember(eventId, { kind });
