import { useRef } from 'react';
import { type Act, createAct } from '../../../client/act.ts';

/** One action of the person at this page, which must happen once over all of its attempts. */
export function useAct(): Act {
  const ref = useRef<Act>(null);
  ref.current ??= createAct();
  return ref.current;
}
