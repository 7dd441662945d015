import type { SeatPlanDocument } from '../../../../contract/plan-fields.ts';

/** What somebody drew and the server does not have yet, with the version that it began from. */
interface KeptPlan {
  plan: SeatPlanDocument;
  base: SeatPlanDocument;
  version: number;
}

/** Whose drawing it is, and of which event or plan of the library. */
export interface PlanOwner {
  userId: string;
  drawingId: string;
}

const prefix = 'admit.plan.';
const nameOf = ({ userId, drawingId }: PlanOwner): string => `${prefix}${userId}.${drawingId}`;

/**
 * Keeps a drawing in this tab, so that a reload in the wrong moment loses nothing. The sign-out and the tab's end erase it. Returns
 * false if the browser has no room for it: then what was kept before stays.
 */
export function keepPlan(owner: PlanOwner, kept: KeptPlan): boolean {
  try {
    sessionStorage.setItem(nameOf(owner), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/** What this person kept of the drawing. Drawings of other people in this tab are erased. */
export function keptPlan(owner: PlanOwner): KeptPlan | null {
  forgetPlans(owner.userId);
  try {
    const text = sessionStorage.getItem(nameOf(owner));
    return text === null ? null : (JSON.parse(text) as KeptPlan);
  } catch {
    return null;
  }
}

export function forgetPlan(owner: PlanOwner): void {
  try {
    sessionStorage.removeItem(nameOf(owner));
  } catch {
    // Without storage nothing was kept.
  }
}

/** Erases what people drew, or what all others drew. */
export function forgetPlans(exceptUserId?: string): void {
  try {
    const names = Array.from({ length: sessionStorage.length }, (_, i) => sessionStorage.key(i) ?? '');
    for (const name of names)
      if (name.startsWith(prefix) && !(exceptUserId && name.startsWith(`${prefix}${exceptUserId}.`)))
        sessionStorage.removeItem(name);
  } catch {
    // Without storage nothing was kept.
  }
}
