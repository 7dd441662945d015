import { useRef } from 'react';
import { type Act, createAct } from '../../../client/act.ts';

/** What the person at this page wants done once, over all of their tries. */
export function useAct(): Act {
  const ref = useRef<Act>(null);
  ref.current ??= createAct();
  return ref.current;
}
