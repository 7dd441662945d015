import { lazyRouteComponent } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Loads a page together with its texts. */
export function page<Module extends Record<string, unknown>, const Name extends keyof Module>(
  file: () => Promise<Module>,
  name: Name,
  ...words: (() => Promise<void>)[]
) {
  return lazyRouteComponent(
    () => Promise.all([file(), ...words.map((load) => load())]).then(([module]) => module),
    name,
  );
}

type Later = typeof import('./later-pages.ts')['pages'];

/** A page that only later-pages.ts names. It costs one file more, and costs the other pages nothing. */
export const later = <const Name extends keyof Later>(name: Name) =>
  lazyRouteComponent(
    async () => (await (await import('./later-pages.ts')).pages[name]()) as Record<Name, () => ReactNode>,
    name,
  );

/** An optional search parameter with one valid shape. */
export const optional =
  <const Name extends string>(name: Name, accepts = (value: string) => value !== '') =>
  ({ [name]: value }: Record<string, unknown>) =>
    (typeof value === 'string' && accepts(value) ? { [name]: value } : {}) as { [N in Name]?: string };

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** `task`: one task without navigation. `sale`: the bottom of a phone has the buy button. */
    page?: 'task' | 'sale';
  }
}
