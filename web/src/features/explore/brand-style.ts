import type { CSSProperties } from 'react';

interface Shades {
  accent: string;
  onAccent: string;
}

/** Gives a part of a page the colors of an organisation, which the server has made readable. Undefined if it chose none. */
export function brandStyle(colors: { light: Shades; dark: Shades } | null): CSSProperties | undefined {
  if (!colors) return undefined;
  const pair = (name: keyof Shades) => `light-dark(${colors.light[name]}, ${colors.dark[name]})`;
  return {
    '--color-accent': pair('accent'),
    '--color-accent-strong': pair('accent'),
    '--color-on-accent': pair('onAccent'),
    '--color-accent-soft': 'var(--color-sunken)',
  } as CSSProperties;
}
