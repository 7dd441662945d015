import { Skeleton } from '../../ui/Skeleton.tsx';
// This may show before the feature's own texts are loaded.
import { t } from '../shell/words.ts';

export function ExploreSkeleton() {
  return (
    <div className="page py-8 sm:py-12">
      <h1 className="text-display font-extrabold">{t('whatsOn')}</h1>
      <Skeleton className="mt-6 h-14 w-full max-w-2xl rounded-full" />
      <CardSkeletons />
    </div>
  );
}

export function CardSkeletons() {
  return (
    <div aria-hidden="true" className="mt-10 grid gap-x-6 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <CardSkeleton key={key} />
      ))}
    </div>
  );
}

export function CardSkeleton({ as: Tag = 'div' }: { as?: 'div' | 'li' }) {
  return (
    <Tag aria-hidden="true">
      <Skeleton className="aspect-[3/2] w-full rounded-card" />
      <Skeleton className="mt-4 h-4 w-1/3" />
      <Skeleton className="mt-2 h-6 w-4/5" />
      <Skeleton className="mt-2 h-4 w-1/2" />
    </Tag>
  );
}
