import { clockTime } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import type { SaveState } from './saver.ts';
import { t } from './words.ts';

/** Whether the server has what was typed. */
export function SaveLine({ state }: { state: SaveState }) {
  const bad = state.kind === 'waiting' || state.kind === 'failed' || state.kind === 'held';
  return (
    <p role="status" className={`min-h-6 text-sm font-medium ${bad ? 'text-warn' : 'text-muted'}`}>
      {sayState(state)}
    </p>
  );
}

function sayState(state: SaveState): string {
  switch (state.kind) {
    case 'saved':
      return state.at === null ? t('allSaved') : t('savedAt', { time: clockTime(state.at) });
    case 'typing':
      return t('notSavedYet');
    case 'saving':
      return t('saving');
    case 'held':
      return t('heldBack');
    case 'waiting':
      return t('notSaved');
    case 'failed':
      return sayProblem(state.error);
  }
}
