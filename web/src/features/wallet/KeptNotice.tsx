import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { t } from './words.ts';

/** Without an answer from the server, says that this is the device's copy, and how old it is. */
export function KeptNotice({ at }: { at: string | undefined }) {
  if (at === undefined) return null;
  return (
    <Notice tone="warn" className="mt-6" title={t(navigator.onLine ? 'serverAway' : 'offline')}>
      {t('offlineSince', { when: formatWhen(at, ownTimeZone()) })}
    </Notice>
  );
}
