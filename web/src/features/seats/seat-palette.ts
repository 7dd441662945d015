import type { SeatModel } from './seat-model.ts';
import type { SeatInks } from './seat-raster.ts';
import { onZoneColor, zoneColor } from './zone-colors.ts';

/** The colours of the map, read from the design tokens, so that they follow the theme. */
export interface Palette {
  paper: string;
  sunken: string;
  line: string;
  ink: string;
  muted: string;
  /** By zone: its colour, and that of signs on it. */
  zones: string[];
  onZones: string[];
  taken: string;
  selected: string;
  onSelected: string;
  font: string;
}

/** A custom property with light-dark() can't be read directly, so a probe element resolves it. */
export function readPalette(element: HTMLElement, { zones }: Pick<SeatModel, 'zones'>): Palette {
  const probe = document.createElement('span');
  element.parentElement?.append(probe);
  const resolve = (color: string) => {
    probe.style.color = color;
    return getComputedStyle(probe).color;
  };
  const read = (token: string) => resolve(`var(--color-${token})`);
  const palette = {
    paper: read('paper'),
    sunken: read('sunken'),
    line: read('line-strong'),
    ink: read('ink'),
    muted: read('muted'),
    zones: zones.map(({ color }) => resolve(zoneColor(color))),
    onZones: zones.map(({ color }) => resolve(onZoneColor(color))),
    taken: read('seat-taken'),
    selected: read('seat-selected'),
    onSelected: read('on-accent'),
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return palette;
}

export const inksOf = (palette: Palette): SeatInks => ({
  background: wordOf(palette.sunken),
  taken: wordOf(palette.taken),
  zones: palette.zones.map(wordOf),
});

/** Converts `#rrggbb` or `rgb(r, g, b)` to a word of the pixels' memory; anything else becomes black. */
function wordOf(color: string): number {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  const [red = 0, green = 0, blue = 0] = hex
    ? hex.slice(1).map((part) => Number.parseInt(part, 16))
    : (color.match(/[\d.]+/g) ?? []).map(Number);
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Calls `change` when the theme may have changed. Returns a function that stops it. */
export function watchTheme(change: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', change);
  const theme = new MutationObserver(change);
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    dark.removeEventListener('change', change);
    theme.disconnect();
  };
}
