import {
  across,
  back,
  blur,
  circle,
  diceOf,
  draw,
  edge,
  line,
  linear,
  n,
  path,
  picture,
  polygon,
  radial,
  rect,
  ring,
  swell,
  through,
  times,
  width,
} from './draw.ts';

const screen = 'style="mix-blend-mode:screen"';

/** Arches behind arches: a building whose plan has room for another hundred years. */
export function nextHundredYears(seed: string): string {
  const dice = diceOf(seed);
  const tones = ['#f4d9c6', '#efb8a0', '#e08f86', '#b96a86', '#80518a', '#4d3f86', '#2b2f73', '#171d52'];
  const arch = (cx: number, w: number, top: number, fill: string) =>
    path(
      `M${n(cx - w / 2)} 900V${n(top + w / 2)}A${n(w / 2)} ${n(w / 2)} 0 0 1 ${n(cx + w / 2)} ${n(top + w / 2)}V900Z`,
      fill,
    );
  const nest = (cx: number, w: number, top: number, from: number) =>
    draw(
      6,
      (i) =>
        arch(cx + i * 9, w - i * w * 0.15, top + i * 46, tones[(from + i) % tones.length] as string) +
        arch(cx + i * 9 - 5, w - i * w * 0.15 - 12, top + i * 46 + 8, `url(#wall${(from + i) % 3})`),
    );
  const defs =
    linear('sky', [
      [0, '#f9e7d3'],
      [1, '#f3c1a4'],
    ]) +
    [0, 1, 2]
      .map((i) =>
        linear(
          `wall${i}`,
          [
            [0, '#ffffff', 0.26],
            [0.5, '#ffffff', 0],
            [1, '#0a0d3a', 0.3],
          ],
          [0, 0, 1, 1],
        ),
      )
      .join('') +
    linear('shade', [
      [0, '#161b4d', 0],
      [1, '#161b4d', 0.55],
    ]) +
    radial('sun', [
      [0, '#fffdf4'],
      [1, '#ffe9bd'],
    ]);
  const scene =
    back('url(#sky)') +
    circle(1180, 210, 92, 'url(#sun)') +
    nest(250, 520, 330, 1) +
    nest(1360, 560, 380, 2) +
    nest(800, 660, 120, 0) +
    rect(0, 620, width, 280, 'url(#shade)') +
    draw(7, (i) =>
      polygon(
        [
          [800 + i * 4 - 120 + i * 8, 900],
          [800 + 46 + i * 9, 900],
          [800 + 44 + i * 3, 640 + i * 36],
          [800 + i * 3, 640 + i * 36],
        ],
        '#ffd9a8',
        'opacity="0.05"',
      ),
    ) +
    circle(842, 846, 9, '#0e1238') +
    path('M833 858h18l6 42h-30z', '#0e1238') +
    draw(9, () =>
      line(`M${n(dice.between(60, 700))} ${n(dice.between(60, 230))}q10-10 20 0q10-10 20 0`, '#4d3f86', 2.5),
    );
  return picture(defs, scene, 0.3);
}

/** A bridge and a lighthouse in white ink on blue paper, with more dimensions than anyone asked for. */
export function unreasonableLectures(seed: string): string {
  const dice = diceOf(seed);
  const ink = '#e6f2ff';
  const grid =
    draw(41, (i) =>
      line(`M${i * 40} 0V900`, ink, i % 5 === 0 ? 1.2 : 0.6, `opacity="${i % 5 === 0 ? 0.2 : 0.1}"`),
    ) +
    draw(23, (i) =>
      line(`M0 ${i * 40}H1600`, ink, i % 5 === 0 ? 1.2 : 0.6, `opacity="${i % 5 === 0 ? 0.2 : 0.1}"`),
    );
  const cable = (x: number) => 300 + ((x - 560) / 330) ** 2 * 290;
  const hangers = draw(45, (i) => {
    const x = 240 + i * 14.5;
    return line(`M${n(x)} ${n(cable(x))}V600`, ink, 1.2, 'opacity="0.75"');
  });
  const towers = [230, 890].map(
    (x) =>
      draw(2, (k) => rect(x - 26 + k * 40, 270, 12, 460, 'none', `stroke="${ink}" stroke-width="3"`)) +
      draw(6, (k) =>
        line(
          `M${x - 14} ${300 + k * 70}L${x + 14} ${370 + k * 70}M${x + 14} ${300 + k * 70}L${x - 14} ${370 + k * 70}`,
          ink,
          1.6,
        ),
      ),
  );
  const deck =
    line('M-20 600H1120M-20 618H1120', ink, 3) +
    draw(56, (i) => line(`M${i * 20} 600L${i * 20 + 10} 618L${i * 20 + 20} 600`, ink, 1));
  const light =
    polygon(
      [
        [1300, 730],
        [1326, 300],
        [1394, 300],
        [1420, 730],
      ],
      'none',
      `stroke="${ink}" stroke-width="3"`,
    ) +
    draw(4, (i) =>
      polygon(
        [
          [1321 - i * 6, 380 + i * 95],
          [1399 + i * 6, 380 + i * 95],
          [1402 + i * 6, 425 + i * 95],
          [1318 - i * 6, 425 + i * 95],
        ],
        ink,
        'opacity="0.85"',
      ),
    ) +
    rect(1330, 240, 60, 60, '#ffd66b') +
    path('M1318 240h84l-42-46z', ink);
  const beams =
    polygon(
      [
        [1330, 270],
        [-40, 60],
        [-40, 250],
      ],
      'url(#ray)',
    ) +
    polygon(
      [
        [1390, 270],
        [1700, 215],
        [1700, 315],
      ],
      'url(#ray2)',
    );
  const measures = draw(6, (i) => {
    const y = 760 + i * 21;
    const [from, to] = [60 + dice.between(0, 300), 700 + dice.between(0, 800)];
    return line(
      `M${n(from)} ${y}H${n(to)}M${n(from)} ${y - 8}V${y + 8}M${n(to)} ${y - 8}V${y + 8}`,
      ink,
      1.4,
      'opacity="0.6"',
    );
  });
  const arcs =
    draw(7, (i) => ring(560, 1050, 480 + i * 9, ink, 0.9, 'opacity="0.35"')) +
    ring(1360, 270, 120, ink, 1, 'stroke-dasharray="4 8" opacity="0.7"') +
    ring(1360, 270, 190, ink, 1, 'stroke-dasharray="4 8" opacity="0.45"');
  const defs =
    radial(
      'paper',
      [
        [0, '#2f6fc4'],
        [1, '#123a7c'],
      ],
      [0.5, 0.45, 0.8],
    ) +
    across(
      'ray',
      [
        [0, '#ffe9a8', 0],
        [1, '#ffe28a', 0.75],
      ],
      [0, 0, 1330, 0],
    ) +
    across(
      'ray2',
      [
        [0, '#ffe28a', 0.75],
        [1, '#ffe9a8', 0.1],
      ],
      [1390, 0, 1700, 0],
    );
  const scene =
    back('url(#paper)') +
    grid +
    beams +
    arcs +
    hangers +
    line(
      through(times(40, (i): [number, number] => [100 + i * 24, Math.min(cable(100 + i * 24), 600)])),
      ink,
      4,
    ) +
    towers.join('') +
    deck +
    light +
    line(through(edge(735, swell(dice, 6, 400), 20)), ink, 2) +
    line(through(edge(748, swell(dice, 6, 400), 20)), ink, 1.2, 'opacity="0.6"') +
    measures;
  return picture(defs, scene, 0.3);
}

/** Rooms within rooms, and nothing in them but light. */
export function roomsOfLight(_seed: string): string {
  const hues = [
    '#1b0b4a',
    '#3a1180',
    '#6a1fb0',
    '#b02fb8',
    '#ee4f9a',
    '#ff7f7a',
    '#ffb36b',
    '#ffe09a',
    '#fffbea',
  ];
  const rooms = draw(9, (i) => {
    const w = 1700 - i * 188;
    const h = 980 - i * 104;
    const [x, y] = [800 - w / 2, 452 - h / 2 - i * 3];
    return (
      rect(x, y, w, h, hues[i] as string, `rx="${n(22 + i * 5)}" filter="url(#halo${i > 5 ? 2 : 1})"`) +
      rect(x, y, w, h, 'url(#fall)', `rx="${n(22 + i * 5)}" opacity="0.5"`)
    );
  });
  const defs =
    linear('fall', [
      [0, '#fff', 0.22],
      [0.5, '#fff', 0],
      [1, '#14002e', 0.34],
    ]) +
    linear('floor', [
      [0, '#fff3d8', 0.55],
      [1, '#ff4f9a', 0],
    ]) +
    blur('halo1', 9) +
    blur('halo2', 5) +
    blur('soft', 26);
  const scene =
    back('#0d0430') +
    rooms +
    polygon(
      [
        [700, 560],
        [900, 560],
        [1240, 900],
        [360, 900],
      ],
      'url(#floor)',
      `filter="url(#soft)" ${screen}`,
    ) +
    `<ellipse cx="800" cy="664" rx="42" ry="8" fill="#3a0a3f" opacity="0.5"/>` +
    circle(800, 548, 15, '#2a0a3c') +
    path('M800 566c22 0 28 14 28 32l-8 66h-40l-8-66c0-18 6-32 28-32z', '#2a0a3c');
  return picture(defs, scene, 0.3);
}
