import { Link } from '@tanstack/react-router';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { t } from './words.ts';

/** Leads to the seat plans of an organisation. */
export const LibraryLink = ({ organisationId }: { organisationId: OrganisationId }) => (
  <Link to={paths.seatPlans} search={{ org: organisationId }} className={buttonClass('quiet')}>
    {t('title')}
  </Link>
);
