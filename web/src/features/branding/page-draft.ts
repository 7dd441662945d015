import type { OrganisationPage } from '../../../../contract/organisation-page.ts';
import {
  type OrganisationPageFields,
  organisationPageFields,
} from '../../../../contract/organisation-page-fields.ts';

/** The form of an organisation's page: flat, with lists as lines, so that changes of two people can be put together. */
export type PageDraft = Record<'about' | 'links' | 'color' | 'logoUrl' | 'sites', string>;
export type PageField = keyof PageDraft;

export const draftOf = (page: OrganisationPage): PageDraft => ({
  about: page.about,
  links: page.links.map(({ label, url }) => `${label} ${url}`).join('\n'),
  color: page.color ?? '',
  logoUrl: page.logoUrl ?? '',
  sites: page.embedOrigins.join('\n'),
});

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** The last word of a line is the address, and all before it is the name. */
function linkOf(line: string): { label: string; url: string } {
  const [, label = '', url = ''] = /^(.*?)\s*(\S+)$/u.exec(line) ?? [];
  return { label, url };
}

/** A site as browsers send it: without a path, and in small letters. */
function originOf(line: string): string {
  const url = URL.canParse(line) ? new URL(line) : null;
  return url && url.pathname === '/' && !url.search && !url.hash && !url.username ? url.origin : line;
}

/** What the form sends, or the fields that are wrong. */
export function bodyOf(draft: PageDraft): { body: OrganisationPageFields } | { wrong: PageField[] } {
  const read = organisationPageFields.safeParse({
    about: draft.about,
    links: linesOf(draft.links).map(linkOf),
    color: draft.color.trim().toLowerCase() || null,
    logoUrl: draft.logoUrl || null,
    embedOrigins: linesOf(draft.sites).map(originOf),
  });
  if (read.success) return { body: read.data };
  const names = read.error.issues.map(({ path }) => (path[0] === 'embedOrigins' ? 'sites' : path[0]));
  return { wrong: [...new Set(names as PageField[])] };
}
