import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { FiguresRow } from '../../../../contract/dashboard.ts';
import { paths } from '../../paths.ts';
import { language } from '../../ui/language.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { Breakdown } from './Breakdown.tsx';
import { Funnel } from './Funnel.tsx';
import { LiveMark } from './LiveMark.tsx';
import { eventFiguresQuery } from './queries.ts';
import { SalesChart } from './SalesChart.tsx';
import { SeatHeat } from './SeatHeat.tsx';
import { Places, Revenue } from './Tiles.tsx';
import { useFiguresNews } from './use-figures-news.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/figures');

/** The figures of one event. They move by themselves. */
export function EventFiguresPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const isLive = useFiguresNews(event.organisation.id, event.id);
  const { data, error } = useQuery(eventFiguresQuery(event.id, isLive));
  useTitle(`${t('title')} · ${event.title}`);
  const countries = new Intl.DisplayNames(language(), { type: 'region' });
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('title')}
    >
      {error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(error)}
        </Notice>
      )}
      {!data && !error && <Skeleton className="mt-6 h-96" />}
      {data && (
        <>
          <LiveMark isLive={isLive} counting={data.unsettled.counting} />
          <Places counts={data.counts} queue={data.queue} />
          {data.unsettled.orders > 0 && (
            <p className="mt-2 text-sm text-muted">{t('waitForPayment', { count: data.unsettled.orders })}</p>
          )}
          <section className="mt-10">
            <h2 className="text-xl font-bold tracking-tight">{t('sales')}</h2>
            <SalesChart sales={data.sales} comparison={data.comparison} timeZone={data.timeZone} />
          </section>
          <section className="mt-10">
            <h2 className="text-xl font-bold tracking-tight">{t('revenue')}</h2>
            <Revenue revenue={data.revenue} pending={data.unsettled.refunds} />
          </section>
          <Funnel funnel={data.funnel} />
          <SeatHeat eventId={event.id} timeZone={data.timeZone} />
          <Breakdown title={t('byTicketType')} rows={data.byTicketType} />
          {data.byExtra.length > 0 && <Breakdown title={t('byExtra')} rows={data.byExtra} />}
          <Breakdown title={t('byZone')} rows={data.byZone} />
          <Breakdown
            title={t('byOrigin')}
            rows={data.byOrigin}
            nameOf={({ key }) => t(originWords[key as keyof typeof originWords] ?? 'o_complimentary')}
          />
          <Breakdown title={t('byPromoCode')} rows={data.byPromoCode} nameOf={orElse(t('noCode'))} />
          {data.byCodeTag.length > 0 && (
            <Breakdown title={t('byCodeTag')} rows={data.byCodeTag} nameOf={orElse(t('noTag'))} />
          )}
          <Breakdown title={t('byLink')} rows={data.byLink} nameOf={orElse(t('noLink'))} visits />
          <Breakdown
            title={t('byCountry')}
            rows={data.byCountry}
            nameOf={({ key }) => (key === '' ? t('unknown') : (countries.of(key) ?? key))}
            visits
          />
          <Breakdown title={t('byDevice')} rows={data.byDevice} nameOf={sayDevice} visits />
        </>
      )}
    </Subpage>
  );
}

const orElse =
  (none: string) =>
  ({ key }: FiguresRow): string =>
    key === '' ? none : key;

const devices = ['phone', 'tablet', 'desktop'] as const;

function sayDevice({ key }: FiguresRow): string {
  const known = devices.find((device) => device === key);
  return known ? t(known) : t('unknown');
}

const originWords = {
  complimentary: 'o_complimentary',
  box_office: 'o_box_office',
  pass: 'o_pass',
  imported: 'o_imported',
} as const;
