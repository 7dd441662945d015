import { type KeyboardEvent, useMemo } from 'react';
import type { copyObjects } from '../../../../seat-map/make-objects.ts';
import { type Desk, isDrawTool, type Tool } from './desk.ts';
import { drawObject } from './new-object.ts';
import {
  chooseAll,
  chooseNext,
  clipOf,
  copyChosen,
  growChosen,
  mirrorChosen,
  nudge,
  orderChosen,
  pasteClip,
  redoStep,
  removeChosen,
  turn,
  undoStep,
} from './plan-acts.ts';
import type { PlanCamera } from './plan-camera.ts';
import { boxOf, sceneOf } from './scene.ts';
import { t } from './words.ts';

/** The key of each tool. */
export const toolKeys: Record<Tool, string> = {
  select: 'V',
  seats: 'S',
  pan: 'H',
  rows: 'R',
  arc: 'C',
  table: 'T',
  box: 'B',
  area: 'A',
  stage: 'G',
  shape: 'F',
  text: 'X',
};

const arrows: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far an arrow key moves, in map units: a tenth of a seat's width; with Shift one whole seat. */
const steps = { small: 1, large: 10 };

interface Asks {
  help: () => void;
  save: () => void;
}

/** Where the focus is: on the drawing (the canvas or the list of objects), in a field or dialog, or elsewhere on the page. */
type KeyPlace = 'drawing' | 'field' | 'page';

/** Commands that mean the plan as a whole, wherever the focus is. The browser has the others for what is chosen on the page. */
const pageCommands = ['z', 'y', 's'];

/**
 * Decision: whether a key at this place means the plan. A key without Control acts on the drawing only, because elsewhere the same
 * key scrolls, goes back or is a word of speech input.
 */
export const meansPlan = (place: KeyPlace, key: string, isCommand: boolean): boolean =>
  place === 'drawing' || (place === 'page' && isCommand && pageCommands.includes(key));

function placeOf(target: Element): KeyPlace {
  if (target.closest('input, textarea, select, dialog')) return 'field';
  return target.closest('canvas, [role="listbox"]') ? 'drawing' : 'page';
}

/** The keys of the canvas and the list of objects. Fields keep their own keys. */
export function useShortcuts(desk: Desk, camera: PlanCamera, asks: Asks) {
  const clip = useMemo<{ kept: ReturnType<typeof copyObjects> | null; pasted: number }>(
    () => ({ kept: null, pasted: 0 }),
    [],
  );
  return (event: KeyboardEvent) => {
    const isCommand = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!meansPlan(placeOf(event.target as Element), key, isCommand)) return;
    const act = isCommand ? withCommand(key, event.shiftKey) : plain(key, event);
    if (!act) return;
    event.preventDefault();
    act();
  };

  function withCommand(key: string, shift: boolean): (() => void) | null {
    // Without a choice these keys do what they do on every page.
    const { chosen, seats } = desk.state;
    if ('cd'.includes(key) && chosen.size === 0) return null;
    if (key === 'x' && chosen.size === 0 && seats.size === 0) return null;
    if (key === 'v' && !clip.kept) return null;
    const acts: Record<string, () => void> = {
      z: () => (shift ? redoStep(desk) : undoStep(desk)),
      y: () => redoStep(desk),
      a: () => chooseAll(desk),
      d: () => copyChosen(desk),
      s: asks.save,
      c: () => {
        clip.kept = clipOf(desk) ?? clip.kept;
        clip.pasted = 0;
        if (clip.kept) desk.say(t('copied'));
      },
      x: () => {
        clip.kept = clipOf(desk) ?? clip.kept;
        clip.pasted = 0;
        removeChosen(desk);
      },
      v: () => {
        if (clip.kept) pasteClip(desk, clip.kept, 20 * ++clip.pasted);
      },
    };
    return acts[key] ?? null;
  }

  function plain(key: string, { shiftKey, altKey, target }: KeyboardEvent): (() => void) | null {
    if (altKey) return null;
    const { chosen, seats } = desk.state;
    const isChosen = chosen.size > 0 || seats.size > 0;
    if (!isChosen && (key in arrows || key === 'Delete' || key === 'Backspace')) return null;
    if (chosen.size === 0 && ['[', ']', '{', '}', '<', '>', 'm'].includes(key)) return null;
    const arrow = arrows[key];
    // In the list the arrows without Shift go from entry to entry, unless the canvas has the focus.
    if (arrow) {
      const size = shiftKey ? steps.large : steps.small;
      return () => nudge(desk, arrow[0] * size, arrow[1] * size);
    }
    const isOnCanvas = target instanceof HTMLCanvasElement;
    const acts: Record<string, () => void> = {
      Delete: () => removeChosen(desk),
      Backspace: () => removeChosen(desk),
      Escape: () => {
        desk.choose([]);
        desk.setTool('select');
      },
      '+': () => camera.zoomStep(1.5),
      '=': () => camera.zoomStep(1.5),
      '-': () => camera.zoomStep(1 / 1.5),
      '0': () => camera.show(sceneOf(desk.document).bounds),
      '?': asks.help,
      '[': () => turn(desk, -15),
      ']': () => turn(desk, 15),
      '<': () => growChosen(desk, 1 / 1.1),
      '>': () => growChosen(desk, 1.1),
      m: () => mirrorChosen(desk, shiftKey ? 'y' : 'x'),
      n: () => step(1),
      p: () => step(-1),
      '{': () => orderChosen(desk, 'back'),
      '}': () => orderChosen(desk, 'front'),
      ...(isOnCanvas && { Enter: () => drawInMiddle(desk, camera) }),
      ...Object.fromEntries(
        Object.entries(toolKeys).map(([tool, letter]) => [letter.toLowerCase(), () => choose(tool as Tool)]),
      ),
    };
    return acts[key] ?? null;
  }

  function step(by: 1 | -1): void {
    chooseNext(desk, by);
    const box = boxOf(sceneOf(desk.document), desk.state.chosen);
    if (box) camera.reveal(box);
  }

  function choose(tool: Tool): void {
    desk.setTool(tool);
    desk.say(isDrawTool(tool) ? t('toolReady', { tool: t(`tool.${tool}`) }) : t(`tool.${tool}`));
  }
}

/** Draws an object of the usual size in the middle of the view, as somebody without a pointer wants it. */
function drawInMiddle(desk: Desk, camera: PlanCamera): void {
  const { tool } = desk.state;
  if (!isDrawTool(tool)) return;
  const [x, y] = camera.toMap(camera.size.width / 2, camera.size.height / 2);
  drawObject(desk, tool, { left: x, right: x, top: y, bottom: y });
}
