import { type ErrorComponentProps, Link, useLocation, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { isProblem } from '../../../../client/problem.ts';
import { maySignedIn } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { nowMs } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useTitle } from '../../ui/title.ts';
import { clockTime } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { NotFoundPage } from './NotFoundPage.tsx';
import { SignInFirst } from './SignInFirst.tsx';
import { t } from './words.ts';

// The file comes from the service worker. Without one nothing is saved, and nothing is shown.
const SavedTickets = lazy(() => import('../wallet/SavedTickets.tsx').catch(() => ({ default: () => null })));

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
  const online = useSyncExternalStore(onConnection, isOnline);
  const missing = /dynamically imported module|module script/i.test(String(error));
  const [cutOff, setCutOff] = useState(false);
  if (missing && !online && !cutOff) setCutOff(true);
  // A new release has other file names: a page that was open before it asks for one that is gone. A file that was missing
  // without a connection is still there: the page must come back by itself.
  const outdated = missing && online && !cutOff;
  const requestId = isProblem(error) ? error.members.requestId : undefined;
  const kind = missing && !outdated ? awayOr(online) : kindOf(error, online);
  const title = kind === 'broken' && isProblem(error) ? sayProblem(error) : t(`${kind}Title`);
  useTitle(title);
  const retry = () => {
    if (missing && online) return location.reload();
    reset();
    void router.invalidate();
  };
  useComeback(kind !== 'broken', retry);
  const [triedAt] = useState(() => clockTime(nowMs()));
  return (
    <div className="page">
      <EmptyState
        heading="h1"
        icon={kind === 'broken' ? 'warning' : kind === 'away' ? 'clock' : 'bolt'}
        title={title}
        action={
          <>
            <Button onClick={retry}>{t(outdated ? 'newVersion' : 'retry')}</Button>
            {kind === 'offline' && maySignedIn() && here !== paths.orders && (
              <Link to={paths.orders} className={buttonClass('quiet')}>
                {t('tickets')}
              </Link>
            )}
          </>
        }
      >
        <p>{t(`${kind}Text`)}</p>
        {kind !== 'broken' && <p className="mt-2 text-sm">{t('lastTried', { time: triedAt })}</p>}
        {kind === 'broken' && typeof requestId === 'string' && (
          <p className="mt-2 font-mono text-sm">{t('request', { id: requestId })}</p>
        )}
      </EmptyState>
      {kind !== 'broken' && maySignedIn() && (
        <Suspense>
          <SavedTickets />
        </Suspense>
      )}
    </div>
  );
}

/** `offline`: no connection here. `away`: the server reports that it is unavailable, or does not answer. */
function kindOf(error: unknown, online: boolean): 'offline' | 'away' | 'broken' {
  if (!isProblem(error)) return 'broken';
  if (error.code === 'unreachable') return awayOr(online);
  return error.status === 503 ? 'away' : 'broken';
}

const awayOr = (online: boolean) => (online ? 'away' : 'offline');

const isOnline = (): boolean => navigator.onLine;

/** The connection may come and go while the page is open, and the page must show its present state. */
function onConnection(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

const lookAgainEveryMs = 5000;

/** Retries as soon as the server reports that it is ready. The page waits until then. */
function useComeback(waiting: boolean, retry: () => void): void {
  const latest = useRef(retry);
  latest.current = retry;
  useEffect(() => {
    if (!waiting) return;
    const look = async () => {
      const ready = await fetch('/health/ready', { cache: 'no-store' }).catch(() => null);
      if (ready?.ok) latest.current();
    };
    const timer = setInterval(look, lookAgainEveryMs);
    window.addEventListener('online', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', look);
    };
  }, [waiting]);
}
