import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { reportEvent } from '../../../../client/endpoints.generated.ts';
import { type ReportCategory, reportCategories, reportFields } from '../../../../contract/report-fields.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { eventQuery } from '../buy/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

/** Reports an event to the platform. Nobody needs an account for it. */
export function ReportPage({ slug }: { slug: string }) {
  const { data: event } = useSuspenseQuery(eventQuery(slug));
  const [typed, setTyped] = useState({
    category: 'fraud' as ReportCategory,
    text: '',
    place: '',
    name: '',
    email: '',
    goodFaith: false,
  });
  const [wrong, setWrong] = useState<Set<PropertyKey>>(new Set());
  const form = useRef<HTMLFormElement>(null);
  const body = () => ({
    category: typed.category,
    text: typed.text,
    ...(typed.place.trim() && { place: typed.place }),
    ...(typed.name.trim() && { name: typed.name }),
    ...(typed.email.trim() && { email: typed.email }),
    goodFaith: typed.goodFaith as true,
  });
  const send = useMutation({
    mutationFn: () => call(reportEvent, { params: { eventId: event.id }, body: body() }),
  });
  const put = (changed: Partial<typeof typed>) => {
    send.reset();
    setWrong(new Set());
    setTyped((before) => ({ ...before, ...changed }));
  };
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    const checked = reportFields.safeParse(body());
    const faults = new Set(checked.error?.issues.map(({ path }) => path[0] as PropertyKey) ?? []);
    setWrong(faults);
    const first = ['text', 'name', 'email', 'goodFaith'].find((name) => faults.has(name));
    if (first) form.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
    else if (!send.isPending) send.mutate();
  };
  useTitle(`${t('title')} · ${event.title}`);
  return (
    <Subpage back={{ to: paths.event, params: { slug } }} backText={event.title} title={t('title')}>
      <p className="mt-2 text-muted">{t('text')}</p>
      {send.isSuccess ? (
        <Notice tone="good" live className="mt-6" title={t('sent')}>
          {typed.email.trim() ? t('sentMail') : t('sentNoMail')}
        </Notice>
      ) : (
        <form ref={form} onSubmit={submit} noValidate className="mt-6 grid max-w-xl gap-5">
          <Select
            label={t('category')}
            value={typed.category}
            onChange={({ target }) => put({ category: target.value as ReportCategory })}
          >
            {reportCategories.map((each) => (
              <option key={each} value={each}>
                {t(each)}
              </option>
            ))}
          </Select>
          <TextArea
            label={t('facts')}
            hint={t('factsHint')}
            error={wrong.has('text') ? t('factsMissing') : undefined}
            name="text"
            value={typed.text}
            maxLength={4000}
            onChange={({ target }) => put({ text: target.value })}
          />
          <Field
            label={t('place')}
            hint={t('placeHint')}
            value={typed.place}
            maxLength={500}
            onChange={({ target }) => put({ place: target.value })}
          />
          <Field
            label={t('name')}
            hint={t('optional')}
            name="name"
            error={wrong.has('name') ? t('nameWrong') : undefined}
            value={typed.name}
            maxLength={80}
            autoComplete="name"
            onChange={({ target }) => put({ name: target.value })}
          />
          <Field
            label={t('email')}
            hint={t('emailHint')}
            error={wrong.has('email') ? t('emailWrong') : undefined}
            name="email"
            type="email"
            value={typed.email}
            maxLength={254}
            autoComplete="email"
            onChange={({ target }) => put({ email: target.value })}
          />
          <div>
            <label className="flex min-h-11 items-start gap-3">
              <input
                type="checkbox"
                name="goodFaith"
                className="mt-1 size-5 shrink-0 accent-accent"
                checked={typed.goodFaith}
                aria-invalid={wrong.has('goodFaith') || undefined}
                aria-describedby={wrong.has('goodFaith') ? 'faith-note' : undefined}
                onChange={({ target }) => put({ goodFaith: target.checked })}
              />
              <span>{t('goodFaith')}</span>
            </label>
            {wrong.has('goodFaith') && (
              <p id="faith-note" className="mt-1.5 text-sm font-medium text-bad">
                {t('goodFaithMissing')}
              </p>
            )}
          </div>
          {send.error && (
            <Notice tone="bad" live>
              {sayProblem(send.error)}
            </Notice>
          )}
          <p>
            <Button type="submit" busy={send.isPending}>
              {t('send')}
            </Button>
          </p>
        </form>
      )}
    </Subpage>
  );
}
