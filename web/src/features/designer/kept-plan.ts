import type { SeatPlanDocument } from '../../../../contract/plan-fields.ts';

/** What somebody drew and the server does not have yet, with the version that it began from. */
interface KeptPlan {
  plan: SeatPlanDocument;
  base: SeatPlanDocument;
  version: number;
}

const nameOf = (key: string): string => `admit.plan.${key}`;

/** Keeps a drawing in this tab, so that a reload in the wrong moment loses nothing. The tab's end erases it. */
export function keepPlan(key: string, kept: KeptPlan): void {
  try {
    sessionStorage.setItem(nameOf(key), JSON.stringify(kept));
  } catch {
    // A drawing that is too large for the browser's memory is only saved at the server.
    forgetPlan(key);
  }
}

export function keptPlan(key: string): KeptPlan | null {
  try {
    const text = sessionStorage.getItem(nameOf(key));
    return text === null ? null : (JSON.parse(text) as KeptPlan);
  } catch {
    return null;
  }
}

export function forgetPlan(key: string): void {
  try {
    sessionStorage.removeItem(nameOf(key));
  } catch {
    // Without storage nothing was kept.
  }
}
