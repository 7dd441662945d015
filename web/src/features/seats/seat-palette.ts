import type { SeatModel } from './seat-model.ts';
import type { SeatInks } from './seat-raster.ts';

/** The colours of the map, read from the design tokens, so that they follow the theme. */
export interface Palette {
  paper: string;
  sunken: string;
  line: string;
  ink: string;
  muted: string;
  free: string;
  onFree: string;
  taken: string;
  selected: string;
  onSelected: string;
  font: string;
}

/** A custom property with light-dark() can't be read directly, so a probe element resolves it. */
export function readPalette(element: HTMLElement): Palette {
  const probe = document.createElement('span');
  element.parentElement?.append(probe);
  const read = (token: string) => {
    probe.style.color = `var(--color-${token})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    paper: read('paper'),
    sunken: read('sunken'),
    line: read('line-strong'),
    ink: read('ink'),
    muted: read('muted'),
    free: read('seat-free'),
    onFree: read('paper'),
    taken: read('seat-taken'),
    selected: read('seat-selected'),
    onSelected: read('on-accent'),
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return palette;
}

export const inksOf = (palette: Palette, model: SeatModel): SeatInks => ({
  background: wordOf(palette.sunken),
  free: wordOf(palette.free),
  taken: wordOf(palette.taken),
  zones: model.zones.map(({ color }) => wordOf(color)),
});

/** Converts `#rrggbb` or `rgb(r, g, b)` to a word of the pixels' memory; anything else becomes black. */
export function wordOf(color: string): number {
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
