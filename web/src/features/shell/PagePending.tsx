import { Skeleton } from '../../ui/Skeleton.tsx';
import { t } from './words.ts';

/** The outline of a page while its content loads. */
export function PagePending() {
  return (
    <div className="page py-8">
      <p role="status" className="sr-only">
        {t('loading')}
      </p>
      <Skeleton className="aspect-[3/2] w-full sm:aspect-[3/1]" />
      <Skeleton className="mt-8 h-10 w-3/4 max-w-xl" />
      <Skeleton className="mt-4 h-5 w-1/2 max-w-sm" />
      <Skeleton className="mt-10 h-40 w-full max-w-2xl" />
    </div>
  );
}
