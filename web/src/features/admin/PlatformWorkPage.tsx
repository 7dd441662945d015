import { useSuspenseQuery } from '@tanstack/react-query';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { FailedJobs, ParkedMessages } from './FailedWork.tsx';
import { MoneyReviews } from './MoneyReviews.tsx';
import { t } from './words.ts';

/** What waits for an admin of the platform: money that matches nothing, failed jobs and parked messages. */
export function PlatformWorkPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  useTitle(t('title'));
  if (!me || me.isGuest) return <SignInFirst next={paths.platformWork} />;
  return (
    <Subpage back={{ to: paths.account }} backText={t('back')} title={t('title')}>
      {me.role === 'admin' ? (
        <>
          <p className="mt-2 text-muted">{t('text')}</p>
          <MoneyReviews />
          <FailedJobs />
          <ParkedMessages />
        </>
      ) : (
        <Notice tone="bad" className="mt-6">
          {t('noAdmin')}
        </Notice>
      )}
    </Subpage>
  );
}
