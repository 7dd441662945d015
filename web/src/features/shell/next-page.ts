import { paths } from '../../paths.ts';

const accountPages: string[] = [
  paths.signIn,
  paths.signUp,
  paths.verify,
  paths.forgotPassword,
  paths.resetPassword,
];

/**
 * Decision: what the link to the sign-in page says of the page that it is on. On pages about signing in it keeps the page
 * that the person came from.
 */
export function nextFrom(here: {
  pathname: string;
  href: string;
  search: { next?: string | undefined };
}): string | undefined {
  return accountPages.includes(here.pathname) ? here.search.next : here.href;
}
