import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { askBeforeLoss } from '../../ui/unsaved.ts';
import { t } from './words.ts';

/**
 * Asks before a person leaves a page with text that is not saved: through a link, Back, a change of language, a reload
 * or a closed tab. For the last two a browser shows its own words.
 */
export function Unsaved({ isDirty }: { isDirty: () => boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      (current.pathname !== next.pathname ||
        JSON.stringify(current.search) !== JSON.stringify(next.search)) &&
      isDirty(),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  const latest = useRef(isDirty);
  latest.current = isDirty;
  useEffect(
    () => askBeforeLoss(() => !latest.current() || confirm(`${t('leaveTitle')}\n\n${t('leaveText')}`)),
    [],
  );
  if (blocker.status !== 'blocked') return null;
  return (
    <Dialog
      title={t('leaveTitle')}
      closeLabel={t('stay')}
      onClose={blocker.reset}
      footer={
        <>
          <Button look="quiet" onClick={blocker.proceed}>
            {t('leave')}
          </Button>
          <Button onClick={blocker.reset}>{t('stay')}</Button>
        </>
      }
    >
      <p>{t('leaveText')}</p>
    </Dialog>
  );
}

/** For text that the app keeps while the tab is open: only closing the tab loses it. The browser asks. */
export function AskBeforeClosing({ isDirty }: { isDirty: () => boolean }) {
  useBlocker({ shouldBlockFn: () => false, enableBeforeUnload: isDirty });
  return null;
}
