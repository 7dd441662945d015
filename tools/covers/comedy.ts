import {
  across,
  back,
  beam,
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
  width,
} from './draw.ts';

const screen = 'style="mix-blend-mode:screen"';

/** One microphone, one light, no way out. */
export function lateAndUnwise(seed: string): string {
  const dice = diceOf(seed);
  const bricks = draw(20, (row) =>
    draw(18, (column) =>
      rect(
        column * 98 - (row % 2) * 49,
        row * 46,
        94,
        42,
        dice.pick(['#3b1a5a', '#40205f', '#371a54']),
        'rx="2"',
      ),
    ),
  );
  const mic =
    line('M800 470V850', '#1a1024', 15) +
    `<ellipse cx="800" cy="856" rx="128" ry="18" fill="#1a1024"/>` +
    path('M772 360h56l-11 124h-34z', '#2a2036') +
    rect(779, 395, 42, 10, '#ffcf3d') +
    circle(800, 322, 58, 'url(#head)') +
    draw(7, (i) =>
      line(`M${n(746 + i * 3)} ${292 + i * 11}H${n(854 - i * 3)}`, '#5b5266', 2.4, 'opacity="0.7"'),
    ) +
    draw(8, (i) => line(`M${758 + i * 12} 272V374`, '#5b5266', 2.4, 'opacity="0.5"'));
  const defs =
    radial('spot', [
      [0, '#fff3b0'],
      [0.62, '#ffd23f'],
      [1, '#ffb400'],
    ]) +
    radial(
      'head',
      [
        [0, '#f4f1fa'],
        [0.55, '#a39bb3'],
        [1, '#4b4358'],
      ],
      [0.38, 0.3, 0.75],
    ) +
    linear('cone', [
      [0, '#fff6c8', 0.8],
      [1, '#ffd23f', 0.12],
    ]) +
    radial(
      'edges',
      [
        [0, '#12051f', 0],
        [0.6, '#12051f', 0.1],
        [1, '#12051f', 0.85],
      ],
      [0.5, 0.46, 0.7],
    ) +
    linear('floor', [
      [0, '#241033'],
      [1, '#100518'],
    ]);
  const scene =
    back('#241038') +
    bricks +
    polygon(
      [
        [788, -30],
        [812, -30],
        [1012, 160],
        [588, 160],
      ],
      'url(#cone)',
      screen,
    ) +
    circle(800, 400, 320, 'url(#spot)') +
    draw(60, () =>
      circle(
        800 + dice.between(-300, 300),
        400 + dice.between(-300, 300),
        dice.between(1, 4),
        '#fffbe0',
        'opacity="0.35"',
      ),
    ) +
    rect(0, 790, width, 110, 'url(#floor)') +
    `<ellipse cx="800" cy="852" rx="420" ry="44" fill="#ffd23f" opacity="0.85"/>` +
    mic +
    rect(0, 0, width, height, 'url(#edges)');
  return picture(defs, scene, 0.08);
}

/** Mansard roofs under a moon, in the four inks of an old poster. */
export function riveDroite(seed: string): string {
  const dice = diceOf(seed);
  const roofs = (y: number, wall: string, slate: string, light: string) => {
    let x = -30;
    let out = '';
    while (x < 1640) {
      const w = dice.between(120, 230);
      const top = y + dice.between(-70, 50);
      out +=
        polygon(
          [
            [x, top],
            [x + 26, top - 92],
            [x + w - 26, top - 92],
            [x + w, top],
          ],
          slate,
        ) + rect(x, top, w, 900 - top, wall);
      out += draw(3, (i) =>
        rect(x + w * (0.16 + i * 0.27), top - 66, w * 0.13, 44, dice() < 0.45 ? light : wall, 'rx="10"'),
      );
      out += draw(12, (i) =>
        rect(
          x + w * (0.14 + (i % 3) * 0.28),
          top + 36 + Math.floor(i / 3) * 88,
          w * 0.16,
          54,
          dice() < 0.3 ? light : slate,
          'rx="3"',
        ),
      );
      out += draw(3, (i) => rect(x + 34 + i * 26, top - 92 - dice.between(26, 56), 15, 60, '#b8402f'));
      x += w;
    }
    return out;
  };
  const rays = draw(30, (i) => {
    const a = (i / 30) * 2 * Math.PI;
    return polygon(
      [
        [800, 330],
        [800 + 1400 * Math.cos(a), 330 + 1400 * Math.sin(a)],
        [800 + 1400 * Math.cos(a + 0.105), 330 + 1400 * Math.sin(a + 0.105)],
      ],
      '#e2543f',
      'opacity="0.5"',
    );
  });
  const defs = radial(
    'sky',
    [
      [0, '#f7a65a'],
      [0.5, '#e9664a'],
      [1, '#b22a44'],
    ],
    [0.5, 0.37, 0.8],
  );
  const smile =
    path('M690 350q110 130 220 0', 'none', 'stroke="#d9603f" stroke-width="15" stroke-linecap="round"') +
    path(
      'M716 286q24-30 48 0M836 286q24-30 48 0',
      'none',
      'stroke="#d9603f" stroke-width="12" stroke-linecap="round"',
    );
  const scene =
    back('url(#sky)') +
    rays +
    circle(800, 330, 210, '#fbe6bd') +
    ring(800, 330, 232, '#fbe6bd', 4, 'opacity="0.6"') +
    smile +
    group(roofs(620, '#7a3f6e', '#4c2a5c', '#ffd98a'), 'opacity="0.95"') +
    roofs(740, '#28204d', '#171233', '#ffcf6b');
  return picture(defs, scene, 0.3);
}

/** Light through dust, on its way to a screen. */
export function silentCinema(seed: string): string {
  const dice = diceOf(seed);
  const frames = (y: number) =>
    rect(0, y, width, 96, '#0a0807') +
    draw(28, (i) => rect(14 + i * 58, y + 28, 32, 40, '#e9c98a', 'rx="7" opacity="0.8"'));
  const dust = draw(320, () => {
    const t = dice() ** 0.6;
    const x = 180 + t * 1400;
    const y = 450 + dice.between(-1, 1) * (14 + t * 300);
    return circle(
      x,
      y,
      dice.between(0.7, 3.6),
      '#fff1cf',
      `opacity="${dice.between(0.15, 0.85).toFixed(2)}"`,
    );
  });
  const rays = draw(16, (i) =>
    beam(170, 450, (i - 7.5) * 0.0275, 1700, 0.014, i % 3 === 0 ? 'url(#bright)' : 'url(#soft)', screen),
  );
  const reel = (x: number, y: number, r: number) =>
    circle(x, y, r, '#191210') +
    ring(x, y, r, '#8a6a3a', 5) +
    draw(5, (i) =>
      circle(
        x + r * 0.56 * Math.cos((i * 6.283) / 5),
        y + r * 0.56 * Math.sin((i * 6.283) / 5),
        r * 0.24,
        '#4a3520',
      ),
    ) +
    circle(x, y, r * 0.14, '#d9b26a');
  const defs =
    radial(
      'dark',
      [
        [0, '#3a2415'],
        [0.6, '#1a100b'],
        [1, '#070403'],
      ],
      [0.75, 0.5, 0.85],
    ) +
    across(
      'bright',
      [
        [0, '#fff6dc', 1],
        [0.4, '#ffdf9f', 0.5],
        [1, '#ffcf7a', 0.25],
      ],
      [170, 0, 1600, 0],
    ) +
    across(
      'soft',
      [
        [0, '#fff0c8', 0.6],
        [0.5, '#ffcf8a', 0.22],
        [1, '#ffb85a', 0.12],
      ],
      [170, 0, 1600, 0],
    ) +
    radial('lens', [
      [0, '#fff'],
      [0.2, '#fff1cf', 0.9],
      [1, '#ffc46a', 0],
    ]) +
    radial('screen', [
      [0, '#ffe9c0', 0.75],
      [1, '#ffb85a', 0],
    ]);
  const scene =
    back('url(#dark)') +
    `<ellipse cx="1560" cy="450" rx="360" ry="420" fill="url(#screen)" ${screen}/>` +
    rays +
    dust +
    reel(118, 290, 104) +
    reel(64, 610, 92) +
    rect(-20, 392, 190, 116, '#120c09', 'rx="10"') +
    rect(160, 416, 26, 68, '#8a6a3a', 'rx="4"') +
    circle(186, 450, 150, 'url(#lens)', screen) +
    circle(186, 450, 24, '#fff') +
    frames(0) +
    frames(804);
  return picture(defs, scene, 0.34);
}
