import type { PlanZone } from '../../../../contract/plan-fields.ts';
import { type Palette, readPalette } from '../seats/seat-palette.ts';

/** The colours of the picker's map, and one for what is wrong. */
export interface PlanPalette extends Palette {
  problem: string;
}

export function readPlanPalette(element: HTMLElement, zones: readonly PlanZone[]): PlanPalette {
  const probe = document.createElement('span');
  probe.style.color = 'var(--color-bad)';
  element.parentElement?.append(probe);
  const problem = getComputedStyle(probe).color;
  probe.remove();
  return { ...readPalette(element, { zones: zones.map((zone) => ({ ...zone, types: [] })) }), problem };
}
