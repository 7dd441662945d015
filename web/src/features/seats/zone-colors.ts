/*
 * The colours of price zones. The organiser chooses them, and the page makes each dark or light enough for its ground. The
 * map and the legend use the same colours.
 */

/** WCAG asks for 3:1 for graphics that people need to understand the content. */
const leastContrast = 3;

type Rgb = [number, number, number];

const hexOf = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

const black = hexOf([0, 0, 0]);
const white = hexOf([255, 255, 255]);

/**
 * The ground of the map in both themes. It is --color-sunken of styles.css, which a test compares: a canvas and a list
 * need the same colours, and no stylesheet can compute a contrast.
 */
export const ground = { light: hexOf([245, 244, 240]), dark: hexOf([31, 31, 27]) } as const;

/** A CSS colour that follows the theme. */
export const zoneColor = (color: string): string =>
  `light-dark(${visibleOn(ground.light, color)}, ${visibleOn(ground.dark, color)})`;

/** The colour of a sign on zoneColor(). */
export const onZoneColor = (color: string): string =>
  `light-dark(${inkOn(visibleOn(ground.light, color))}, ${inkOn(visibleOn(ground.dark, color))})`;

/** Decision: the colour, mixed with black or white until it is visible on the ground. */
export function visibleOn(background: string, color: string): string {
  const target: Rgb = luminanceOf(background) > 0.5 ? [0, 0, 0] : [255, 255, 255];
  const from = rgbOf(color);
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = hexOf(from.map((part, i) => part + ((target[i] ?? 0) - part) * share) as Rgb);
    if (contrastOf(mixed, background) >= leastContrast) return mixed;
  }
  return hexOf(target);
}

/** Decision: black or white, whichever is easier to read on the colour. */
export const inkOn = (color: string): string =>
  contrastOf(black, color) >= contrastOf(white, color) ? black : white;

/** The contrast of two colours as WCAG defines it, from 1 to 21. */
export function contrastOf(a: string, b: string): number {
  const [dark, light] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(color: string): number {
  const [red, green, blue] = rgbOf(color).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const rgbOf = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb;
/** A letter for each zone, beside its colour in the legend and on the map: not everybody can tell colours apart. */
export const zoneMark = (zone: number): string =>
  zone < 26 ? String.fromCharCode(65 + zone) : String(zone + 1);
