import { lazyRouteComponent } from '@tanstack/react-router';

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
