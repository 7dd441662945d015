import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useMatches, useRouter, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Me } from '../../../../contract/accounts.ts';
import { docsPath } from '../../../../contract/addresses.ts';
import { may } from '../../../../contract/team-roles.ts';
import { maySignedIn, meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { LanguageMenu } from './LanguageMenu.tsx';
import { NewRelease } from './NewRelease.tsx';
import { nextFrom } from './next-page.ts';
import { ThemeButton } from './ThemeButton.tsx';
import { t } from './words.ts';

/** The frame of every page: navigation, and announcements for screen readers. */
export function Shell() {
  const page = useMatches({ select: (matches) => matches.at(-1)?.staticData.page });
  const tabs = page === undefined;
  useFocusOnNavigation();
  return (
    <div
      className={`flex min-h-dvh flex-col ${!tabs ? '' : 'pb-[calc(4rem+env(safe-area-inset-bottom))] sm:pb-0'}`}
    >
      <a
        href="#content"
        className="fixed start-4 top-2 z-50 max-w-[calc(100%-2rem)] -translate-y-20 rounded-full bg-accent opacity-0 focus:opacity-100 px-5 py-3 font-semibold text-on-accent focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <LoadingBar />
      <NewRelease />
      <Header />
      <main id="content" tabIndex={-1} className="flex-1">
        <Outlet />
      </main>
      {page !== 'task' && <Footer />}
      {tabs && <TabBar />}
    </div>
  );
}

function useMe() {
  return useQuery({ ...meQuery, enabled: maySignedIn() }).data;
}

/** Where a person's own page is: the account, or the sign-in, which leads back to this page. */
function useOwnPage(me: Me | null | undefined) {
  const next = useLocation({ select: nextFrom });
  if (me && !me.isGuest) return { to: paths.account };
  return { to: paths.signIn, search: next === undefined ? {} : { next } };
}

/** Whether the person is on a team, and whether they check tickets in there. */
const worksOf = (me: Me | null | undefined) => ({
  works: Boolean(me && me.organisations.length > 0),
  admits: Boolean(me?.organisations.some(({ role }) => may(role, 'door.admit'))),
});

function Header() {
  const me = useMe();
  const own = useOwnPage(me);
  const { works, admits } = worksOf(me);
  return (
    // Large text takes two lines. On a low screen, the header scrolls away to leave room for the page.
    <header className="top-0 z-30 border-b border-line bg-paper/90 backdrop-blur-md [@media(min-height:28rem)]:sticky">
      <div className="page flex min-h-16 flex-wrap items-center gap-x-2 sm:gap-x-6">
        <Link
          to={paths.explore}
          aria-label={t('home')}
          className="flex items-center gap-2 py-2 text-xl font-extrabold tracking-tight"
        >
          <Mark />
          Admit
        </Link>
        <nav aria-label={t('pages')} className="hidden flex-1 gap-1 sm:flex">
          <HeaderLink to={paths.explore} exact>
            {t('explore')}
          </HeaderLink>
          <HeaderLink to={paths.orders}>{t('tickets')}</HeaderLink>
          {works && <HeaderLink to={paths.organise}>{t('organise')}</HeaderLink>}
          {admits && <HeaderLink to={paths.door}>{t('door')}</HeaderLink>}
        </nav>
        <div className="ms-auto flex max-w-full flex-wrap items-center justify-end gap-x-1">
          <LanguageMenu />
          <ThemeButton />
          <Link
            {...own}
            className="inline-flex min-h-11 items-center gap-2 rounded-full px-3 font-semibold hover:bg-sunken"
          >
            <Icon name="person" />
            <span className="max-w-36 truncate">
              <bdi>{me && !me.isGuest ? me.name.split(' ')[0] : t('signIn')}</bdi>
            </span>
          </Link>
        </div>
      </div>
    </header>
  );
}

/** A ticket with its two notches, drawn inline so that it takes the theme's colour. */
function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" className="text-accent">
      <path
        fill="currentColor"
        d="M6 4h20a4 4 0 0 1 4 4v4.2a4 4 0 0 0 0 7.6V24a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4v-4.2a4 4 0 0 0 0-7.6V8a4 4 0 0 1 4-4Z"
      />
      <path className="fill-on-accent" d="m14 21.6-5-5 2.1-2.1 2.9 2.9 6.9-6.900L23 12.600z" />
    </svg>
  );
}

type PlainPath =
  | typeof paths.explore
  | typeof paths.orders
  | typeof paths.organise
  | typeof paths.door
  | typeof paths.account
  | typeof paths.signIn;

function HeaderLink({ to, exact = false, children }: { to: PlainPath; exact?: boolean; children: string }) {
  return (
    <Link
      to={to}
      activeOptions={{ exact, includeSearch: false }}
      className="rounded-full px-4 py-2.5 font-medium text-muted transition-colors hover:text-ink data-[status=active]:bg-sunken data-[status=active]:text-ink"
    >
      {children}
    </Link>
  );
}

/** The tab bar at the bottom of a phone, within reach of a thumb. */
function TabBar() {
  const me = useMe();
  const own = useOwnPage(me);
  const { works, admits } = worksOf(me);
  return (
    <nav
      aria-label={t('pages')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-paper pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <Tab to={paths.explore} icon="compass" exact>
        {t('explore')}
      </Tab>
      <Tab to={paths.orders} icon="ticket">
        {t('ticketsShort')}
      </Tab>
      {works && (
        <Tab to={paths.organise} icon="house">
          {t('organise')}
        </Tab>
      )}
      {admits && (
        <Tab to={paths.door} icon="camera">
          {t('door')}
        </Tab>
      )}
      <Tab {...own} icon="person">
        {t('account')}
      </Tab>
    </nav>
  );
}

function Tab({
  to,
  search,
  icon,
  exact = false,
  children,
}: {
  to: PlainPath;
  search?: { next?: string } | undefined;
  icon: IconName;
  exact?: boolean;
  children: string;
}) {
  return (
    <Link
      to={to}
      search={search ?? {}}
      activeOptions={{ exact, includeSearch: false }}
      className="flex min-h-16 min-w-0 flex-auto flex-col items-center justify-center gap-1 text-center text-[clamp(0.6875rem,3.4vw,0.75rem)] font-semibold text-muted data-[status=active]:text-accent"
    >
      <Icon name={icon} size={24} />
      {children}
    </Link>
  );
}

function Footer() {
  return (
    <footer className="mt-24 border-t border-line">
      <nav
        aria-label={t('more')}
        className="page flex flex-wrap items-center gap-x-6 gap-y-1 py-6 text-sm text-muted"
      >
        <p className="w-full pt-2 sm:me-auto sm:w-auto sm:pb-2">{t('footer')}</p>
        <Link to={paths.organise} className="py-2 hover:text-ink">
          {t('forOrganisers')}
        </Link>
        <Link to={paths.door} className="py-2 hover:text-ink">
          {t('door')}
        </Link>
        <a href={docsPath} className="py-2 hover:text-ink">
          {t('apiDocs')}
        </a>
        <a href="/licenses.txt" className="py-2 hover:text-ink">
          {t('licenses')}
        </a>
      </nav>
    </footer>
  );
}

/** A line at the top while the next page loads. The present page stays usable. */
function LoadingBar() {
  const loading = useRouterState({ select: (state) => state.isLoading });
  return (
    <div
      aria-hidden="true"
      className={`fixed inset-x-0 top-0 z-50 h-0.5 origin-left rtl:origin-right bg-accent transition-transform ${loading ? 'scale-x-75 duration-[4000ms] ease-out' : 'scale-x-0 duration-0'}`}
    />
  );
}

/** After a navigation, focuses the new page's heading, where a screen reader would start after a page load. */
function useFocusOnNavigation(): void {
  const router = useRouter();
  const before = useRef<string | null>(null);
  useEffect(
    () =>
      router.subscribe('onRendered', ({ toLocation }) => {
        const moved = before.current !== null && before.current !== toLocation.pathname;
        before.current = toLocation.pathname;
        if (!moved) return;
        const target =
          document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('main');
        if (target && !target.hasAttribute('tabindex')) target.tabIndex = -1;
        target?.focus({ preventScroll: true });
      }),
    [router],
  );
}
