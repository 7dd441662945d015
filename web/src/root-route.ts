import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext } from '@tanstack/react-router';
import { NotFoundPage } from './features/shell/NotFoundPage.tsx';
import { Shell } from './features/shell/Shell.tsx';

export type Context = { queryClient: QueryClient };

/** The frame around every page. */
export const root = createRootRouteWithContext<Context>()({
  component: Shell,
  notFoundComponent: NotFoundPage,
});

/** A page of the root at an address. */
export const at = <const Path extends string>(path: Path) => ({ getParentRoute: () => root, path });
