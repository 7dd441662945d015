import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useLocation } from '@tanstack/react-router';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { formatWhen } from '../../ui/When.tsx';
import { EventPreview } from './EventPreview.tsx';
import { previewQuery } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/preview/$linkId');

/** An event that is not published yet, for somebody with its preview link. */
export function PreviewPage() {
  const { linkId } = route.useParams();
  // In the fragment, which browsers do not send.
  const secret = useLocation({ select: ({ hash }) => hash.replace(/^#/, '') });
  const { data } = useSuspenseQuery(previewQuery(linkId, secret));
  const { event, undecided, expiresAt } = data;
  useTitle(event.title);
  return (
    <>
      <div className="page pt-4">
        <Notice tone="warn" title={t('previewBanner')}>
          <p>{t('previewUntil', { when: formatWhen(expiresAt, ownTimeZone(), 'long') })}</p>
          {undecided.length > 0 && <p>{t('previewNoDate')}</p>}
        </Notice>
      </div>
      <EventPreview event={event} />
    </>
  );
}
