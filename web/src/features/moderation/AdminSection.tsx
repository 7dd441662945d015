import { getRouteApi } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import type { pages } from '../../later-pages.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { PlatformDeskPage } from './PlatformDeskPage.tsx';

const route = getRouteApi('/admin/$section');

type Pages = typeof pages;
const load = async () => (await import('../../later-pages.ts')).pages as Pages;

/** Pages for admins that are no part of the desk. One address for all of them keeps their names out of what buyers load. */
const others: Record<string, ComponentType> = {
  log: lazy(async () => ({ default: (await (await load()).PlatformLogPage()).PlatformLogPage })),
  work: lazy(async () => ({ default: (await (await load()).PlatformWorkPage()).PlatformWorkPage })),
  payouts: lazy(async () => ({ default: (await (await load()).DuePayoutsPage()).DuePayoutsPage })),
  'order-reviews': lazy(async () => ({
    default: (await (await load()).AllOrderReviewsPage()).AllOrderReviewsPage,
  })),
};

export function AdminSection() {
  const { section } = route.useParams();
  const Shown = (Object.hasOwn(others, section) && others[section]) || PlatformDeskPage;
  return (
    <Suspense fallback={<Skeleton className="page h-40" />}>
      <Shown />
    </Suspense>
  );
}
