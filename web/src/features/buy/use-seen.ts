import { useEffect, useRef, useState } from 'react';

/** Becomes true when the element comes within a margin of the screen, and stays true. */
export function useSeen(margin: string) {
  const ref = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
      },
      { rootMargin: margin },
    );
    if (ref.current) observer.observe(ref.current);
    return () => observer.disconnect();
  }, [margin]);
  return { ref, seen };
}
