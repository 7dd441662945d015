/**
 * Moves the color of an organisation until it can be read: darker on light pages, lighter on dark ones. The server answers with
 * the result, and the desk shows it while somebody chooses.
 */

interface Shades {
  accent: string;
  onAccent: string;
}
interface BrandColors {
  light: Shades;
  dark: Shades;
}

/** The paper and the ink of the shop's pages, for showing a color on them. */
export const pageColors = {
  light: { paper: '#ffffff', ink: '#171612' },
  dark: { paper: '#121210', ink: '#f4f2ec' },
} as const;

export const exampleColor = '#0a7f5a';

/** Normal text needs 4.5 (WCAG 2.2, success criterion 1.4.3). */
export const leastContrast = 4.5;

/** The backgrounds of pages that text stands on with the least contrast (web/src/styles.css, `sunken`). */
const papers = { light: '#f5f4f0', dark: '#1f1f1b' } as const;
const ends = { light: 0, dark: 255 } as const;

export const brandColors = (color: string): BrandColors => ({
  light: shadesOn('light', color),
  dark: shadesOn('dark', color),
});

/** Mixes the color with black or white in steps of 2 %, so that it stays as near to the given one as can be. */
function shadesOn(scheme: keyof typeof papers, color: string): Shades {
  for (let share = 0; share <= 1; share += 0.02) {
    const accent = mixed(color, ends[scheme], share);
    if (contrast(accent, papers[scheme]) >= leastContrast) return { accent, onAccent: textOn(accent) };
  }
  const accent = mixed(color, ends[scheme], 1);
  return { accent, onAccent: textOn(accent) };
}

/** Black or white: one of both always has a contrast of 4.58 or more. */
const textOn = (background: string): string =>
  contrast('#ffffff', background) >= contrast('#000000', background) ? '#ffffff' : '#000000';

/** From 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const channels = (color: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

const mixed = (color: string, end: number, share: number): string =>
  `#${channels(color)
    .map((value) =>
      Math.round(value + (end - value) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
