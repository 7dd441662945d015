import { pictureFolder, previewWidth } from '../../contract/picture-address.ts';
import { coverSet } from '../../web/src/ui/cover-set.ts';
import { escapeHtml, type Preload } from './head.ts';

/** A cover as the app draws it (web/src/ui/Cover.tsx), with the same values, so that the picture is loaded once and stays in its place. */
export function coverImage(url: string, of: { alt?: string; sizes: string; className: string }): string {
  const set = coverSet(url);
  const [, focus] = url.split('?f=');
  const attributes = [
    `src="${escapeHtml(url)}"`,
    ...(set ? [`srcset="${escapeHtml(set)}" sizes="${of.sizes}"`] : []),
    `alt="${escapeHtml(of.alt ?? '')}"`,
    ...(focus ? [`data-focus="${escapeHtml(focus)}"`] : []),
    `width="1200" height="800" fetchpriority="high" class="bg-sunken object-cover ${of.className}"`,
  ];
  return `<img ${attributes.join(' ')}>`;
}

export function coverPreload(url: string, sizes: string): Preload {
  const set = coverSet(url);
  return { href: url, as: 'image', ...(set && { set, sizes }) };
}

/** The address of a cover for link previews and search engines, which take no AVIF. */
export const previewOf = (coverUrl: string | null, publicUrl: string): string | null => {
  const folder = pictureFolder(coverUrl);
  const path = folder ? `${folder}${previewWidth}.jpg` : coverUrl;
  return path && new URL(path, publicUrl).href;
};
