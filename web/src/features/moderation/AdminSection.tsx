import { getRouteApi } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import { pages } from '../../later-pages.ts';
import { PagePending } from '../shell/PagePending.tsx';
import { PlatformDeskPage } from './PlatformDeskPage.tsx';

const route = getRouteApi('/admin/$section');

/** Pages for admins that are no part of the desk. One address for all of them keeps their names out of what buyers load. */
const others: Record<string, ComponentType> = {
  log: lazy(async () => ({ default: (await pages.PlatformLogPage()).PlatformLogPage })),
  work: lazy(async () => ({ default: (await pages.PlatformWorkPage()).PlatformWorkPage })),
  payouts: lazy(async () => ({ default: (await pages.DuePayoutsPage()).DuePayoutsPage })),
  'order-reviews': lazy(async () => ({ default: (await pages.AllOrderReviewsPage()).AllOrderReviewsPage })),
};

export function AdminSection() {
  const { section } = route.useParams();
  const Shown = (Object.hasOwn(others, section) && others[section]) || PlatformDeskPage;
  return (
    <Suspense fallback={<PagePending />}>
      <Shown />
    </Suspense>
  );
}
