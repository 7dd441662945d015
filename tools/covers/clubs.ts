import {
  across,
  back,
  beam,
  blur,
  circle,
  diceOf,
  draw,
  group,
  line,
  linear,
  n,
  path,
  picture,
  polygon,
  radial,
  rect,
  ring,
  through,
  times,
  width,
} from './draw.ts';

const screen = 'style="mix-blend-mode:screen"';

/** A furnace door that glows through its bars, and lasers in the haze. */
export function nightShift(seed: string): string {
  const dice = diceOf(seed);
  const [cx, cy, r] = [800, 470, 300];
  const bars = draw(11, (i) =>
    rect(cx - r - 20, cy - r + 60 + i * 52 + i * i * 0.9, 2 * r + 40, 7 + i * 2.6, '#0b0611'),
  );
  const lasers = draw(9, (i) => {
    const left = i % 2 === 0;
    const x = left ? -40 : width + 40;
    const angle = left ? dice.between(-0.42, 0.42) : Math.PI + dice.between(-0.42, 0.42);
    return beam(x, dice.between(120, 780), angle, 2000, 0.004, left ? 'url(#cyan)' : 'url(#pink)', screen);
  });
  const defs =
    radial(
      'room',
      [
        [0, '#4a1140'],
        [0.55, '#1c0a24'],
        [1, '#07040c'],
      ],
      [0.5, 0.52, 0.75],
    ) +
    linear('door', [
      [0, '#ffd27a'],
      [0.45, '#ff6a3d'],
      [1, '#b3135b'],
    ]) +
    across(
      'cyan',
      [
        [0, '#4ef3ff', 0.95],
        [1, '#4ef3ff', 0.05],
      ],
      [0, 0, 1600, 0],
    ) +
    across(
      'pink',
      [
        [0, '#ff3d9a', 0.05],
        [1, '#ff3d9a', 0.95],
      ],
      [0, 0, 1600, 0],
    ) +
    radial('haze', [
      [0, '#ff8a5a', 0.75],
      [1, '#ff8a5a', 0],
    ]) +
    blur('soft', 60) +
    `<clipPath id="disc"><circle cx="${cx}" cy="${cy}" r="${r}"/></clipPath>`;
  const brick = draw(18, (row) =>
    draw(15, (column) =>
      rect(
        column * 116 - (row % 2) * 58,
        row * 52,
        112,
        48,
        '#ffffff',
        `opacity="${n(dice.between(0, 0.35) * 10) === '0' ? 0 : dice.between(0.004, 0.028).toFixed(3)}"`,
      ),
    ),
  );
  const scene =
    back('url(#room)') +
    brick +
    circle(cx, cy, 560, 'url(#haze)', screen) +
    group(circle(cx, cy, r, 'url(#door)') + bars, 'clip-path="url(#disc)"') +
    ring(cx, cy, r + 16, '#ff9a63', 3, 'opacity="0.55"') +
    ring(cx, cy, r + 34, '#ff9a63', 1.5, 'opacity="0.3"') +
    draw(24, (i) =>
      circle(
        cx + (r + 25) * Math.cos((i * Math.PI) / 12),
        cy + (r + 25) * Math.sin((i * Math.PI) / 12),
        4,
        '#ffb98a',
        'opacity="0.7"',
      ),
    ) +
    lasers +
    rect(0, 720, width, 300, '#07040c', 'filter="url(#soft)" opacity="0.85"');
  return picture(defs, scene);
}

/** Steam over wooden benches, and the long waves of a synthesiser. */
export function saunaSynths(seed: string): string {
  const dice = diceOf(seed);
  const planks = draw(9, (i) => {
    const y = 470 + i * 50;
    return (
      rect(0, y, width, 44, `url(#wood${i % 3})`) +
      draw(5, () =>
        line(through(times(9, (k) => [k * 200, y + dice.between(6, 38)])), '#3b1408', 1.2, 'opacity="0.16"'),
      )
    );
  });
  const waves = draw(26, (i) => {
    const y = 250 + i * 9;
    const reach = 120 * Math.exp(-(((i - 13) / 7) ** 2));
    const points = times(81, (k): [number, number] => {
      const t = k / 80;
      return [
        t * width,
        y + reach * Math.sin(t * Math.PI) * Math.sin(t * 17 + i * 0.24) * Math.cos(t * 5 - i * 0.11),
      ];
    });
    return line(
      through(points),
      'url(#signal)',
      1.6,
      `opacity="${(0.35 + 0.6 * Math.exp(-(((i - 13) / 8) ** 2))).toFixed(2)}" ${screen}`,
    );
  });
  const steam = draw(16, () =>
    circle(
      dice.between(0, width),
      dice.between(160, 700),
      dice.between(110, 240),
      '#ffe9d6',
      `opacity="${dice.between(0.05, 0.17).toFixed(2)}"`,
    ),
  );
  const defs =
    linear('wall', [
      [0, '#1d0a12'],
      [0.5, '#64201d'],
      [1, '#c2562c'],
    ]) +
    linear('wood0', [
      [0, '#d9894c'],
      [1, '#9b4f26'],
    ]) +
    linear('wood1', [
      [0, '#c97840'],
      [1, '#8a431f'],
    ]) +
    linear('wood2', [
      [0, '#e29a5c'],
      [1, '#a85a2c'],
    ]) +
    across(
      'signal',
      [
        [0, '#ff7a3d', 0.1],
        [0.3, '#ffcf7a'],
        [0.6, '#fff4d9'],
        [1, '#ff5e62', 0.1],
      ],
      [0, 0, 1600, 0],
    ) +
    radial('ember', [
      [0, '#ffb35a', 0.9],
      [0.5, '#ff6a2b', 0.35],
      [1, '#ff6a2b', 0],
    ]) +
    linear('shade', [
      [0, '#1a0509', 0],
      [1, '#1a0509', 0.75],
    ]) +
    blur('steam', 46);
  const scene =
    back('url(#wall)') +
    circle(1240, 520, 520, 'url(#ember)', screen) +
    planks +
    rect(0, 470, width, 430, 'url(#shade)') +
    waves +
    group(steam, `filter="url(#steam)" ${screen}`);
  return picture(defs, scene);
}

/** A bath under a dome whose holes are stars, the water lit from below. */
export function thermalNights(seed: string): string {
  const dice = diceOf(seed);
  const star = (x: number, y: number, r: number, color: string) =>
    polygon(
      times(12, (i): [number, number] => [
        x + (i % 2 ? r * 0.55 : r) * Math.cos((i * Math.PI) / 6),
        y + (i % 2 ? r * 0.55 : r) * Math.sin((i * Math.PI) / 6),
      ]),
      color,
    );
  const holes = times(6, (row) =>
    times(5 + row * 4, (i) => {
      const angle = Math.PI + (Math.PI * (i + 0.5)) / (5 + row * 4);
      const reach = 150 + row * 92;
      return {
        x: 800 + reach * 1.5 * Math.cos(angle),
        y: 600 + reach * 0.98 * Math.sin(angle),
        r: 5 + row * 2.1,
        color: dice.pick(['#e7d6ff', '#fff1c7', '#c9f6ff']),
      };
    }),
  ).flat();
  const stars = holes
    .map(({ x, y, r, color }) => circle(x, y, r * 3, 'url(#spark)', screen) + star(x, y, r, color))
    .join('');
  const ribs = draw(15, (i) =>
    line(
      `M800 600Q${n(800 + (i - 7) * 130)} ${n(60)} ${n(800 + (i - 7) * 260)} 600`,
      '#8f6bd6',
      2,
      'opacity="0.14"',
    ),
  );
  const shafts = group(
    holes
      .filter((_, i) => i % 5 === 2)
      .map(({ x, y }) =>
        beam(
          x,
          y,
          Math.PI / 2 + (800 - x) * 0.00035,
          620,
          0.05,
          'url(#shaft)',
          `opacity="${dice.between(0.25, 0.6).toFixed(2)}"`,
        ),
      )
      .join(''),
    `filter="url(#beam)" ${screen}`,
  );
  const caustics = draw(150, () => {
    const y = 604 + dice() ** 0.9 * 290;
    const x = dice.between(-100, width);
    const size = 22 + (y - 580) * 0.3;
    const flat = size * 0.34;
    return path(
      through(
        times(6, (i): [number, number] => [
          x + size * Math.cos(i * 1.047) * dice.between(0.75, 1.2),
          y + flat * Math.sin(i * 1.047) * dice.between(0.7, 1.3),
        ]),
        true,
      ),
      'none',
      `stroke="#d6fff8" stroke-width="${n(1.2 + (y - 580) * 0.011)}" opacity="${dice.between(0.16, 0.5).toFixed(2)}"`,
    );
  });
  const defs =
    radial(
      'dome',
      [
        [0, '#5b2f9e'],
        [0.55, '#2a1560'],
        [1, '#0d0730'],
      ],
      [0.5, 0.75, 0.8],
    ) +
    linear('water', [
      [0, '#1f6f9e'],
      [0.25, '#12b3b3'],
      [1, '#053b5e'],
    ]) +
    linear('shaft', [
      [0, '#efe0ff', 0.55],
      [1, '#8cf5ff', 0],
    ]) +
    radial('warm', [
      [0, '#ffb0d0', 0.55],
      [1, '#ffb0d0', 0],
    ]) +
    blur('steam', 40) +
    radial('spark', [
      [0, '#d9c2ff', 0.6],
      [0.4, '#a98cff', 0.18],
      [1, '#a98cff', 0],
    ]) +
    blur('beam', 7) +
    blur('ripple', 1.6);
  const scene =
    back('url(#dome)') +
    ribs +
    stars +
    shafts +
    rect(0, 570, width, 330, 'url(#water)') +
    `<ellipse cx="800" cy="580" rx="760" ry="120" fill="url(#warm)" ${screen}/>` +
    group(caustics, 'filter="url(#ripple)"') +
    group(
      draw(12, () =>
        circle(
          dice.between(0, width),
          dice.between(470, 640),
          dice.between(60, 150),
          '#e8dcff',
          `opacity="${dice.between(0.06, 0.18).toFixed(2)}"`,
        ),
      ),
      `filter="url(#steam)" ${screen}`,
    );
  return picture(defs, scene);
}
