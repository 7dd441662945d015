import { copyObjects, fitCommands, pasteCommand } from '../../../../seat-map/make-objects.ts';
import type { Bounds } from '../../../../seat-map/plan.ts';
import type { Desk } from './desk.ts';
import { newId } from './new-object.ts';
import { sayChoice } from './say-object.ts';
import { boxOf, countChosen, sceneOf, seatsOfChoice } from './scene.ts';
import { t } from './words.ts';

/* What toolbar, keys and list do alike. Each says what it did. */

export const edges = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const;

type Clip = ReturnType<typeof copyObjects>;

const ids = (desk: Desk): string[] => [...desk.state.chosen];

export function undoStep(desk: Desk): void {
  desk.undo(desk.state.history.past.length > 0 ? t('undone') : t('nothingToUndo'));
}

export function redoStep(desk: Desk): void {
  desk.redo(desk.state.history.future.length > 0 ? t('redone') : t('nothingToRedo'));
}

/** Copies the chosen objects, a little beside them; the copies are chosen then. */
export function copyChosen(desk: Desk): void {
  if (desk.state.chosen.size > 0) pasteClip(desk, copyObjects(desk.document, ids(desk)), 20);
}

export const clipOf = (desk: Desk): Clip | null =>
  desk.state.chosen.size > 0 ? copyObjects(desk.document, ids(desk)) : null;

export function pasteClip(desk: Desk, clip: Clip, by: number): void {
  const command = pasteCommand(desk.document, clip, newId, { dx: by, dy: by });
  if (command.do !== 'add') return;
  const count = command.objects.length;
  desk.perform(command, { choose: command.objects.map(({ id }) => id), said: t('pasted', { count }) });
}

export function removeChosen(desk: Desk): void {
  const { chosen, seats } = desk.state;
  if (seats.size > 0)
    desk.perform(
      { do: 'remove-seats', seats: seatsOfChoice(seats) },
      { said: t('seatsRemoved', { count: countChosen(seats) }) },
    );
  else if (chosen.size > 0)
    desk.perform({ do: 'remove', objects: ids(desk) }, { said: t('objectsRemoved', { count: chosen.size }) });
}

/** Moves what is chosen. Steps that follow each other are one step to undo. */
export function nudge(desk: Desk, dx: number, dy: number): void {
  const { chosen, seats } = desk.state;
  const options = { merge: 'nudge', said: t('movedBy', { across: dx, down: dy }) };
  if (seats.size > 0) desk.perform({ do: 'move-seats', seats: seatsOfChoice(seats), dx, dy }, options);
  else if (chosen.size > 0) desk.perform({ do: 'move', objects: ids(desk), dx, dy }, options);
}

export function turn(desk: Desk, degrees: number): void {
  desk.perform({ do: 'rotate', objects: ids(desk), degrees }, { said: t('turned', { degrees }) });
}

/** Makes the chosen objects fit into a rectangle. */
export function resizeChosen(desk: Desk, to: Bounds, merge?: string): void {
  const size = { width: Math.round(to.right - to.left), height: Math.round(to.bottom - to.top) };
  desk.perform(
    { do: 'resize', objects: ids(desk), to },
    { said: t('resized', size), ...(merge !== undefined && { merge }) },
  );
}

/** Makes the chosen objects larger or smaller around their middle. Steps that follow each other are one step to undo. */
export function growChosen(desk: Desk, factor: number): void {
  const box = boxOf(sceneOf(desk.document), desk.state.chosen);
  if (!box) return;
  const [width, height] = [(box.right - box.left) / 2, (box.bottom - box.top) / 2];
  const [x, y] = [box.left + width, box.top + height];
  resizeChosen(
    desk,
    {
      left: x - width * factor,
      right: x + width * factor,
      top: y - height * factor,
      bottom: y + height * factor,
    },
    'grow',
  );
}

export function mirrorChosen(desk: Desk, axis: 'x' | 'y'): void {
  desk.perform({ do: 'mirror', objects: ids(desk), axis }, { said: t(axis === 'x' ? 'mirror' : 'flip') });
}

export function alignChosen(desk: Desk, edge: (typeof edges)[number]): void {
  desk.perform({ do: 'align', objects: ids(desk), edge }, { said: t(`align.${edge}`) });
}

export function distributeChosen(desk: Desk, axis: 'x' | 'y'): void {
  desk.perform({ do: 'distribute', objects: ids(desk), axis }, { said: t(`distribute.${axis}`) });
}

export function orderChosen(desk: Desk, to: 'front' | 'back'): void {
  desk.perform({ do: 'order', objects: ids(desk), to }, { said: t(`order.${to}`) });
}

/** Makes the map as large as what is drawn, so that nothing lies outside. */
export function fitPlan(desk: Desk): void {
  for (const command of fitCommands(desk.document))
    desk.perform(command, { merge: 'fit', said: t('fitted') });
}

export function chooseAll(desk: Desk): void {
  desk.choose(desk.document.objects.map(({ id }) => id));
  desk.say(sayChoice(desk));
}

/** The object after or before the chosen one, in the order of drawing. */
export function chooseNext(desk: Desk, by: 1 | -1): void {
  const { objects } = desk.document;
  const at = objects.findIndex(({ id }) => desk.state.chosen.has(id));
  const next =
    objects[at === -1 ? (by === 1 ? 0 : objects.length - 1) : (at + by + objects.length) % objects.length];
  if (!next) return;
  desk.choose([next.id]);
  desk.say(sayChoice(desk));
}
