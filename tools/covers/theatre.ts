import {
  back,
  blur,
  circle,
  diceOf,
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
  ring,
  swell,
  through,
  times,
  width,
} from './draw.ts';

/** The contour lines of a coast that one red line refuses to follow. */
export function cartographersDaughter(seed: string): string {
  const dice = diceOf(seed);
  const bump = times(7, () => ({
    k: Math.round(dice.between(2, 6)),
    a: dice.between(0.03, 0.11),
    p: dice.between(0, 6.28),
  }));
  const island = (cx: number, cy: number, size: number, stretch: number): [number, number][] =>
    times(72, (i) => {
      const angle = (i / 72) * 2 * Math.PI;
      const r =
        size * (1 + bump.reduce((sum, { k, a, p }) => sum + a * Math.sin(k * angle + p + size / 260), 0));
      return [cx + r * stretch * Math.cos(angle), cy + r * Math.sin(angle)];
    });
  const sea = draw(22, (i) =>
    line(
      through(island(620, 470, 400 + i * 46, 1.35), true),
      '#0e4a5a',
      i % 4 === 0 ? 2 : 1,
      `opacity="${(0.5 - i * 0.018).toFixed(2)}"`,
    ),
  );
  const tints = ['#e9c98f', '#e2b877', '#d8a463', '#c98c50', '#b67340', '#9c5a33'];
  const land = draw(6, (i) =>
    path(
      through(island(620, 470, 352 - i * 54, 1.35), true),
      tints[i] as string,
      'stroke="#6b3a1e" stroke-opacity="0.55" stroke-width="1.6"',
    ),
  );
  const islets = draw(7, () => {
    const [x, y, r] = [dice.between(1120, 1540), dice.between(90, 820), dice.between(12, 44)];
    return path(
      through(island(x, y, r, 1.2), true),
      '#e2b877',
      'stroke="#6b3a1e" stroke-opacity="0.5" stroke-width="1.4"',
    );
  });
  const rose = group(
    ring(0, 0, 112, '#102f3a', 2) +
      ring(0, 0, 104, '#102f3a', 1) +
      draw(16, (i) => {
        const reach = i % 4 === 0 ? 150 : i % 2 === 0 ? 96 : 62;
        const turn = (i * Math.PI) / 8;
        const at = (r: number, a: number): [number, number] => [r * Math.sin(a), -r * Math.cos(a)];
        return (
          polygon([at(reach, turn), at(20, turn + 0.39), [0, 0]], '#102f3a') +
          polygon(
            [at(reach, turn), at(20, turn - 0.39), [0, 0]],
            '#f3e4c1',
            'stroke="#102f3a" stroke-width="1"',
          )
        );
      }),
    'transform="translate(1300 640)"',
  );
  const course = through([
    [-20, 800],
    [180, 700],
    [330, 610],
    [470, 640],
    [640, 470],
    [760, 330],
    [980, 300],
    [1180, 190],
    [1460, 150],
    [1640, 60],
  ]);
  const grid = draw(
    13,
    (i) =>
      line(`M${i * 130} 0V900`, '#0e4a5a', 1, 'opacity="0.16"') +
      line(`M0 ${i * 130}H1600`, '#0e4a5a', 1, 'opacity="0.16"'),
  );
  const defs =
    radial(
      'sea',
      [
        [0, '#a9d2c8'],
        [0.6, '#7fb9b8'],
        [1, '#3f8791'],
      ],
      [0.4, 0.5, 0.8],
    ) + blur('lift', 22);
  const scene =
    back('url(#sea)') +
    grid +
    sea +
    path(through(island(640, 500, 356, 1.35), true), '#123c46', 'filter="url(#lift)" opacity="0.45"') +
    land +
    islets +
    rose +
    line(course, '#c8102e', 5, 'stroke-dasharray="20 12" stroke-linecap="round"') +
    circle(640, 470, 11, '#c8102e') +
    ring(640, 470, 22, '#c8102e', 3);
  return picture(defs, scene, 0.3);
}

/** Steps of an ancient theatre around a stage that the last sun reaches. */
export function antigoneAtDusk(seed: string): string {
  const dice = diceOf(seed);
  const tiers = times(15, (i) => 15 - i);
  const steps = tiers
    .map((i) => {
      const r = 130 + i * 56;
      const shade = 1 - i * 0.03;
      const color = `rgb(${n(255 * shade)},${n(176 * shade * (1 - i * 0.012))},${n(120 * shade + i * 3)})`;
      return `<ellipse cx="800" cy="930" rx="${n(r * 1.5)}" ry="${n(r * 0.82)}" fill="${color}"/><ellipse cx="800" cy="952" rx="${n(r * 1.5 - 6)}" ry="${n(r * 0.82)}" fill="#6b1f45" opacity="${(0.3 + i * 0.018).toFixed(2)}"/>`;
    })
    .join('');
  const aisles = draw(7, (i) => {
    const angle = Math.PI + ((i + 0.5) * Math.PI) / 7;
    return line(
      `M${n(800 + 190 * 1.5 * Math.cos(angle))} ${n(930 + 190 * 0.82 * Math.sin(angle))}L${n(800 + 990 * 1.5 * Math.cos(angle))} ${n(930 + 990 * 0.82 * Math.sin(angle))}`,
      '#f9c79a',
      9,
      'opacity="0.24"',
    );
  });
  const defs =
    linear('sky', [
      [0, '#2a1a4a'],
      [0.4, '#8a2f5c'],
      [0.75, '#f0653f'],
      [1, '#ffb25e'],
    ]) +
    radial('sun', [
      [0, '#fff0c4'],
      [0.3, '#ffc86b', 0.85],
      [1, '#ff8a4a', 0],
    ]) +
    radial('stage', [
      [0, '#ffe9c2'],
      [1, '#e99a62'],
    ]) +
    linear('dusk', [
      [0, '#2a1a4a', 0],
      [0.6, '#2a1a4a', 0],
      [1, '#2a1a4a', 0.35],
    ]) +
    radial('reach', [
      [0, '#ffd08a', 0.85],
      [1, '#ff9a5a', 0],
    ]);
  const scene =
    back('url(#sky)') +
    circle(800, 150, 330, 'url(#sun)') +
    circle(800, 150, 74, '#fff3cf') +
    draw(5, (i) => line(through(edge(96 + i * 34, swell(dice, 7, 1300))), '#ffd9a8', 2, 'opacity="0.2"')) +
    steps +
    aisles +
    '<ellipse cx="800" cy="640" rx="760" ry="420" fill="url(#reach)" style="mix-blend-mode:soft-light"/>' +
    '<ellipse cx="800" cy="930" rx="280" ry="152" fill="url(#stage)"/>' +
    '<ellipse cx="806" cy="868" rx="150" ry="9" fill="#5a1f2d" opacity="0.45" transform="rotate(12 806 868)"/>' +
    path('M800 726c11 0 18 9 18 20s-7 20-18 20-18-9-18-20 7-20 18-20zm-24 46h48l20 108h-88z', '#8e0f2a') +
    rect(0, 0, width, 900, 'url(#dusk)');
  return picture(defs, scene, 0.26);
}

/** Wheels of a clock, and the strings of somebody who should be asleep. */
export function clockmaker(seed: string): string {
  const dice = diceOf(seed);
  const wheel = (
    x: number,
    y: number,
    r: number,
    teeth: number,
    color: string,
    hub: string,
    turn: number,
  ) => {
    const outline = times(teeth * 4, (i): [number, number] => {
      const reach = i % 4 < 2 ? r : r * (1 - 5.2 / teeth);
      const angle = turn + ((i + (i % 2 ? -0.18 : 0.18)) / (teeth * 4)) * 2 * Math.PI;
      return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
    });
    const spokes = draw(6, (i) =>
      line(
        `M${n(x)} ${n(y)}L${n(x + r * 0.74 * Math.cos(turn + (i * Math.PI) / 3))} ${n(y + r * 0.74 * Math.sin(turn + (i * Math.PI) / 3))}`,
        color,
        r * 0.085,
      ),
    );
    return group(
      polygon(outline, color) +
        circle(x, y, r * 0.72, '#12403f') +
        spokes +
        circle(x, y, r * 0.2, color) +
        circle(x, y, r * 0.09, hub),
      'filter="url(#drop)"',
    );
  };
  const tied: [number, number][] = [
    [664, 518],
    [764, 790],
    [800, 420],
    [836, 780],
    [936, 518],
  ];
  const strings =
    tied.map(([x, y], i) => line(`M${640 + i * 80} 92L${x} ${y}`, '#f6e7c6', 2, 'opacity="0.8"')).join('') +
    rect(600, 76, 400, 20, '#8a4f24', 'rx="10"') +
    rect(790, -20, 20, 150, '#6d3b19', 'rx="8"');
  const king =
    path('M740 470l16-64 30 34 14-50 14 50 30-34 16 64z', '#f0b429') +
    circle(800, 518, 52, '#e9b48a') +
    circle(782, 510, 5, '#3b1d16') +
    circle(818, 510, 5, '#3b1d16') +
    path('M786 536q14 12 28 0', 'none', 'stroke="#3b1d16" stroke-width="3" stroke-linecap="round"') +
    polygon(
      [
        [748, 572],
        [852, 572],
        [884, 742],
        [716, 742],
      ],
      '#b3261e',
    ) +
    rect(728, 722, 144, 20, '#f6e7c6') +
    line('M752 586L668 520M848 586L932 520', '#e9b48a', 20, 'stroke-linecap="round"') +
    line('M768 742L760 846M832 742L846 830', '#2a1a3a', 24, 'stroke-linecap="round"');
  const defs =
    radial(
      'room',
      [
        [0, '#2d8079'],
        [0.6, '#17514f'],
        [1, '#082a2d'],
      ],
      [0.5, 0.5, 0.72],
    ) +
    radial('lamp', [
      [0, '#ffe9b8', 0.75],
      [1, '#ffe9b8', 0],
    ]) +
    '<filter id="drop" x="-20%" y="-20%" width="140%" height="140%"><feDropShadow dx="6" dy="12" stdDeviation="10" flood-color="#021a1c" flood-opacity="0.55"/></filter>';
  const scene =
    back('url(#room)') +
    wheel(240, 250, 236, 30, '#c98a2b', '#5c3310', 0.1) +
    wheel(560, 110, 132, 18, '#e0b25a', '#5c3310', 0.2) +
    wheel(120, 720, 190, 26, '#a8652a', '#3b1d16', 0.3) +
    wheel(1370, 240, 268, 34, '#b8742b', '#3b1d16', dice.between(0, 1)) +
    wheel(1450, 730, 184, 24, '#dca64a', '#5c3310', 0.15) +
    wheel(1110, 90, 108, 16, '#e6c27a', '#5c3310', 0.4) +
    circle(800, 560, 430, 'url(#lamp)', 'style="mix-blend-mode:screen"') +
    `<ellipse cx="800" cy="858" rx="170" ry="18" fill="#041c1e" opacity="0.55"/>` +
    group(king, 'filter="url(#drop)"') +
    strings;
  return picture(defs, scene, 0.2);
}
