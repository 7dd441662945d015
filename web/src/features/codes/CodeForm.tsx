import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { checkCode } from '../../../../client/endpoints.generated.ts';
import type { Event } from '../../../../contract/events.ts';
import { promoCodeFields } from '../../../../contract/promo-codes.ts';
import type { CheckedCode } from '../../../../contract/vouchers.ts';
import { call } from '../../api/call.ts';
import { asSomebody } from '../../api/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { rememberCode } from '../buy/held.ts';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

interface Props {
  event: Event;
  /** The code of a link or of this tab; null until one is typed. */
  code: string | null;
  /** True if the person has just asked for the field. */
  autoFocus?: boolean;
  onChange: (code: string | null) => void;
  /** What the person can do with the code. */
  children: (known: CheckedCode) => ReactNode;
}

/** A field for a code, or the code that the server knows. This tab keeps it until places are held with it. */
export function CodeForm({ event, code, autoFocus = false, onChange, children }: Props) {
  const client = useQueryClient();
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
    // On the way from the event to its seats the answer stays.
    gcTime: 60_000,
  });
  const known = checked.data;
  const isChecking = code !== null && checked.isPending;
  /** The person has used the field, so it stays until the code is known, and the focus stays with it. */
  const [hasTyped, setTyped] = useState(code === null);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!known) return;
    rememberCode(event.id, known.code);
    // The field is gone, so the focus needs another place.
    if (hasTyped) place.current?.focus();
  }, [known, event.id, hasTyped]);
  const form = useContractForm(promoCodeFields, { code: '' });
  const apply = form.handleSubmit(({ code: typed }) => {
    setTyped(true);
    if (typed === code) void checked.refetch();
    else onChange(typed);
  });
  if (isChecking && !hasTyped) return <Skeleton className="h-12" />;
  return (
    <>
      {checked.error && !checked.isFetching && (
        <Notice tone="bad" live className="mb-4">
          {sayProblem(checked.error)}
        </Notice>
      )}
      {known ? (
        <>
          <div
            ref={place}
            tabIndex={-1}
            className="flex items-center gap-2 rounded-field bg-good-soft ps-4 text-good"
          >
            <Icon name="check" strokeWidth={3} />
            <p role="status" className="min-w-0 flex-1 py-3 font-semibold break-words">
              {t('applied', { code: known.code })}
            </p>
            <button
              type="button"
              aria-label={t('remove')}
              onClick={() => {
                rememberCode(event.id, null);
                form.reset();
                setTyped(true);
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
          {children(known)}
        </>
      ) : (
        <form noValidate onSubmit={apply} className="flex flex-wrap items-start gap-x-3">
          <Field
            label={t('code')}
            className="min-w-0 grow basis-32"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            autoFocus={autoFocus}
            {...form.field('code', t('noCode'))}
          />
          <Button type="submit" look="quiet" className="mt-[1.625rem]" busy={isChecking}>
            {t('apply')}
          </Button>
        </form>
      )}
    </>
  );
}
