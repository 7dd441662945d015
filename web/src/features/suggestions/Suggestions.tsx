import { useMutation } from '@tanstack/react-query';
import { type RefObject, useRef, useState } from 'react';
import { suggestEvent } from '../../../../client/endpoints.generated.ts';
import type { EventId, OrganisationId } from '../../../../contract/ids.ts';
import type { Because, Suggestion } from '../../../../contract/suggestions.ts';
import { mostTagLetters, mostTags, tagsIn } from '../../../../contract/tags.ts';
import { isTimeZone } from '../../../../contract/zones.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { language } from '../../ui/language.ts';
import { Money } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { instantOf } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { categories } from '../explore/categories.ts';
import { t as categoryName } from '../explore/words.ts';
import type { Draft } from '../organise/draft.ts';
import type { DraftForm } from '../organise/EventForm.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

interface Props {
  form: DraftForm;
  organisationId: OrganisationId;
  /** The event that is being written; null for a new one. */
  eventId: EventId | null;
}

/** What could stand in the form. Nothing is put into it before the person says so, and each change can be undone. */
export function Suggestions({ form, organisationId, eventId }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  const suggest = useMutation({
    mutationFn: () =>
      call(suggestEvent, { params: { organisationId }, body: typedIn(form.getValues(), eventId) }),
    onSuccess: () => requestAnimationFrame(() => title.current?.focus()),
  });
  return (
    <section className="grid gap-3 rounded-card bg-sunken p-4">
      <p className="text-sm text-muted">{t('what')}</p>
      <div>
        <Button look="quiet" size="small" busy={suggest.isPending} onClick={() => suggest.mutate()}>
          {suggest.data ? t('again') : t('ask')}
        </Button>
      </div>
      {suggest.error && <Notice tone="bad" live title={sayProblem(suggest.error)} />}
      {suggest.data && <Found key={suggest.submittedAt} answer={suggest.data} form={form} title={title} />}
    </section>
  );
}

interface FoundProps {
  answer: { items: Suggestion[]; ai: 'off' | 'used' | 'failed' | 'limited' };
  form: DraftForm;
  title: RefObject<HTMLHeadingElement | null>;
}

function Found({ answer: { items, ai }, form, title }: FoundProps) {
  return (
    <>
      <h3 ref={title} tabIndex={-1} className="font-bold">
        {items.length === 0 ? t('nothing') : t('found', { count: items.length })}
      </h3>
      {ai === 'failed' && <p className="text-sm text-muted">{t('aiFailed')}</p>}
      {ai === 'limited' && <p className="text-sm text-muted">{t('aiLimited')}</p>}
      <ul className="grid gap-3">
        {items.map((item) => (
          <li key={`${item.field} ${item.source}`} className="rounded-card border border-line bg-raised p-4">
            <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
              <span className="font-semibold">{t(item.field)}</span>
              {item.source === 'ai' && (
                <span className="rounded-full bg-accent-soft px-2 py-0.5 text-xs font-semibold">
                  {t('byModel')}
                </span>
              )}
              <span className="text-muted">{say(item.because)}</span>
            </p>
            {item.field === 'price' ? <Prices item={item} /> : <Usable item={item} form={form} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Prices({ item }: { item: Extract<Suggestion, { field: 'price' }> }) {
  return (
    <p className="mt-2">
      <Money value={item.low} /> – <Money value={item.high} />
      <span className="text-muted">
        {' '}
        ({t('middle')} <Money value={item.middle} />)
      </span>
    </p>
  );
}

type TextField = 'title' | 'summary' | 'description' | 'category' | 'tags';

function Usable({ item, form }: { item: Extract<Suggestion, { field: TextField }>; form: DraftForm }) {
  /** What stood there before. Null: this suggestion is not in use. */
  const [before, setBefore] = useState<string | null>(null);
  const present = form.watch(item.field);
  const put = (value: string) =>
    form.setValue(item.field, value as Draft[TextField], {
      shouldDirty: true,
      shouldTouch: true,
      shouldValidate: !form.saysNothing(),
    });
  const value = item.field === 'tags' ? item.value.join(', ') : item.value;
  // What was typed after it was put in is not undone.
  const isUsed = present === value;
  const text = item.field === 'category' ? categoryName(categories[item.value]) : value;
  return (
    <>
      <Text text={text} />
      <div className="mt-3 flex flex-wrap items-center gap-3">
        {isUsed && before !== null ? (
          <Button
            look="quiet"
            size="small"
            aria-label={t('undoField', { field: t(item.field) })}
            onClick={() => {
              put(before);
              setBefore(null);
            }}
          >
            {t('undo')}
          </Button>
        ) : (
          <Button
            look="quiet"
            size="small"
            aria-label={t(item.source === 'ai' ? 'useModelField' : 'useField', { field: t(item.field) })}
            disabledBecause={isUsed && t('there')}
            onClick={() => {
              setBefore(present);
              put(value);
            }}
          >
            {t('use')}
          </Button>
        )}
        <span role="status" className="text-sm text-muted">
          {isUsed && before !== null ? t('used') : ''}
        </span>
      </div>
    </>
  );
}

const most = 240;

/** A long text opens when somebody wants to read all of it. */
function Text({ text }: { text: string }) {
  const shape = 'mt-2 whitespace-pre-line break-words';
  if (text.length <= most)
    return (
      <p dir="auto" className={shape}>
        {text}
      </p>
    );
  return (
    <details className={shape} dir="auto">
      <summary className="cursor-pointer">{text.slice(0, most).toWellFormed()}…</summary>
      {text}
    </details>
  );
}

function say(because: Because): string {
  if (because.kind === 'typed') return t('fromTyped');
  if (because.kind === 'model') return because.model;
  if (because.kind === 'own')
    return t('fromOwn', { title: because.title, day: formatWhen(because.startsAt, because.timeZone, 'day') });
  const { events: count, category, city } = because;
  const kind = category ? categoryName(categories[category]) : '';
  return city ? t('fromSimilarIn', { count, kind, city }) : t('fromSimilar', { count, kind });
}

/** The parts of the form that suggestions go by. What is half typed, and no value yet, is left out. */
function typedIn(draft: Draft, eventId: EventId | null) {
  const { title, summary, description, category, startsAt, startsAtNth, timeZone, venue, currency } = draft;
  const tags = tagsIn(draft.tags).filter((tag) => tag.length <= mostTagLetters);
  const zone = isTimeZone(timeZone) ? timeZone : null;
  const country = venue.country.trim().toUpperCase();
  return {
    language: language(),
    title: title.trim().slice(0, 120),
    summary: summary.trim().slice(0, 200),
    description: description.trim().slice(0, 20_000),
    tags: tags.slice(0, mostTags),
    ...{ category, currency, timeZone: zone, except: eventId },
    startsAt: zone && startsAt ? instantOf(startsAt, zone, startsAtNth) : null,
    venueName: venue.name.trim().slice(0, 120),
    city: venue.city.trim().slice(0, 80),
    country: /^[A-Z]{2}$/.test(country) ? country : null,
  };
}
