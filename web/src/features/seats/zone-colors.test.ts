import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { contrastOf, ground, inkOn, visibleOn, zoneMark } from './zone-colors.ts';

const anyColor = integer({ min: 0, max: 0xffffff }).map((word) => `#${word.toString(16).padStart(6, '0')}`);

test('every colour of an organiser is visible on the ground of both themes, and so is a sign on it', () => {
  assert(
    property(anyColor, (color) => {
      for (const background of Object.values(ground)) {
        const shown = visibleOn(background, color);
        expect(contrastOf(shown, background)).toBeGreaterThanOrEqual(3);
        expect(contrastOf(inkOn(shown), shown)).toBeGreaterThanOrEqual(4.5);
      }
    }),
  );
});

test('a colour that is visible stays as it is', () => {
  expect(visibleOn(ground.light, '#b3325f')).toBe('#b3325f');
  expect(visibleOn(ground.dark, '#e0a030')).toBe('#e0a030');
});

test('the grounds are those of the design', () => {
  const styles = readFileSync(join(import.meta.dirname, '../../styles.css'), 'utf8');
  expect(styles).toContain(`--color-sunken: light-dark(${ground.light}, ${ground.dark});`);
});

test('each of the forty zones that a map may have gets a mark of its own', () => {
  expect(new Set(Array.from({ length: 40 }, (_, zone) => zoneMark(zone))).size).toBe(40);
});
