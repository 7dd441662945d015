import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { z } from 'zod/mini';
import type { Line } from '../../../../contract/holds.ts';
import { likelyAddress } from '../../../../contract/mistyped-domain.ts';
import type { InvoiceAddress } from '../../../../contract/parties.ts';
import { detailsFields } from '../../../../contract/person.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { t } from '../checkout/words.ts';
import { InvoiceChoice } from '../documents/InvoiceChoice.tsx';
import { AskBeforeClosing } from '../forms/Unsaved.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import type { useAsked } from '../questions/use-asked.ts';
import { AttendeeFields } from './AttendeeFields.tsx';
import { type Buyer, knownBuyer, knownTyped, rememberTyped } from './held.ts';
import { placesIn } from './sale.ts';
import { useInvoice } from './use-invoice.ts';

/** Only buyers who are asked something load it. */
const AskedFields = lazy(async () => {
  const { askedFields } = await import('../../later-pages.ts');
  return { default: (await askedFields()).AskedFields };
});

/** The buyer and, if the organiser asks, the attendees. */
export type Details = z.infer<typeof detailsFields>;

interface Props {
  eventId: string;
  free: boolean;
  busy: boolean;
  /** The lines to name attendees for; null if the organiser does not ask. */
  named: Line[] | null;
  /** What else the organiser asks, for the places of these lines. */
  asked: ReturnType<typeof useAsked>;
  lines: Line[];
  /** The buyer, once entered. */
  done: Buyer | null;
  /** The server's last refusal. */
  error: Error | null;
  /** `invoice`: the address for it; null if the buyer wants none. */
  onSubmit: (details: Details, invoice: InvoiceAddress | null, onRefused: (error: unknown) => void) => void;
}

export function DetailsForm({
  eventId,
  free,
  busy,
  named,
  asked: { form: asked, isLoading, failed, reload },
  lines,
  done,
  error,
  onSubmit,
}: Props) {
  const { data: me } = useQuery(meQuery);
  const here = useLocation({ select: (location) => location.href });
  const guest = !me || me.isGuest;
  const known = knownBuyer() ?? (guest ? null : { name: me.name, email: me.email ?? '' });
  const typedBefore = knownTyped(eventId);
  const form = useContractForm(detailsFields, {
    buyer: {
      name: typedBefore?.buyer?.name ?? known?.name ?? '',
      email: typedBefore?.buyer?.email ?? known?.email ?? '',
    },
    ...(named && { attendees: namesFor(named, typedBefore?.attendees ?? []) }),
  });
  const invoice = useInvoice(eventId);
  const asksInvoice = !free && invoice.wanted;
  // Kept in this tab: neither other seats, a reload nor signing in loses a name that was typed.
  const { watch } = form;
  useEffect(() => {
    const { unsubscribe } = watch((values) => rememberTyped(eventId, values));
    return unsubscribe;
  }, [watch, eventId]);
  // The address that the buyer was asked about: they are asked once, and go on with it if they want.
  const [doubted, setDoubted] = useState<string | null>(null);
  const typed = form.watch('buyer.email')?.trim();
  const meant = doubted !== null && doubted === typed ? likelyAddress(doubted) : null;
  // All that is wrong is shown at once.
  const mark = () => asked?.check() ?? true;
  const send = form.handleSubmit((details) => {
    if (!mark()) return focusWrong();
    const { email } = details.buyer;
    if (doubted !== email && likelyAddress(email)) return setDoubted(email);
    if (busy) return;
    const showRefusal = (refusal: unknown) => {
      form.showRefusal(refusal);
      if (asked?.showRefusal(refusal)) focusWrong();
    };
    if (!asksInvoice) return onSubmit(details, null, showRefusal);
    return invoice.form.handleSubmit((address) =>
      onSubmit(details, address, (refusal) => {
        // The first wrong field has the focus, and the details are above the address.
        invoice.form.showRefusal(refusal);
        showRefusal(refusal);
      }),
    )();
  }, mark);
  return (
    <section aria-labelledby="details">
      <h2 id="details" className="flex items-center gap-2 text-xl font-bold tracking-tight">
        {free ? '' : '1. '}
        {t('yourDetails')}
        {done && <Icon name="check" className="text-good" strokeWidth={3} />}
      </h2>
      {done ? (
        <p className="mt-2 text-muted">
          <bdi>{done.name}</bdi> · <bdi>{done.email}</bdi>
        </p>
      ) : (
        <form noValidate className="mt-4 grid gap-4" onSubmit={send}>
          {named && <AskBeforeClosing isDirty={() => hasNames(form.getValues('attendees'))} />}
          {guest && (
            <p className="text-muted">
              {t('guestText')}
              <Link
                to={paths.signIn}
                search={{ next: here }}
                className="font-semibold text-accent underline underline-offset-2"
              >
                {t('signInInstead')}
              </Link>
            </p>
          )}
          <Field label={t('name')} autoComplete="name" {...form.field('buyer.name')} />
          <Field
            label={t('email')}
            type="email"
            autoComplete="email"
            hint={t('detailsText')}
            {...form.field('buyer.email', undefined, { setValueAs: (value: string) => value.trim() })}
          />
          {meant && (
            <Notice tone="warn" live>
              <p>{t('didYouMean', { email: meant })}</p>
              <div className="mt-3 flex flex-wrap gap-2">
                <Button size="small" onClick={() => form.setValue('buyer.email', meant)}>
                  {t('useAddress', { email: meant })}
                </Button>
                <Button size="small" look="quiet" type="submit">
                  {t('keepAddress', { email: typed })}
                </Button>
              </div>
            </Notice>
          )}
          {named && <AttendeeFields lines={named} buyerName={known?.name} form={form} />}
          {isLoading && <Skeleton className="h-48" />}
          {failed && (
            <Notice tone="bad" live>
              <p>{t('askedFailed')}</p>
              <p>{sayProblem(failed)}</p>
              <Button look="quiet" size="small" className="mt-3" onClick={reload}>
                {t('retry')}
              </Button>
            </Notice>
          )}
          {asked && (
            <Suspense fallback={<Skeleton className="h-48" />}>
              <AskedFields asked={asked} lines={lines} />
            </Suspense>
          )}
          {!free && <InvoiceChoice form={invoice.form} wanted={invoice.wanted} onWanted={invoice.want} />}
          {error !== null && !form.standsFor(error) && !(asksInvoice && invoice.form.standsFor(error)) && (
            <Notice tone="bad" live>
              {sayProblem(error)}
            </Notice>
          )}
          <Button
            type="submit"
            size="large"
            busy={busy}
            className="mt-2 w-full sm:w-auto sm:justify-self-start"
          >
            {t(free ? 'getFree' : 'toPayment')}
          </Button>
        </form>
      )}
    </section>
  );
}

/** Focuses the first wrong field, after the page has marked it. */
const focusWrong = () =>
  void setTimeout(() => document.querySelector<HTMLElement>('form [aria-invalid=true]')?.focus());

/** One name is typed again in a moment. Several are work. */
const hasNames = (attendees: Details['attendees']): boolean =>
  (attendees ?? []).filter(({ name }) => name?.trim()).length > 1;

/** The names that were typed before, as many as there are places now. */
const namesFor = (lines: Line[], typed: ({ name?: string | undefined } | undefined | null)[]) =>
  typed.slice(0, placesIn(lines)).map((each) => ({ name: each?.name ?? '' }));
