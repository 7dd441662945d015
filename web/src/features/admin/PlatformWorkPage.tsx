import { AdminPage } from '../shell/AdminPage.tsx';
import { FailedJobs, ParkedMessages } from './FailedWork.tsx';
import { MoneyReviews } from './MoneyReviews.tsx';
import { t } from './words.ts';

/** What waits for an admin of the platform: money that matches nothing, failed jobs and parked messages. */
export function PlatformWorkPage() {
  return (
    <AdminPage path="/admin/work" title={t('title')} backText={t('back')} refusal={t('noAdmin')}>
      <p className="mt-2 text-muted">{t('text')}</p>
      <MoneyReviews />
      <FailedJobs />
      <ParkedMessages />
    </AdminPage>
  );
}
