import { getRouteApi, Link } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { AdminPage } from '../shell/AdminPage.tsx';
import { Appeals } from './Appeals.tsx';
import { Events, Orders } from './EventsAndOrders.tsx';
import { Organisations, Users } from './People.tsx';
import { Reports } from './Reports.tsx';
import { t } from './words.ts';

const route = getRouteApi('/admin/$section');

const sections = {
  reports: Reports,
  appeals: Appeals,
  users: Users,
  organisations: Organisations,
  events: Events,
  orders: Orders,
} as const;
type Section = keyof typeof sections;
const names = Object.keys(sections) as Section[];

/** The desk of the platform's admins: what was reported, and everybody's accounts, organisations, events and orders. */
export function PlatformDeskPage() {
  const asked = route.useParams().section;
  const section = names.find((name) => name === asked) ?? 'reports';
  const Shown = sections[section];
  return (
    <AdminPage path={`/admin/${section}`} title={t('title')} backText={t('back')} refusal={t('noAdmin')}>
      <nav aria-label={t('sections')} className="mt-4 flex flex-wrap gap-x-5 border-b border-line">
        {names.map((name) => (
          <Link
            key={name}
            to={paths.platformDesk}
            params={{ section: name }}
            className="inline-flex min-h-11 items-center border-b-2 border-transparent font-medium aria-[current=page]:border-accent"
          >
            {t(name)}
          </Link>
        ))}
      </nav>
      <Shown key={section} />
    </AdminPage>
  );
}
