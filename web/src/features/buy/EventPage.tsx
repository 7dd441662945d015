import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import { Cover } from '../../ui/Cover.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { useTitle } from '../../ui/title.ts';
import { formatWhen, When } from '../../ui/When.tsx';
import { policyText } from './policy.ts';
import { eventQuery } from './queries.ts';
import { TicketPanel } from './TicketPanel.tsx';
import { t } from './words.ts';

const route = getRouteApi('/e/$slug');

export function EventPage() {
  const { slug } = route.useParams();
  const { data: event } = useSuspenseQuery(eventQuery(slug));
  useTitle(event.title);
  return (
    <article className="pb-24 sm:pt-8 lg:pb-0">
      <div className="sm:page">
        <Cover
          src={event.coverUrl}
          title={event.title}
          eager
          className="aspect-[3/2] w-full sm:aspect-[5/2] sm:rounded-3xl lg:aspect-[3/1]"
        />
      </div>
      {/* On a phone the tickets come before the long text; on a desktop they stand beside all of it. */}
      <div className="page mt-8 grid gap-x-16 gap-y-10 lg:mt-12 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]">
        <header>
          <h1 tabIndex={-1} className="text-display font-extrabold">
            <bdi>{event.title}</bdi>
          </h1>
          {event.summary && (
            <p className="mt-4 max-w-2xl text-xl text-muted">
              <bdi>{event.summary}</bdi>
            </p>
          )}
          <Facts event={event} />
        </header>
        <aside aria-label={t('tickets')} className="lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <div className="lg:sticky lg:top-24">
            <TicketPanel event={event} />
          </div>
        </aside>
        <About event={event} />
      </div>
    </article>
  );
}

function Facts({ event }: { event: Event }) {
  const { venue } = event;
  const query = encodeURIComponent([venue.name, venue.address, venue.city].filter(Boolean).join(', '));
  return (
    <dl className="mt-8 grid gap-5">
      <Fact icon="calendar" term={t('whenAndWhere')}>
        <p className="font-semibold">
          <When at={event.startsAt} timeZone={event.timeZone} format="long" withZone />
        </p>
        <p className="text-muted">
          {event.doorsAt && `${t('doors', { time: formatWhen(event.doorsAt, event.timeZone, 'time') })} · `}
          {t('until', { time: formatWhen(event.endsAt, event.timeZone, 'time') })}
        </p>
      </Fact>
      <Fact icon="pin" term={t('map')}>
        <p className="font-semibold">
          <bdi>{venue.name}</bdi>
        </p>
        <p className="text-muted">
          <bdi>{[venue.address, venue.city].filter(Boolean).join(', ')}</bdi>
        </p>
        <a
          href={`https://www.openstreetmap.org/search?query=${query}`}
          target="_blank"
          rel="noreferrer"
          className="inline-block py-1 font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('map')}
        </a>
      </Fact>
    </dl>
  );
}

function Fact({ icon, term, children }: { icon: IconName; term: string; children: ReactNode }) {
  return (
    <div className="flex gap-4">
      <dt className="grid size-12 shrink-0 place-items-center rounded-field bg-sunken text-accent">
        <Icon name={icon} size={22} />
        <span className="sr-only">{term}</span>
      </dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function About({ event }: { event: Event }) {
  const paragraphs = event.description.split(/\n\s*\n/).filter((text) => text.trim() !== '');
  return (
    <div className="max-w-2xl">
      {paragraphs.length > 0 && (
        <section>
          <h2 className="text-2xl font-bold tracking-tight">{t('about')}</h2>
          {paragraphs.map((text) => (
            <p key={text} dir="auto" className="mt-4 whitespace-pre-line text-lg leading-relaxed">
              {text}
            </p>
          ))}
        </section>
      )}
      <section className="mt-10 border-t border-line pt-8">
        <h2 className="font-bold">{t('policy')}</h2>
        <p className="mt-1 text-muted">{policyText(event)}</p>
        <p className="mt-5 flex flex-wrap items-center justify-between gap-4 text-muted">
          {t('organisedBy', { name: event.organisation.name })}
          <ShareButton title={event.title} />
        </p>
      </section>
    </div>
  );
}

/** The phone's own way to share where there is one, else the link is copied. */
function ShareButton({ title }: { title: string }) {
  const [copied, setCopied] = useState(false);
  const share = async () => {
    try {
      if ('share' in navigator) await navigator.share({ title, url: location.href });
      else {
        await (navigator as Navigator).clipboard.writeText(location.href);
        setCopied(true);
      }
    } catch {
      // Thought better of it.
    }
  };
  return (
    <button
      type="button"
      onClick={share}
      className="inline-flex min-h-11 items-center gap-2 rounded-full px-3 font-semibold text-accent hover:bg-accent-soft"
    >
      <Icon name="share" />
      <span aria-live="polite">{t(copied ? 'shared' : 'share')}</span>
    </button>
  );
}
