import { Button } from '../../ui/Button.tsx';
import { t } from '../seat-library/words.ts';
import { type Autosave, useSaveState } from './use-autosave.ts';

/** What a plan of the library has in place of saving by itself: each saving is a version. */
export function LibraryButtons({ autosave, onVersions }: { autosave: Autosave; onVersions: () => void }) {
  const state = useSaveState(autosave);
  return (
    <>
      <Button look="quiet" size="small" onClick={onVersions}>
        {t('versions')}
      </Button>
      <Button
        size="small"
        busy={state.is === 'saving'}
        disabledBecause={state.is === 'saved' && t('allSaved')}
        // SaveStatus says what went wrong.
        onClick={() => void autosave.flush().catch(() => {})}
      >
        {t('saveVersion')}
      </Button>
    </>
  );
}
