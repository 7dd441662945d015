import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { checkCode } from '../../../../client/endpoints.generated.ts';
import type { Event } from '../../../../contract/events.ts';
import { promoCodeFields } from '../../../../contract/promo-codes.ts';
import type { CheckedCode } from '../../../../contract/vouchers.ts';
import { call } from '../../api/call.ts';
import { asSomebody } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { backLink } from '../../ui/back-link.ts';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useTitle } from '../../ui/title.ts';
import { formatWhen } from '../../ui/When.tsx';
import { knownCode, rememberCode } from '../buy/held.ts';
import { eventQuery } from '../buy/queries.ts';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { OpenedTickets } from './OpenedTickets.tsx';
import { t } from './words.ts';

const route = getRouteApi('/e/$slug/code');

/**
 * Where a link with a code leads: it says what the code opens, and holds those places. The address loses the code at once, so that
 * it is in no history and no screenshot; this tab keeps it until the places are held.
 */
export function CodePage() {
  const { slug } = route.useParams();
  const { code: given } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: event } = useSuspenseQuery(eventQuery(slug));
  const [code, setCode] = useState(() => given ?? knownCode(event.id));
  useEffect(() => {
    if (given === undefined) return;
    setCode(given);
    void navigate({ search: {}, replace: true });
  }, [given, navigate]);
  useTitle(`${t('enterTitle')} · ${event.title}`);
  return (
    <div className="page max-w-2xl pb-24 pt-4 sm:pt-10">
      <Link to={paths.event} params={{ slug: event.slug }} className={backLink}>
        <Icon name="left" size={18} />
        {t('back')}
      </Link>
      <h1 tabIndex={-1} className="mt-2 text-2xl font-extrabold tracking-tight sm:text-title">
        <bdi>{t('enterFor', { event: event.title })}</bdi>
      </h1>
      <Applied key={code} event={event} code={code} onChange={setCode} />
    </div>
  );
}

function Applied({
  event,
  code,
  onChange,
}: {
  event: Event;
  code: string | null;
  onChange: (code: string | null) => void;
}) {
  const client = useQueryClient();
  const place = useRef<HTMLDivElement>(null);
  const checked = useQuery({
    queryKey: ['code', event.id, code],
    queryFn: () =>
      asSomebody(client, (headers) =>
        call(checkCode, { params: { eventId: event.id }, body: { code: code ?? '' }, headers }),
      ),
    enabled: code !== null,
    // A wrong code costs the person's guesses, so nothing asks again by itself.
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const known = checked.data;
  useEffect(() => {
    if (known) rememberCode(event.id, known.code);
  }, [known, event.id]);
  const form = useContractForm(promoCodeFields, { code: '' });
  const apply = form.handleSubmit(({ code: typed }) => onChange(typed));
  if (code !== null && checked.isPending) return <Skeleton className="mt-6 h-48" />;
  return (
    <div ref={place} tabIndex={-1} className="mt-6 rounded-field">
      {checked.error && (
        <Notice tone="bad" live className="mb-6">
          {sayProblem(checked.error)}
        </Notice>
      )}
      {known ? (
        <>
          <div className="flex items-center gap-2 rounded-field bg-good-soft ps-4 text-good">
            <Icon name="check" strokeWidth={3} />
            <p role="status" className="min-w-0 flex-1 py-3 font-semibold break-words">
              {t('applied', { code: known.code })}
            </p>
            <button
              type="button"
              aria-label={t('remove')}
              onClick={() => {
                rememberCode(event.id, null);
                onChange(null);
              }}
              className="grid size-12 shrink-0 place-items-center rounded-full hover:bg-paper/60"
            >
              <Icon name="cross" size={18} />
            </button>
          </div>
          {known.validUntil && (
            <p className="mt-2 text-sm text-muted">
              {t('validTill', { when: formatWhen(known.validUntil, event.timeZone) })}
            </p>
          )}
          <WithCode event={event} known={known} />
        </>
      ) : (
        <form noValidate onSubmit={apply} className="flex flex-wrap items-start gap-x-3">
          <Field
            label={t('code')}
            className="min-w-0 grow basis-32"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            {...form.field('code', t('noCode'))}
          />
          <Button type="submit" look="quiet" className="mt-[1.625rem]">
            {t('apply')}
          </Button>
        </form>
      )}
    </div>
  );
}

/** What the buyer can do with the code: take what it opens, or choose tickets for it. */
function WithCode({ event, known }: { event: Event; known: CheckedCode }) {
  const seat = known.seat && `${known.seat.section} ${known.seat.row}${known.seat.seat}`;
  if (known.opened.length > 0 || (known.seatId && known.keepsPlaces))
    return <OpenedTickets event={event} known={known} />;
  return (
    <>
      <p className="mt-4">{seat ? t('forSeat', { seat }) : t('lowers')}</p>
      <Link
        to={event.hasSeatMap ? paths.seats : paths.event}
        params={{ slug: event.slug }}
        className={buttonClass('primary', 'large', 'mt-6')}
      >
        {t(event.hasSeatMap ? 'toSeats' : 'toTickets')}
      </Link>
    </>
  );
}
