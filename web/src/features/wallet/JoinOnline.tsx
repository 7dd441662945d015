import type { Join } from '../../../../contract/online-fields.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { t } from './words.ts';

/** How a holder attends online. The link leads away from here, and tells the other site nothing of this page. */
export function JoinOnline({ join }: { join: Join | null | undefined }) {
  if (!join) return null;
  return (
    <section className="mt-6 rounded-card bg-accent-soft p-5">
      <h2 className="flex items-center gap-2 font-bold">
        <Icon name="globe" />
        {t('online')}
      </h2>
      {join.url === null ? (
        <p className="mt-2">{t('joinLater')}</p>
      ) : (
        <>
          <p className="mt-2 text-sm">{t('joinOnlyYou')}</p>
          <a
            href={join.url}
            target="_blank"
            rel="noreferrer noopener"
            className={buttonClass('primary', 'medium', 'mt-3')}
          >
            {t('joinNow')}
          </a>
          <p dir="ltr" className="mt-3 break-all text-sm text-muted">
            {join.url}
          </p>
        </>
      )}
      {join.note && (
        <p dir="auto" className="mt-3 whitespace-pre-line break-words">
          {join.note}
        </p>
      )}
    </section>
  );
}
