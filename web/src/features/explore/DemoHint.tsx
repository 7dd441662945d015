import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { demoSlugs } from '../../../../contract/demo.ts';
import { paths } from '../../paths.ts';
import { Icon } from '../../ui/Icon.tsx';
import { t } from './words.ts';

const link = 'font-semibold text-accent underline underline-offset-2';

/** Lists what to try in the demo, each with a link, in one line. */
export function DemoHint() {
  const filled = document.documentElement.dataset.demo === 'events';
  return (
    <aside
      aria-label={t('hint')}
      className="mb-8 flex gap-3 rounded-field bg-accent-soft px-4 py-3 text-[0.9375rem]"
    >
      <Icon name="bolt" className="mt-0.5 text-accent" />
      <p>
        <strong>{t('hint')}</strong>{' '}
        {filled && (
          <>
            {t('hintTry')} <Try slug={demoSlugs.seats}>{t('hintSeats')}</Try>,{' '}
            <Try slug={demoSlugs.standing}>{t('hintStanding')}</Try>,{' '}
            <Try slug={demoSlugs.soldOut}>{t('hintSoldOut')}</Try>.{' '}
          </>
        )}
        {t('hintBuy')}{' '}
        <Link to={paths.mailbox} className={link}>
          {t('hintMail')}
        </Link>{' '}
        {t('hintThen')}{' '}
        <Link to={paths.door} className={link}>
          {t('hintDoor')}
        </Link>
        .
      </p>
    </aside>
  );
}

function Try({ slug, children }: { slug: string; children: ReactNode }) {
  return (
    <Link to={paths.event} params={{ slug }} className={link}>
      {children}
    </Link>
  );
}
