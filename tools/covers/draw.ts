/** The few strokes that all covers are drawn with. Sizes are in pixels of a 1600 by 900 picture. */
export const width = 1600;
export const height = 900;

/** Numbers from 0 to 1 that are the same for the same seed: a cover never changes by being made again. */
interface Dice {
  (): number;
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
}

export function diceOf(seed: string): Dice {
  let state = 2166136261;
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const between = (low: number, high: number) => low + roll() * (high - low);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T;
  return Object.assign(roll, { between, pick });
}

export const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
export const draw = (count: number, make: (i: number) => string): string => times(count, make).join('');
export const n = (value: number): string => String(Math.round(value * 10) / 10);

type Stops = [offset: number, color: string, opacity?: number][];
const stopsOf = (stops: Stops): string =>
  stops
    .map(
      ([at, color, opacity = 1]) => `<stop offset="${at}" stop-color="${color}" stop-opacity="${opacity}"/>`,
    )
    .join('');

/** A gradient across the shape it fills: by default from top to bottom. */
export const linear = (id: string, stops: Stops, [x1, y1, x2, y2] = [0, 0, 0, 1]): string =>
  `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${stopsOf(stops)}</linearGradient>`;

/** The same in the coordinates of the picture, for shapes that must share one light. */
export const across = (
  id: string,
  stops: Stops,
  [x1, y1, x2, y2]: [number, number, number, number],
): string =>
  `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${stopsOf(stops)}</linearGradient>`;

export const radial = (id: string, stops: Stops, [cx, cy, r] = [0.5, 0.5, 0.5]): string =>
  `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${stopsOf(stops)}</radialGradient>`;

export const blur = (id: string, deviation: number): string =>
  `<filter id="${id}" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="${deviation}"/></filter>`;

export const rect = (x: number, y: number, w: number, h: number, fill: string, more = ''): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}" ${more}/>`;
export const circle = (x: number, y: number, r: number, fill: string, more = ''): string =>
  `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}" ${more}/>`;
export const ring = (x: number, y: number, r: number, stroke: string, w: number, more = ''): string =>
  circle(x, y, r, 'none', `stroke="${stroke}" stroke-width="${n(w)}" ${more}`);
export const path = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}" ${more}/>`;
export const line = (d: string, stroke: string, w: number, more = ''): string =>
  path(d, 'none', `stroke="${stroke}" stroke-width="${n(w)}" ${more}`);
export const polygon = (points: [number, number][], fill: string, more = ''): string =>
  `<polygon points="${points.map(([x, y]) => `${n(x)},${n(y)}`).join(' ')}" fill="${fill}" ${more}/>`;
export const group = (inside: string, more: string): string => `<g ${more}>${inside}</g>`;
export const back = (fill: string): string => rect(0, 0, width, height, fill);

/** A smooth line through points. */
export function through(points: [number, number][], closed = false): string {
  const at = (i: number): [number, number] =>
    (closed
      ? points[(i + points.length) % points.length]
      : points[Math.max(0, Math.min(points.length - 1, i))]) as [number, number];
  const pieces = times(closed ? points.length : points.length - 1, (i) => {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const one = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6] as const;
    const two = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6] as const;
    return `C${n(one[0])} ${n(one[1])} ${n(two[0])} ${n(two[1])} ${n(to[0])} ${n(to[1])}`;
  });
  return `M${n(at(0)[0])} ${n(at(0)[1])}${pieces.join('')}${closed ? 'Z' : ''}`;
}

/** The outline of land or water whose upper edge is a line of `points`, down to the picture's foot. */
export const downFrom = (points: [number, number][]): string =>
  `${through(points)}L${width} ${height}L0 ${height}Z`;

/** A sum of three sines: a gentle irregularity that needs no noise tables. */
export function swell(dice: Dice, amplitude: number, wavelength: number): (x: number) => number {
  const parts = times(3, (i) => ({
    k: (2 * Math.PI * (i + 1) * dice.between(0.8, 1.2)) / wavelength,
    phase: dice.between(0, 6.28),
    a: amplitude / (i + 1),
  }));
  return (x) => parts.reduce((sum, { k, phase, a }) => sum + a * Math.sin(k * x + phase), 0);
}

export const edge = (y: number, wave: (x: number) => number, step = 40): [number, number][] =>
  times(Math.ceil(width / step) + 1, (i) => [i * step, y + wave(i * step)]);

/** A beam of light from a point: narrow there, wide and gone at its end. */
export function beam(
  x: number,
  y: number,
  angle: number,
  length: number,
  spread: number,
  fill: string,
  more = '',
): string {
  const end = (turn: number): [number, number] => [
    x + length * Math.cos(angle + turn),
    y + length * Math.sin(angle + turn),
  ];
  return polygon([[x, y], end(-spread), end(spread)], fill, more);
}

/** A whole picture: definitions, scene, and a grain that keeps gradients from banding. */
export const picture = (defs: string, scene: string, grain = 0.16): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs>${defs}
<filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.9" numOctaves="2" seed="7"/><feColorMatrix values="0 0 0 0 0.5  0 0 0 0 0.5  0 0 0 0 0.5  1.6 0 0 0 -0.55"/></filter></defs>
${scene}<rect width="${width}" height="${height}" filter="url(#grain)" opacity="${grain}" style="mix-blend-mode:overlay"/></svg>`;
