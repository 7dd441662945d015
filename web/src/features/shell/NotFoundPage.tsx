import { Link } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useTitle } from '../../ui/title.ts';
import { t } from './words.ts';

export function NotFoundPage() {
  useTitle(t('notFoundTitle'));
  return (
    <div className="page">
      <EmptyState
        heading="h1"
        icon="compass"
        title={t('notFoundTitle')}
        action={
          <Link to={paths.explore} className={buttonClass()}>
            {t('toExplore')}
          </Link>
        }
      >
        {t('notFoundText')}
      </EmptyState>
    </div>
  );
}
