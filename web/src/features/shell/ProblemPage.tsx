import { type ErrorComponentProps, Link, useLocation, useRouter } from '@tanstack/react-router';
import { isProblem } from '../../api/problem.ts';
import { maySignedIn } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useTitle } from '../../ui/title.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { NotFoundPage } from './NotFoundPage.tsx';
import { SignInFirst } from './SignInFirst.tsx';
import { t } from './words.ts';

/** Why a page could not be shown, and what to do about it. */
export function ProblemPage({ error, reset }: ErrorComponentProps) {
  const here = useLocation({ select: (location) => location.href });
  if (isProblem(error, 'not_found')) return <NotFoundPage />;
  if (isProblem(error, 'unauthenticated')) return <SignInFirst next={here} />;
  if (isProblem(error, 'forbidden', 'suspended')) return <Forbidden title={sayProblem(error)} />;
  return <Broken error={error} reset={reset} />;
}

function Forbidden({ title }: { title: string }) {
  useTitle(t('forbiddenTitle'));
  return (
    <div className="page">
      <EmptyState
        heading="h1"
        icon="lock"
        title={title}
        action={
          <Link to={paths.explore} className={buttonClass()}>
            {t('toExplore')}
          </Link>
        }
      >
        {t('forbiddenText')}
      </EmptyState>
    </div>
  );
}

function Broken({ error, reset }: { error: unknown; reset: () => void }) {
  const here = useLocation({ select: (location) => location.pathname });
  const router = useRouter();
  const offline = isProblem(error, 'unreachable');
  // A new release has other file names: a page that was open before it asks for one that is gone.
  const outdated = /dynamically imported module|module script/i.test(String(error));
  const requestId = isProblem(error) ? error.members.requestId : undefined;
  useTitle(t(offline ? 'offlineTitle' : 'brokenTitle'));
  const retry = () => {
    if (outdated) return location.reload();
    reset();
    void router.invalidate();
  };
  return (
    <div className="page">
      <EmptyState
        heading="h1"
        icon={offline ? 'bolt' : 'warning'}
        title={
          isProblem(error) && error.code !== 'unreachable'
            ? sayProblem(error)
            : t(offline ? 'offlineTitle' : 'brokenTitle')
        }
        action={
          <>
            <Button onClick={retry}>{t(outdated ? 'newVersion' : 'retry')}</Button>
            {offline && maySignedIn() && here !== paths.orders && (
              <Link to={paths.orders} className={buttonClass('quiet')}>
                {t('tickets')}
              </Link>
            )}
          </>
        }
      >
        <p>{t(offline ? 'offlineText' : 'brokenText')}</p>
        {typeof requestId === 'string' && (
          <p className="mt-2 font-mono text-sm">{t('request', { id: requestId })}</p>
        )}
      </EmptyState>
    </div>
  );
}
