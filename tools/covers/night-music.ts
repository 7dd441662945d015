import {
  back,
  blur,
  circle,
  diceOf,
  draw,
  group,
  height,
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

/** The ribs of a boat that is being built, and lanterns hung between them. */
export function fadoBoatyard(seed: string): string {
  const dice = diceOf(seed);
  const ribs = draw(15, (i) => {
    const x = 800 + (i - 7) * 92;
    const lean = (i - 7) * 46;
    const tall = 560 - Math.abs(i - 7) * 26;
    return (
      line(
        `M800 850C${n(x)} 840 ${n(x + lean * 1.5)} ${n(820 - tall * 0.35)} ${n(x + lean * 1.15)} ${n(850 - tall)}`,
        'url(#rib)',
        26 - Math.abs(i - 7) * 0.8,
        'stroke-linecap="round"',
      ) +
      line(
        `M800 846C${n(x)} 836 ${n(x + lean * 1.5 - 7)} ${n(818 - tall * 0.35)} ${n(x + lean * 1.15 - 7)} ${n(850 - tall)}`,
        '#ffca85',
        2.5,
        'opacity="0.55"',
      )
    );
  });
  const planks = draw(
    4,
    (i) =>
      line(
        `M${n(190 - i * 4)} ${n(430 + i * 78)}Q800 ${n(760 + i * 58)} ${n(1410 + i * 4)} ${n(430 + i * 78)}`,
        '#5b2a14',
        15,
        'opacity="0.9"',
      ) +
      line(
        `M${n(190 - i * 4)} ${n(424 + i * 78)}Q800 ${n(754 + i * 58)} ${n(1410 + i * 4)} ${n(424 + i * 78)}`,
        '#d98b4a',
        2,
        'opacity="0.6"',
      ),
  );
  const string = (x: number) => 150 + 130 * Math.sin((x / width) * Math.PI);
  const lanterns = draw(11, (i) => {
    const x = 80 + i * 144;
    const y = string(x) + 26;
    return (
      circle(x, y, 130, 'url(#glow)', screen) +
      `<ellipse cx="${x}" cy="${n(y)}" rx="19" ry="25" fill="${dice.pick(['#ffdf9a', '#ffc766', '#ffb27a'])}"/>`
    );
  });
  const defs =
    linear('sky', [
      [0, '#0d1230'],
      [0.55, '#2b1b3d'],
      [0.8, '#5a2a3a'],
      [1, '#2a1220'],
    ]) +
    linear('rib', [
      [0, '#e29a52'],
      [1, '#5e2810'],
    ]) +
    radial('glow', [
      [0, '#ffd68a', 0.95],
      [0.25, '#ff9f4a', 0.45],
      [1, '#ff9f4a', 0],
    ]) +
    radial('warm', [
      [0, '#ff9a4a', 0.6],
      [1, '#ff9a4a', 0],
    ]);
  const scene =
    back('url(#sky)') +
    draw(90, () =>
      circle(
        dice.between(0, width),
        dice.between(0, 360),
        dice.between(0.5, 1.7),
        '#fff',
        `opacity="${dice.between(0.2, 0.8).toFixed(2)}"`,
      ),
    ) +
    rect(0, 520, width, 70, '#233a63', 'opacity="0.75"') +
    draw(60, () =>
      rect(
        dice.between(0, width),
        dice.between(524, 586),
        dice.between(20, 90),
        1.6,
        dice.pick(['#ffc98a', '#7f9fd6']),
        `opacity="${dice.between(0.2, 0.7).toFixed(2)}"`,
      ),
    ) +
    rect(0, 590, width, 310, '#1a0d16') +
    `<ellipse cx="800" cy="640" rx="780" ry="330" fill="url(#warm)" ${screen}/>` +
    ribs +
    planks +
    line(through(times(41, (i): [number, number] => [i * 40, string(i * 40)])), '#2b1410', 3) +
    lanterns;
  return picture(defs, scene, 0.2);
}

/** Stars of eight points that hold a wall together, gold on the green of old tiles. */
export function oudNight(seed: string): string {
  const dice = diceOf(seed);
  const size = 160;
  const star = (r: number, inner: number, turn = 0): [number, number][] =>
    times(16, (i) => [
      (i % 2 ? inner : r) * Math.cos((i * Math.PI) / 8 + turn),
      (i % 2 ? inner : r) * Math.sin((i * Math.PI) / 8 + turn),
    ]);
  const tile = (x: number, y: number) => {
    const near = Math.exp(-(((x - 800) / 520) ** 2 + ((y - 450) / 380) ** 2));
    const gold = near > 0.5 ? '#ffe2a0' : near > 0.2 ? '#e6b65c' : '#a9803c';
    return group(
      polygon(
        star(80, 61),
        dice.pick(['#0f4d4a', '#125a55', '#0c4342']),
        `stroke="${gold}" stroke-width="3.4"`,
      ) +
        polygon(
          star(56, 42, Math.PI / 8),
          dice.pick(['#16706a', '#0f5c7a', '#1a7f72']),
          `stroke="${gold}" stroke-width="2"`,
        ) +
        polygon(star(32, 19), gold, `opacity="${(0.35 + near * 0.65).toFixed(2)}"`) +
        circle(0, 0, 7, '#7a1f2b'),
      `transform="translate(${x} ${y})"`,
    );
  };
  const cross = (x: number, y: number) =>
    group(
      polygon(
        [
          [0, -42],
          [12, -12],
          [42, 0],
          [12, 12],
          [0, 42],
          [-12, 12],
          [-42, 0],
          [-12, -12],
        ],
        '#8f2a35',
        'stroke="#e6b65c" stroke-width="2.4"',
      ),
      `transform="translate(${x} ${y})"`,
    );
  const defs =
    radial(
      'light',
      [
        [0, '#fff0b8', 0.75],
        [0.4, '#ffb85a', 0.3],
        [1, '#ffb85a', 0],
      ],
      [0.5, 0.5, 0.5],
    ) +
    radial(
      'dark',
      [
        [0, '#02110f', 0],
        [0.55, '#02110f', 0.15],
        [1, '#02110f', 0.92],
      ],
      [0.5, 0.5, 0.68],
    ) +
    blur('far', 24);
  const strings = draw(6, (i) =>
    line(
      `M-20 ${402 + i * 19}C500 ${392 + i * 21} 1100 ${392 + i * 21} 1620 ${402 + i * 19}`,
      '#fff0c4',
      2.6 - i * 0.25,
      'opacity="0.9"',
    ),
  );
  const scene =
    back('#0a3a39') +
    draw(7, (row) => draw(12, (column) => tile(column * size - 80, row * size - 30))) +
    draw(7, (row) => draw(12, (column) => cross(column * size, row * size + 50))) +
    circle(800, 450, 620, 'url(#light)', screen) +
    rect(0, 0, width, height, 'url(#dark)') +
    circle(800, 450, 262, '#2a0f0a') +
    ring(800, 450, 262, '#f0c26b', 9) +
    ring(800, 450, 240, '#f0c26b', 2) +
    ring(800, 450, 284, '#f0c26b', 2, 'stroke-dasharray="2 12" stroke-linecap="round"') +
    draw(12, (k) =>
      polygon(
        [45, 135, 225, 315].map((turn): [number, number] => {
          const angle = ((turn + k * 7.5) * Math.PI) / 180;
          return [800 + 196 * Math.cos(angle), 450 + 196 * Math.sin(angle)];
        }),
        'none',
        'stroke="#e0a94e" stroke-width="2.6"',
      ),
    ) +
    ring(800, 450, 92, '#e0a94e', 3) +
    polygon(
      star(78, 54).map(([x, y]): [number, number] => [x + 800, y + 450]),
      '#e0a94e',
    ) +
    strings;
  return picture(defs, scene, 0.08);
}

/** A moon behind bamboo, and the sea in the pattern that it has on cloth. */
export function nightMusic(seed: string): string {
  const dice = diceOf(seed);
  const scale = (x: number, y: number) =>
    draw(4, (k) => circle(x, y, 74 - k * 18, k % 2 ? '#e9e2d0' : '#16305c', k === 3 ? 'opacity="0.95"' : ''));
  const sea = draw(5, (row) =>
    draw(13, (column) => scale(column * 140 + (row % 2) * 70 - 40, 700 + row * 42)),
  );
  const stalk = (x: number, w: number, tone: string, lean: number) => {
    const joints = times(8, (i) => i * 118 - 30);
    return group(
      joints
        .map(
          (y) =>
            rect(x - w / 2, y, w, 114, tone, `rx="${n(w * 0.18)}"`) +
            rect(x - w * 0.3, y + 4, w * 0.16, 104, '#ffffff', 'opacity="0.14"') +
            rect(x - w / 2 - 2, y - 3, w + 4, 6, '#0b1a24', 'opacity="0.7"'),
        )
        .join(''),
      `transform="rotate(${n(lean)} ${x} 900)"`,
    );
  };
  const leaf = (x: number, y: number, turn: number, length: number) =>
    path(
      `M0 0C${n(length * 0.3)} ${n(-length * 0.13)} ${n(length * 0.7)} ${n(-length * 0.1)} ${n(length)} 0C${n(length * 0.7)} ${n(length * 0.06)} ${n(length * 0.3)} ${n(length * 0.08)} 0 0Z`,
      dice.pick(['#0d2b33', '#12404a', '#0a2029']),
      `transform="translate(${n(x)} ${n(y)}) rotate(${n(turn)})"`,
    );
  const defs =
    linear('sky', [
      [0, '#0a1633'],
      [0.6, '#1f3b70'],
      [1, '#46689c'],
    ]) +
    radial(
      'moon',
      [
        [0, '#fffaf0'],
        [0.8, '#fbeed3'],
        [1, '#f1dcb0'],
      ],
      [0.45, 0.42, 0.6],
    ) +
    radial('halo', [
      [0, '#ffeccb', 0.6],
      [1, '#ffeccb', 0],
    ]) +
    blur('mist', 30);
  const scene =
    back('url(#sky)') +
    circle(940, 370, 520, 'url(#halo)', screen) +
    circle(940, 370, 250, 'url(#moon)') +
    draw(5, () =>
      circle(
        dice.between(800, 1080),
        dice.between(250, 500),
        dice.between(14, 44),
        '#e6d3a6',
        'opacity="0.3"',
      ),
    ) +
    group(
      draw(
        6,
        (i) =>
          `<ellipse cx="${n(dice.between(0, width))}" cy="${n(430 + i * 44)}" rx="${n(dice.between(260, 520))}" ry="22" fill="#dbe6ff" opacity="0.22"/>`,
      ),
      'filter="url(#mist)"',
    ) +
    sea +
    stalk(1330, 40, '#1d5a50', 3) +
    stalk(1440, 58, '#164a44', -1) +
    stalk(1545, 46, '#0f3836', 2) +
    stalk(140, 52, '#14443f', -2) +
    stalk(250, 34, '#1d5a50', 1) +
    draw(26, () =>
      leaf(dice.between(1180, 1600), dice.between(-20, 420), dice.between(110, 200), dice.between(110, 230)),
    ) +
    draw(16, () =>
      leaf(dice.between(0, 330), dice.between(-20, 300), dice.between(-10, 70), dice.between(100, 210)),
    );
  return picture(defs, scene, 0.22);
}
