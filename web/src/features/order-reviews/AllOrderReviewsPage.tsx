import { AdminPage } from '../shell/AdminPage.tsx';
import { Reviews } from './Reviews.tsx';
import { t } from './words.ts';

/** The orders of all organisations that their teams look at, for an admin of the platform. */
export function AllOrderReviewsPage() {
  return (
    <AdminPage
      path="/admin/order-reviews"
      title={t('adminTitle')}
      backText={t('adminBack')}
      refusal={t('noAdmin')}
    >
      <p className="mt-2 text-muted">
        {t('text')} {t('adminText')}
      </p>
      <Reviews organisationId={null} mayDecide={false} />
    </AdminPage>
  );
}
