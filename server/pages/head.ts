/** The head of a page, for the browser's tab, search engines and link previews. */
export interface Head {
  title: string;
  description: string;
  /** The page's canonical address, absolute. Null for a page that search engines must not list. */
  canonical: string | null;
  /** Absolute; the picture of a link preview. */
  imageUrl?: string | null;
  /** What the picture shows; empty if it is decoration. */
  imageAlt?: string;
  /** schema.org data as JSON-LD. It is not a script, so the content security policy allows it. */
  data?: object;
  /** The same in other forms, for programs: their media types and addresses. */
  alternates?: { type: string; href: string }[];
  /** What the page will request first. */
  preloads?: Preload[];
  /** HTML for browsers without JavaScript (without-program.ts). */
  content?: string;
}

export interface Preload {
  href: string;
  as: 'fetch' | 'image';
  /** For a picture in several sizes: the values of its `srcset` and `sizes`. */
  set?: string;
  sizes?: string;
}

const siteName = 'Admit';

/** Renders the tags, with every value escaped for its context. */
export function renderHead({
  title,
  description,
  canonical,
  imageUrl,
  imageAlt,
  data,
  alternates = [],
  preloads = [],
}: Head): string {
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
  for (const { type, href } of alternates)
    tags.push(`<link rel="alternate" type="${type}" href="${escapeHtml(href)}">`);
  if (imageUrl) tags.push(meta('property', 'og:image', imageUrl));
  if (imageUrl && imageAlt) tags.push(meta('property', 'og:image:alt', imageAlt));
  if (data) tags.push(`<script type="application/ld+json">${escapeJson(data)}</script>`);
  return tags.join('\n    ');
}

const meta = (kind: 'name' | 'property', name: string, content: string) =>
  `<meta ${kind}="${name}" content="${escapeHtml(content)}">`;

/** The browser uses a preload only for a request with the same mode: with cookies, as our own pages request. */
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

/** For text and for quoted attributes, in HTML and in XML. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (found) => entities[found] as string);

/** JSON whose text can't end its element: `</script>` becomes `\u003c/script\u003e`, which is the same string. */
const escapeJson = (data: object): string =>
  JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
