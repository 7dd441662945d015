import { mayIn } from '../../../../contract/team-roles.ts';
import { OrganisationPage } from '../organise/OrganisationPage.tsx';
import { Reviews } from './Reviews.tsx';
import { t } from './words.ts';

/** The orders of an organisation that look like many orders of one person, and what the team decides about them. */
export function OrderReviewsPage() {
  return (
    <OrganisationPage
      title={t('title')}
      backText={t('back')}
      needs={{ capability: 'orders.read', refusal: t('mayNot') }}
    >
      {(organisation) => (
        <>
          <p className="mt-2 text-muted">{t('text')}</p>
          <Reviews organisationId={organisation.id} mayDecide={mayIn(organisation, 'orders.refund')} />
        </>
      )}
    </OrganisationPage>
  );
}
