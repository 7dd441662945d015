import { Link } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useTitle } from '../../ui/title.ts';
import { t } from './words.ts';

/** Replaces a page that needs an account if nobody is signed in. */
export function SignInFirst({ next }: { next: string }) {
  useTitle(t('signInTitle'));
  return (
    <div className="page">
      <EmptyState
        heading="h1"
        icon="lock"
        title={t('signInTitle')}
        action={
          <Link to={paths.signIn} search={{ next }} className={buttonClass()}>
            {t('signIn')}
          </Link>
        }
      >
        {t('signInText')}
      </EmptyState>
    </div>
  );
}
