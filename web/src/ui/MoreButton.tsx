import type { ReactNode } from 'react';
import { Button } from './Button.tsx';

/** What a query in portions (useInfiniteQuery) says of its next portion. */
interface Portions {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): Promise<unknown>;
}

/** Asks for the next portion of a list. Shows nothing after the last one. */
export function MoreButton({
  of: { hasNextPage, isFetchingNextPage, fetchNextPage },
  className = 'mt-6',
  children,
}: {
  of: Portions;
  className?: string;
  children: ReactNode;
}) {
  if (!hasNextPage) return null;
  return (
    <Button look="quiet" className={className} busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
      {children}
    </Button>
  );
}
