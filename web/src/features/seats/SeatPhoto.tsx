import { useState } from 'react';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Photo } from './seat-photo.ts';
import { t } from './words.ts';

const widths = [480, 720, 1200, 1600];
const srcSet = (id: string): string => widths.map((width) => `/pictures/${id}/${width} ${width}w`).join();

/**
 * The view from the seat that somebody points at or has chosen, over a corner of the map, so that nothing moves. A press shows
 * it large.
 */
export function SeatPhoto({ photo, onClose }: { photo: Photo; onClose: () => void }) {
  const [isLarge, setLarge] = useState(false);
  const alt = t('viewFrom', { place: photo.from });
  return (
    <div className="absolute bottom-3 start-3 z-10 w-36 overflow-hidden rounded-field border border-line bg-raised shadow-lift sm:w-56">
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setLarge(true)}
        className="block w-full text-start"
      >
        <img
          key={photo.id}
          src={`/pictures/${photo.id}/480`}
          srcSet={srcSet(photo.id)}
          sizes="(min-width: 40rem) 14rem, 9rem"
          alt={alt}
          width={480}
          height={320}
          loading="lazy"
          decoding="async"
          className="aspect-[3/2] w-full bg-sunken object-cover"
        />
        <span aria-hidden="true" className="block px-2.5 py-1.5 text-xs font-semibold wrap-anywhere">
          {alt}
        </span>
      </button>
      <button
        type="button"
        aria-label={t('hideView')}
        onClick={onClose}
        className="absolute end-0 top-0 grid size-11 place-items-center"
      >
        <span className="grid size-7 place-items-center rounded-full bg-raised shadow-lift">
          <Icon name="cross" size={14} />
        </span>
      </button>
      {isLarge && (
        <Dialog title={alt} closeLabel={t('close')} onClose={() => setLarge(false)}>
          <img
            src={`/pictures/${photo.id}/1200`}
            srcSet={srcSet(photo.id)}
            sizes="(min-width: 40rem) 29rem, 90vw"
            alt={alt}
            width={1200}
            height={800}
            className="aspect-[3/2] w-full rounded-field bg-sunken object-contain"
          />
        </Dialog>
      )}
    </div>
  );
}
