import { useEffect, useState } from 'react';
import { type Desk, useDesk } from './desk.ts';

/** The address of an uploaded picture, in a width that is enough to draw over. */
const addressOf = (picture: string): string => `/pictures/${picture}/1600`;

/** The picture under the drawing, once it has loaded; null if there is none. */
export function usePicture(desk: Desk): HTMLImageElement | null {
  const id = useDesk(desk, (state) => state.history.present.background?.picture ?? null);
  const [loaded, setLoaded] = useState<{ id: string; image: HTMLImageElement } | null>(null);
  useEffect(() => {
    if (!id) return;
    const image = new Image();
    image.onload = () => setLoaded({ id, image });
    image.src = addressOf(id);
    return () => {
      image.onload = null;
    };
  }, [id]);
  return loaded?.id === id ? loaded.image : null;
}
