import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { createCamera, lights } from './testing/camera.ts';
import { openDoorEvent } from './testing/door.ts';
import { setUpHouse } from './testing/house.ts';

const camera = createCamera();
afterAll(camera.remove);
const house = setUpHouse({ browserArgs: camera.args });

test('the camera reads a ticket in the sun, at night, out of focus, on a cracked and on a dim screen', async () => {
  const looks = Object.entries(lights);
  const { id, organiser: door, pdf } = await openDoorEvent(house, 'Bad Light', looks.length);
  await door.page.addInitScript(noteSignals);
  await door.open(`/door/${id}`);
  for (const [index, [name, light]] of looks.entries()) {
    camera.show(pdf, index + 1, light);
    await door.press('Scan with the camera');
    await door.page.getByText(`${index + 1} of ${looks.length} in`).waitFor();
    expect(await (await door.hears('status', 'Admitted')).textContent(), name).toContain('Standing');
    // The ticket stays in view. It is read again and again, and is still one scan.
    await door.press('Stop the camera');
  }
  expect(await door.page.getByRole('list').last().getByRole('listitem').count()).toBe(looks.length);
  rmSync(pdf);
});

test('a hand scanner types anywhere, each result sounds and buzzes as the steward has set it, and the last ones stay', async () => {
  const { id, organiser: door, tickets } = await openDoorEvent(house, 'By Hand', 3);
  const [first = '', second = '', third = ''] = tickets.map(({ code }) => code);
  await door.page.addInitScript(noteSignals);
  await door.open(`/door/${id}`);
  await door.press('Settings');
  await typeFast(door, first);
  await door.hears('status', 'Admitted');
  // What was typed while the field had the focus is not in it.
  expect(await door.page.getByLabel('Gate', { exact: true }).inputValue()).toBe('');
  expect(await signalsOf(door)).toMatchObject({ buzzes: [[200]], tones: [523] });
  await door.page.getByLabel('Sound').uncheck();
  await door.press('Close');

  // A scanner that claims an American keyboard, on a device with a French one.
  await typeFast(door, second, 'French');
  await door.hears('status', 'Admitted');
  door.expects({ status: 409, path: '/check-ins' });
  await typeFast(door, first);
  await door.hears('status', 'Used already');
  const { buzzes, tones } = await signalsOf(door);
  expect(buzzes).toEqual([[200], [200], [80, 60, 80, 60, 80]]);
  expect(tones).toEqual([523]);
  await isAccessible(door);

  const last = door.page.getByRole('region', { name: 'Last scans' }).getByRole('button');
  expect(await last.allTextContents()).toEqual([
    expect.stringMatching(/^Used already/),
    expect.stringMatching(/Standing/),
    expect.stringMatching(/Standing/),
  ]);
  await last.nth(1).click();
  await door.hears('status', 'Admitted');

  // A person who types a code key by key is no scanner: the code waits for the button.
  await door.fill('Ticket code', third);
  await door.press('Check in');
  await door.page.getByText('3 of 3 in').waitFor();
});

/** Types as a hand scanner does: every key within a few milliseconds, with Enter at the end. */
const typeFast = ({ page }: Person, text: string, keyboard?: 'French') =>
  page.evaluate(
    ([text, keyboard]) => {
      // The upper row of a French keyboard has the digits behind Shift, and the full stop too.
      const french = 'à&é"\'(-è_ç';
      for (const letter of text) {
        const digit = /\d/.test(letter);
        const code = digit ? `Digit${letter}` : letter === '.' ? 'Period' : `Key${letter.toUpperCase()}`;
        const shown = digit ? (french[Number(letter)] ?? '') : letter === '.' ? ':' : letter;
        const key = keyboard === 'French' ? shown : letter;
        const at = document.activeElement ?? document.body;
        at.dispatchEvent(
          new KeyboardEvent('keydown', {
            key,
            code,
            shiftKey: letter !== letter.toLowerCase(),
            bubbles: true,
            cancelable: true,
          }),
        );
        if (at instanceof HTMLInputElement) document.execCommand('insertText', false, key);
      }
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }),
      );
    },
    [text, keyboard] as const,
  );

interface Signals {
  buzzes: number[][];
  tones: number[];
}

/** Runs before the page: a headless browser has neither a loudspeaker nor a motor, so it notes what each was told. */
function noteSignals(): void {
  const signals: Signals = { buzzes: [], tones: [] };
  Object.assign(window, { signals });
  navigator.vibrate = (pattern) => {
    signals.buzzes.push([pattern].flat() as number[]);
    return true;
  };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when) {
    signals.tones.push(this.frequency.value);
    start.call(this, when);
  };
}

const signalsOf = ({ page }: Person): Promise<Signals> =>
  page.evaluate(() => (window as unknown as { signals: Signals }).signals);
