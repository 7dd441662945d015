import { useEffect } from 'react';

/** Names the page in its tab and to assistive technology. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Admit' : `${title} · Admit`;
  }, [title]);
}
