import { useSyncExternalStore } from 'react';
import { newRelease, onNewRelease, takeNewRelease } from '../../offline/register.ts';
import { Button } from '../../ui/Button.tsx';
import { t } from './words.ts';

/** Says that a newer release is available, and lets the person decide when to reload. */
export function NewRelease() {
  const waiting = useSyncExternalStore(onNewRelease, newRelease);
  return (
    <div role="status">
      {waiting && (
        <div className="page flex flex-wrap items-center justify-center gap-x-4 gap-y-2 bg-accent-soft py-2 text-sm">
          {t('newRelease')}
          <Button look="quiet" size="small" onClick={takeNewRelease}>
            {t('newVersion')}
          </Button>
        </div>
      )}
    </div>
  );
}
