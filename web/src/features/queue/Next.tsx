import { sayMinutes } from './say-wait.ts';
import { t } from './words.ts';

/** What happens next, and what the person need not do. */
export function Next({ windowSeconds }: { windowSeconds: number }) {
  const minutes = sayMinutes(Math.round(windowSeconds / 60));
  return (
    <div className="mt-6 border-t border-line pt-5">
      <h3 className="font-bold">{t('next')}</h3>
      <ul className="mt-2 list-disc space-y-1 ps-5">
        <li>{t('nextTurn', { minutes })}</li>
        <li>{t('nextClose')}</li>
        <li>{t('nextMissed', { minutes })}</li>
      </ul>
    </div>
  );
}
