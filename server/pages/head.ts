/** What the head of a page says of it: to the browser's tab, to search engines and to link previews. */
export interface Head {
  title: string;
  description: string;
  /** The page's one address, absolute. Null for a page that is nobody's to find: no search engine lists it. */
  canonical: string | null;
  /** Absolute; what a link preview shows. */
  imageUrl?: string | null;
  /** schema.org data, as JSON-LD. It is no script, so the content security policy lets it stand. */
  data?: object;
  /** What the page will ask for before anything else. */
  preloads?: Preload[];
}

export interface Preload {
  href: string;
  as: 'fetch' | 'image';
  /** Of a picture in several sizes: what its `srcset` and `sizes` will say. */
  set?: string;
  sizes?: string;
}

const siteName = 'Admit';

/** The tags, every value escaped for the place where it stands. */
export function renderHead({ title, description, canonical, imageUrl, data, preloads = [] }: Head): string {
  const tags = [
    `<title>${escapeHtml(title === siteName ? title : `${title} · ${siteName}`)}</title>`,
    meta('name', 'description', description),
    ...preloads.map(preload),
  ];
  if (canonical === null) return [...tags, meta('name', 'robots', 'noindex')].join('\n    ');
  tags.push(
    `<link rel="canonical" href="${escapeHtml(canonical)}">`,
    meta('property', 'og:type', 'website'),
    meta('property', 'og:site_name', siteName),
    meta('property', 'og:title', title),
    meta('property', 'og:description', description),
    meta('property', 'og:url', canonical),
    meta('name', 'twitter:card', imageUrl ? 'summary_large_image' : 'summary'),
  );
  if (imageUrl) tags.push(meta('property', 'og:image', imageUrl));
  if (data) tags.push(`<script type="application/ld+json">${escapeJson(data)}</script>`);
  return tags.join('\n    ');
}

const meta = (kind: 'name' | 'property', name: string, content: string) =>
  `<meta ${kind}="${name}" content="${escapeHtml(content)}">`;

/** A fetch is found again only where it is asked for the same way: with cookies, as our own pages do. */
function preload({ href, as, set, sizes }: Preload): string {
  const link = `<link rel="preload" as="${as}" href="${escapeHtml(href)}"`;
  if (as === 'fetch') return `${link} crossorigin>`;
  const choice = set && sizes ? ` imagesrcset="${escapeHtml(set)}" imagesizes="${escapeHtml(sizes)}"` : '';
  return `${link}${choice} fetchpriority="high">`;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and for attributes in quotes, in HTML and in XML. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (found) => entities[found] as string);

/** JSON whose text can't end the element it stands in: `</script>` becomes `\u003c/script\u003e`, the same string. */
const escapeJson = (data: object): string =>
  JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
