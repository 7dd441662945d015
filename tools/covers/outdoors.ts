import {
  back,
  circle,
  diceOf,
  downFrom,
  draw,
  edge,
  group,
  line,
  linear,
  n,
  path,
  picture,
  polygon,
  radial,
  rect,
  swell,
  through,
  times,
  width,
} from './draw.ts';

const multiply = 'style="mix-blend-mode:multiply"';

/** The longest day, in bands: sun, sea, sand. */
export function solsticeShore(seed: string): string {
  const dice = diceOf(seed);
  const bands = ['#fff1c9', '#ffdf9e', '#ffc877', '#ffab62', '#ff8b5c', '#f96a66', '#e34d78'];
  const sun = draw(7, (i) => circle(800, 500, 470 - i * 56, bands[6 - i] as string, 'opacity="0.92"'));
  const sea = ['#2b7a9b', '#1f6a8f', '#15587f', '#0e466d', '#f3c98b', '#e9b26f'];
  const waves = sea.map((fill, i) => {
    const points = edge(520 + i * 64 + (i > 3 ? 22 : 0), swell(dice, 15 + i * 3, 620 + i * 90), 20);
    return (
      path(downFrom(points), fill) +
      line(
        through(points),
        i > 3 ? '#fff6df' : '#bfeaf0',
        i === 4 ? 9 : 2.2,
        `opacity="${i === 4 ? 0.95 : 0.65}"`,
      )
    );
  });
  const glitter = draw(90, () => {
    const t = dice();
    return rect(
      800 + dice.between(-1, 1) * (60 + t * 210),
      528 + t * 220,
      dice.between(14, 60),
      3,
      '#ffe9b0',
      `rx="1.5" opacity="${dice.between(0.3, 0.9).toFixed(2)}"`,
    );
  });
  const flags = draw(
    7,
    (i) =>
      line(`M${120 + i * 228} 860V${700 - (i % 2) * 40}`, '#5a2440', 5) +
      path(
        `M${120 + i * 228} ${700 - (i % 2) * 40}q40 14 78-4q-22 22-10 44q-34 12-68 2z`,
        dice.pick(['#e34d78', '#15587f', '#ff8b5c', '#fff1c9']),
      ),
  );
  const defs = linear('sky', [
    [0, '#c43a7c'],
    [0.4, '#f2736d'],
    [0.75, '#ffb27a'],
    [1, '#ffd9a0'],
  ]);
  const scene =
    back('url(#sky)') + sun + waves.slice(0, 4).join('') + glitter + waves.slice(4).join('') + flags;
  return picture(defs, scene, 0.24);
}

/** Holds on a wall of panels, and the four moves that nobody has found yet. */
export function boulderOpen(seed: string): string {
  const dice = diceOf(seed);
  const corners = times(6, (row) =>
    times(8, (column): [number, number] => [
      column * 232 + (row && row < 5 ? dice.between(-56, 56) : 0) - 12,
      row * 184 + (column && column < 7 ? dice.between(-46, 46) : 0) - 10,
    ]),
  );
  const tones = ['#efe7da', '#e2d8c8', '#d5c9b6', '#c8bba6', '#f6f0e6', '#bfb29d'];
  const panels = draw(5, (row) =>
    draw(7, (column) => {
      const [a, b, c, d] = [
        corners[row]![column]!,
        corners[row]![column + 1]!,
        corners[row + 1]![column + 1]!,
        corners[row + 1]![column]!,
      ];
      const tone = () => dice.pick(tones);
      return dice() < 0.5
        ? polygon([a, b, c], tone()) + polygon([a, c, d], tone())
        : polygon([a, b, d], tone()) + polygon([b, c, d], tone());
    }),
  );
  const bolts = draw(260, () =>
    circle(dice.between(0, width), dice.between(0, 900), 3, '#6d6252', 'opacity="0.4"'),
  );
  const hold = (x: number, y: number, size: number, color: string) => {
    const shape = through(
      times(8, (i): [number, number] => {
        const r = size * dice.between(0.68, 1.15);
        return [x + r * 1.25 * Math.cos((i / 8) * 6.28), y + r * Math.sin((i / 8) * 6.28)];
      }),
      true,
    );
    return group(
      path(shape, color) + path(shape, 'url(#gloss)') + circle(x, y, size * 0.13, '#1d1a1a', 'opacity="0.6"'),
      'filter="url(#drop)"',
    );
  };
  const route: [number, number][] = [
    [210, 800],
    [390, 640],
    [560, 690],
    [700, 500],
    [900, 540],
    [1010, 340],
    [1210, 370],
    [1330, 190],
    [1480, 110],
  ];
  const others = draw(24, () =>
    hold(
      dice.between(40, 1560),
      dice.between(40, 860),
      dice.between(16, 36),
      dice.pick(['#2c7da0', '#f2b632', '#3a8f62', '#8d5bb5']),
    ),
  );
  const defs =
    linear(
      'light',
      [
        [0, '#ffffff', 0.35],
        [0.5, '#ffffff', 0],
        [1, '#2a1a10', 0.5],
      ],
      [0, 0, 1, 1],
    ) +
    radial(
      'gloss',
      [
        [0, '#fff', 0.55],
        [0.6, '#fff', 0],
        [1, '#000', 0.22],
      ],
      [0.36, 0.28, 0.75],
    ) +
    '<filter id="drop" x="-30%" y="-30%" width="170%" height="180%"><feDropShadow dx="10" dy="16" stdDeviation="9" flood-color="#2c2015" flood-opacity="0.5"/></filter>';
  const scene =
    back('#d8ccb8') +
    panels +
    bolts +
    others +
    line(through(route), '#e63946', 3, 'stroke-dasharray="3 13" stroke-linecap="round" opacity="0.8"') +
    route.map(([x, y], i) => hold(x, y, 44 + (i % 3) * 12, '#e63946')).join('') +
    rect(0, 0, width, 900, 'url(#light)', multiply);
  return picture(defs, scene, 0.28);
}

/** Lanes that follow a shore under a sun that will not set. */
export function halfMarathon(seed: string): string {
  const dice = diceOf(seed);
  // The road in perspective: its two edges, and every lane somewhere between them.
  const near: [number, number][] = [
    [-260, 900],
    [240, 770],
    [600, 662],
    [900, 584],
    [1130, 528],
    [1380, 494],
    [1660, 474],
  ];
  const far: [number, number][] = [
    [980, 960],
    [1010, 830],
    [1040, 720],
    [1110, 630],
    [1240, 556],
    [1440, 506],
    [1660, 478],
  ];
  const between = (t: number) =>
    near.map(([x, y], i): [number, number] => [
      x + ((far[i]?.[0] ?? x) - x) * t,
      y + ((far[i]?.[1] ?? y) - y) * t,
    ]);
  const colors = ['#e8344e', '#f0563f', '#f77f3f', '#fba544', '#fdc75a', '#fee08a', '#fff1c4'];
  const lanes = draw(
    7,
    (i) =>
      path(
        `${through(between(i / 7))}L${through(between((i + 1) / 7).reverse()).slice(1)}Z`,
        colors[i] as string,
      ) + line(through(between(i / 7)), '#fffaf0', 2.5, 'opacity="0.75"'),
  );
  const isles = ['#6f8fc4', '#4f70ad', '#355590', '#223f74'].map((fill, i) =>
    path(downFrom(edge(392 + i * 22, swell(dice, 40 - i * 7, 900 + i * 120))), fill),
  );
  const runner = (x: number, y: number, scale: number) =>
    group(
      `<ellipse cx="0" cy="36" rx="26" ry="5" fill="#5a1030" opacity="0.35"/>` +
        circle(9, -46, 9, '#12213f') +
        line('M6-34L-2-6', '#12213f', 14, 'stroke-linecap="round"') +
        line(
          'M-2-6L16 8L8 34M-2-6L-16 14L-34 12M5-30L24-20L34-32M4-30L-14-20L-10-6',
          '#12213f',
          6.5,
          'stroke-linecap="round" stroke-linejoin="round"',
        ),
      `transform="translate(${n(x)} ${n(y)}) scale(${scale.toFixed(2)})"`,
    );
  const runners = times(26, (i) => {
    const t = 1 - i / 27;
    const along = 0.6 + t * 4.6;
    const side = between(dice.between(0.14, 0.86));
    const [from, to] = [
      side[Math.floor(along)] as [number, number],
      side[Math.floor(along) + 1] as [number, number],
    ];
    const part = along % 1;
    return runner(
      from[0] + (to[0] - from[0]) * part,
      from[1] + (to[1] - from[1]) * part - 20 * (1.9 - t * 1.7),
      1.9 - t * 1.65,
    );
  }).join('');
  const defs =
    linear('sky', [
      [0, '#7ab0e6'],
      [0.35, '#c9c7e6'],
      [0.55, '#ffd2a8'],
      [0.7, '#ffe9c4'],
    ]) +
    linear('water', [
      [0, '#f6cfae'],
      [0.3, '#8fb1da'],
      [1, '#2a5a9c'],
    ]) +
    radial('sun', [
      [0, '#fffbe8'],
      [0.25, '#ffeab0', 0.9],
      [1, '#ffc98a', 0],
    ]);
  const scene =
    back('url(#sky)') +
    circle(1130, 330, 300, 'url(#sun)') +
    circle(1130, 330, 58, '#fff9dc') +
    isles.join('') +
    rect(0, 470, width, 430, 'url(#water)') +
    draw(70, () =>
      rect(
        1130 + dice.between(-1, 1) * 220,
        dice.between(476, 660),
        dice.between(20, 80),
        2.4,
        '#fff3d0',
        `rx="1" opacity="${dice.between(0.2, 0.8).toFixed(2)}"`,
      ),
    ) +
    lanes +
    runners;
  return picture(defs, scene, 0.22);
}
