import {
  back,
  blur,
  circle,
  diceOf,
  downFrom,
  draw,
  edge,
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
  swell,
  through,
  times,
  width,
} from './draw.ts';

const screen = 'style="mix-blend-mode:screen"';

/** Curtains of northern light above a house of glass. */
export function auroraLines(seed: string): string {
  const dice = diceOf(seed);
  const curtain = (y: number, colors: [string, string], tall: number) => {
    const wave = swell(dice, 70, 1500);
    const lean = dice.between(-0.25, 0.25);
    return draw(230, (i) => {
      const x = i * 7.4 - 50;
      const foot = y + wave(x) + 14 * Math.sin(i * 0.9);
      const reach = tall * (0.55 + 0.45 * Math.abs(Math.sin(i * 0.13 + y)) * dice.between(0.75, 1));
      return polygon(
        [
          [x, foot],
          [x + 8, foot],
          [x + 8 + lean * reach, foot - reach],
          [x + lean * reach, foot - reach],
        ],
        `url(#${colors[0]})`,
        `opacity="${dice.between(0.16, 0.5).toFixed(2)}"`,
      );
    });
  };
  const roof = (x: number) => 660 - 150 * Math.sqrt(Math.max(0, 1 - ((x - 800) / 640) ** 2));
  const columns = times(17, (i) => 160 + i * 80);
  const panes = columns.slice(0, -1).flatMap((x, i) => {
    const next = columns[i + 1] as number;
    return times(5, (floor) => {
      const y = (at: number, level: number) => roof(at) + (900 - roof(at)) * (level / 5);
      const lit = dice() < 0.42;
      return polygon(
        [
          [x, y(x, floor)],
          [next, y(next, floor)],
          [next, y(next, floor + 1)],
          [x, y(x, floor + 1)],
        ],
        lit ? dice.pick(['#ffe9b0', '#9dffe0', '#c7a6ff', '#7fe9ff']) : '#0f3a4a',
        `opacity="${lit ? dice.between(0.25, 0.85).toFixed(2) : 0.35}" stroke="#bff6ff" stroke-opacity="0.5" stroke-width="1.5"`,
      );
    });
  });
  const braces = draw(16, (i) =>
    line(
      `M${columns[i]} ${n(roof(columns[i] as number))}L${columns[i + 1]} 900M${columns[i + 1]} ${n(roof(columns[i + 1] as number))}L${columns[i]} 900`,
      '#d6fbff',
      1,
      'opacity="0.22"',
    ),
  );
  const defs =
    linear('sky', [
      [0, '#050b24'],
      [0.5, '#0b2748'],
      [1, '#123f55'],
    ]) +
    linear('green', [
      [0, '#48ffb0', 0],
      [0.55, '#3dffb4', 0.5],
      [1, '#b8ffe0', 0.95],
    ]) +
    linear('violet', [
      [0, '#8b5cff', 0],
      [0.6, '#b05cff', 0.5],
      [1, '#ff8ad8', 0.85],
    ]) +
    radial('glow', [
      [0, '#bfffe9', 0.75],
      [1, '#bfffe9', 0],
    ]) +
    blur('veil', 9) +
    blur('edge', 2);
  const scene =
    back('url(#sky)') +
    draw(140, () =>
      circle(
        dice.between(0, width),
        dice.between(0, 520),
        dice.between(0.5, 1.9),
        '#fff',
        `opacity="${dice.between(0.2, 0.9).toFixed(2)}"`,
      ),
    ) +
    group(curtain(430, ['violet', ''], 430), `filter="url(#veil)" ${screen}`) +
    group(curtain(520, ['green', ''], 400), `filter="url(#veil)" ${screen}`) +
    group(curtain(500, ['green', ''], 300), `filter="url(#edge)" opacity="0.55" ${screen}`) +
    `<ellipse cx="800" cy="720" rx="820" ry="300" fill="url(#glow)" ${screen}/>` +
    panes.join('') +
    braces +
    rect(0, 880, width, 20, '#041019');
  return picture(defs, scene, 0.12);
}

/** A lake between sunset and dark, and the lamps of ferries on it. */
export function blueHour(seed: string): string {
  const dice = diceOf(seed);
  const shore = 430;
  const hill = (y: number, amplitude: number, fill: string) =>
    path(`${downFrom(edge(y, swell(dice, amplitude, 1400)))}`, fill);
  const lamps = times(15, (i) => ({
    x: 90 + i * 104 + dice.between(-36, 36),
    size: dice.between(2.5, 6),
    color: dice.pick(['#ffd98a', '#ffc26b', '#fff0c9', '#ff9d6b']),
  }));
  const reflections = lamps
    .map(({ x, size, color }) =>
      draw(26, (i) => {
        const y = shore + 12 + i * i * 0.62 + i * 2;
        const spread = size * (1 + i * 0.22);
        return `<ellipse cx="${n(x + dice.between(-1, 1) * (2 + i * 0.9))}" cy="${n(y)}" rx="${n(spread * dice.between(0.7, 1.7))}" ry="${n(1.2 + i * 0.07)}" fill="${color}" opacity="${(0.85 * (1 - i / 27)).toFixed(2)}"/>`;
      }),
    )
    .join('');
  const ripples = draw(170, () => {
    const t = dice() ** 0.7;
    const y = shore + 8 + t * 460;
    return `<ellipse cx="${n(dice.between(0, width))}" cy="${n(y)}" rx="${n(20 + t * 130)}" ry="${n(0.6 + t * 2.2)}" fill="${dice.pick(['#f5b59b', '#7d9fe0', '#132256', '#0d1a45'])}" opacity="${dice.between(0.08, 0.3).toFixed(2)}"/>`;
  });
  const defs =
    linear('sky', [
      [0, '#101c52'],
      [0.4, '#3b4f9e'],
      [0.72, '#c98aa6'],
      [1, '#ffc79a'],
    ]) +
    linear('lake', [
      [0, '#e0a2a0'],
      [0.12, '#7f7fb8'],
      [0.45, '#2a3d86'],
      [1, '#0b1440'],
    ]) +
    radial('lamp', [
      [0, '#ffe7b8', 0.9],
      [0.3, '#ffc26b', 0.35],
      [1, '#ffc26b', 0],
    ]);
  const scene =
    rect(0, 0, width, shore, 'url(#sky)') +
    draw(40, () =>
      circle(
        dice.between(0, width),
        dice.between(0, 190),
        dice.between(0.5, 1.5),
        '#fff',
        `opacity="${dice.between(0.2, 0.8).toFixed(2)}"`,
      ),
    ) +
    circle(1180, 120, 34, '#fff4df', 'opacity="0.92"') +
    circle(1166, 112, 32, '#27377f', '') +
    hill(330, 46, '#5b5f9f') +
    hill(375, 30, '#343f80') +
    hill(408, 12, '#161f52') +
    rect(0, shore, width, height - shore, 'url(#lake)') +
    ripples +
    reflections +
    lamps
      .map(
        ({ x, size, color }) =>
          circle(x, shore - 6, size * 7, 'url(#lamp)', screen) + circle(x, shore - 6, size * 0.8, color),
      )
      .join('');
  return picture(defs, scene, 0.12);
}

/** A path of steps through snow, hills behind hills, a low sun. */
export function winterJourney(seed: string): string {
  const dice = diceOf(seed);
  const hills = ['#c3cfe0', '#a7b8d2', '#8b9fc0', '#6c83a9'];
  const ridges = hills
    .map((fill, i) => path(downFrom(edge(330 + i * 62, swell(dice, 60 - i * 6, 1100 + i * 160))), fill))
    .join('');
  const branch = (x: number, y: number, length: number, angle: number, depth: number): string => {
    const [endX, endY] = [x + length * Math.cos(angle), y + length * Math.sin(angle)];
    const own = line(
      `M${n(x)} ${n(y)}L${n(endX)} ${n(endY)}`,
      '#1b2540',
      depth * 1.5 + 0.4,
      'stroke-linecap="round"',
    );
    return depth === 0
      ? own
      : own +
          draw(depth > 3 ? 3 : 2, (i) =>
            branch(
              endX,
              endY,
              length * dice.between(0.62, 0.8),
              angle + (i - (depth > 3 ? 1 : 0.5)) * dice.between(0.45, 0.8),
              depth - 1,
            ),
          );
  };
  const trees =
    branch(1270, 760, 128, -1.5, 6) +
    branch(1450, 700, 80, -1.62, 5) +
    branch(150, 690, 74, -1.5, 5) +
    branch(300, 655, 46, -1.55, 4);
  const steps = draw(30, (i) => {
    const t = i / 30;
    const y = 880 - t ** 0.72 * 290;
    const x = 700 + 150 * Math.sin(t * 4.2) + (i % 2 ? 1 : -1) * 26 * (1 - t) ** 1.3;
    const size = 20 * (1 - t) ** 1.15 + 1.6;
    return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(size * 0.62)}" ry="${n(size * 0.34)}" fill="#5d739c" opacity="${(0.85 - t * 0.45).toFixed(2)}"/>`;
  });
  const defs =
    linear('sky', [
      [0, '#5f7bab'],
      [0.45, '#b9c3d9'],
      [0.72, '#f6d9c4'],
      [1, '#fbe9d8'],
    ]) +
    radial('sun', [
      [0, '#fff6e6', 1],
      [0.16, '#ffe3bd', 0.9],
      [0.5, '#ffc690', 0.3],
      [1, '#ffc690', 0],
    ]) +
    linear('snow', [
      [0, '#e7edf7'],
      [1, '#b3c3de'],
    ]);
  const scene =
    rect(0, 0, width, 560, 'url(#sky)') +
    circle(560, 330, 330, 'url(#sun)') +
    circle(560, 330, 50, '#fff8ec') +
    ridges +
    path(downFrom(edge(600, swell(dice, 26, 1500))), 'url(#snow)') +
    steps +
    trees +
    draw(230, () =>
      circle(
        dice.between(0, width),
        dice.between(0, 900),
        dice.between(0.8, 3.4),
        '#fff',
        `opacity="${dice.between(0.25, 0.9).toFixed(2)}"`,
      ),
    );
  return picture(defs, scene, 0.14);
}

/** The sound hole of a violin, cut into wood that has grown for two hundred years. */
export function sessionClass(seed: string): string {
  const dice = diceOf(seed);
  const drift = swell(dice, 26, 900);
  const grainLines = draw(92, (i) => {
    const x = -40 + i * 18.5;
    return line(
      through(times(13, (k): [number, number] => [x + drift(k * 75 + x * 0.2) * 0.5, -20 + k * 78])),
      i % 3 === 0 ? '#5b1f0b' : '#8a3a14',
      dice.between(0.8, 4),
      `opacity="${dice.between(0.12, 0.42).toFixed(2)}"`,
    );
  });
  const hole =
    'M0-250c46-14 92 16 92 62 0 34-26 54-54 54-26 0-44-18-44-42 0-22 16-38 36-38 8 0 14 2 20 6-10-18-34-24-56-10-34 22-40 78-20 150l34 122c34 126 22 222-52 252-54 22-112-8-112-60 0-34 26-56 56-56 26 0 44 18 44 44 0 22-16 38-36 38-8 0-16-2-22-8 12 22 38 28 62 12 34-24 38-82 16-158L-34 0c-38-136-26-226 34-250z';
  const strings = draw(
    4,
    (i) =>
      line(`M${706 + i * 62} -10L${690 + i * 73} 910`, 'url(#steel)', 6.5 - i * 1.2) +
      line(`M${714 + i * 62} -10L${698 + i * 73} 910`, '#2a0d04', 5, 'opacity="0.3"'),
  );
  const defs =
    radial(
      'wood',
      [
        [0, '#f2a24a'],
        [0.5, '#c4611f'],
        [1, '#5a1c0a'],
      ],
      [0.5, 0.45, 0.75],
    ) +
    linear(
      'steel',
      [
        [0, '#fff7e0'],
        [0.5, '#d9c39a'],
        [1, '#fffaf0'],
      ],
      [0, 0, 1, 0],
    ) +
    radial('shine', [
      [0, '#fff0c8', 0.6],
      [1, '#fff0c8', 0],
    ]) +
    blur('rim', 5);
  const f = (x: number, flip: number) =>
    group(
      path(hole, '#ffd9a0', 'transform="translate(7 6)" opacity="0.55" filter="url(#rim)"') +
        path(hole, '#1a0703'),
      `transform="translate(${x} 430) scale(${flip * 1.28} 1.28)"`,
    );
  const scene =
    back('url(#wood)') +
    grainLines +
    `<ellipse cx="560" cy="190" rx="640" ry="200" fill="url(#shine)" transform="rotate(-14 560 190)" style="mix-blend-mode:soft-light"/>` +
    f(330, 1) +
    f(1270, -1) +
    strings;
  return picture(defs, scene, 0.24);
}
