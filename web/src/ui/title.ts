import { useEffect } from 'react';

/** Sets the page's title. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Admit' : `${title} · Admit`;
  }, [title]);
}
