import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import type { Desk } from './desk.ts';
import type { Clash } from './merge-plans.ts';
import { PlanPicture } from './PlanPicture.tsx';
import { nameOf } from './say-object.ts';
import { type Autosave, useIsKept, useSaveState } from './use-autosave.ts';
import { t } from './words.ts';

/** Whether the server has the drawing. A failure stays until the next attempt succeeds. */
export function SaveStatus({ autosave, whenAsked }: { autosave: Autosave; whenAsked: boolean }) {
  const state = useSaveState(autosave);
  const isKept = useIsKept(autosave);
  if (state.is === 'failed')
    return (
      <span role="alert" className="flex flex-wrap items-center gap-x-2 text-sm font-semibold text-bad">
        <span className="wrap-anywhere">{t('saveFailed', { problem: sayProblem(state.error) })}</span>
        {!isKept && <span className="wrap-anywhere">{t('notKept')}</span>}
        <Button look="plain" size="small" onClick={() => void autosave.flush().catch(() => {})}>
          {t('tryAgain')}
        </Button>
      </span>
    );
  return (
    <span className="flex items-center gap-1.5 text-sm text-muted" data-saved={state.is === 'saved'}>
      {state.is === 'saved' && <Icon name="check" size={16} />}
      {t(sayings[state.is === 'waiting' && whenAsked ? 'conflict' : state.is])}
    </span>
  );
}

const sayings = { saved: 'saved', waiting: 'saving', saving: 'saving', conflict: 'unsaved' } as const;

/** Two people changed the same at once: shows both drawings and lets the person choose. */
export function ConflictDialog({ desk, autosave }: { desk: Desk; autosave: Autosave }) {
  const state = useSaveState(autosave);
  const [isOpen, setOpen] = useState(true);
  if (state.is !== 'conflict') return null;
  const { theirs, clashes } = state;
  const text = theirs.savedBy ? t('conflictBy', { name: theirs.savedBy }) : t('conflictText');
  if (!isOpen)
    return (
      <Notice tone="warn" live className="m-2">
        <p>{text}</p>
        <Button look="quiet" size="small" className="mt-2" onClick={() => setOpen(true)}>
          {t('decide')}
        </Button>
      </Notice>
    );
  return (
    <Dialog
      title={t('conflictTitle')}
      closeLabel={t('decideLater')}
      onClose={() => setOpen(false)}
      footer={
        <>
          <Button look="quiet" onClick={() => autosave.settleWith('theirs')}>
            {t('takeTheirs')}
          </Button>
          <Button onClick={() => autosave.settleWith('mine')}>{t('keepMine')}</Button>
        </>
      }
    >
      <p>{text}</p>
      <p className="mt-2 font-semibold">{t('bothChanged')}</p>
      <ul className="mt-1 list-disc ps-5 wrap-anywhere">
        {clashes.slice(0, 20).map((clash) => {
          const said = sayClash(clash, desk.document, theirs.plan);
          return <li key={`${clash.of} ${'name' in clash ? clash.name : idOf(clash)}`}>{said}</li>;
        })}
      </ul>
      <div className="mt-4 grid grid-cols-2 gap-3">
        <figure>
          <PlanPicture plan={desk.document} label={t('mine')} />
          <figcaption className="mt-1 text-center text-sm">{t('mine')}</figcaption>
        </figure>
        <figure>
          <PlanPicture plan={theirs.plan} label={t('theirs')} />
          <figcaption className="mt-1 text-center text-sm">{t('theirs')}</figcaption>
        </figure>
      </div>
      <p className="mt-3 text-sm text-muted">{t('conflictUndo')}</p>
    </Dialog>
  );
}

const idOf = (clash: Clash): string =>
  clash.of === 'object' ? ((clash.mine ?? clash.theirs)?.id ?? '') : '';

function sayClash(clash: Clash, mine: Desk['document'], theirs: Desk['document']): string {
  switch (clash.of) {
    case 'object': {
      const object = clash.mine ?? clash.theirs;
      return object ? nameOf(object, clash.mine ? mine : theirs) : '';
    }
    case 'zone':
      return `${t('zone')} · ${clash.name}`;
    case 'section':
      return `${t('belongsTo')} · ${clash.name}`;
    case 'size':
      return t('mapSize');
    case 'background':
      return t('picture');
  }
}
