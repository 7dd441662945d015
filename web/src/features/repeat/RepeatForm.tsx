import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { makeDates, previewDates } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { DatesPlan, MadeDates, RuleFault } from '../../../../contract/event-dates.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { instantOf, wallTimeOf } from '../../ui/time-zone.ts';
import { Unsaved } from '../forms/Unsaved.tsx';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { DateList } from './DateList.tsx';
import { RuleFields } from './RuleFields.tsx';
import { type Choice, datesOf, type Edits, noEdits, previewOf, ruleOf, weekdayOf } from './rule-text.ts';
import { t } from './words.ts';

type Way = 'simple' | 'exact' | 'none';

interface Asked {
  from: string;
  rule: string | null;
  exceptDates: string[];
  extraDates: string[];
  run: string | null;
}

const previewQuery = (event: ManagedEvent, body: Asked | null) =>
  queryOptions({
    queryKey: ['managed', event.id, 'dates', body],
    queryFn: ({ signal }) =>
      call(previewDates, { params: { eventId: event.id }, body: body ?? ({} as Asked), signal }),
    enabled: body !== null && (body.rule !== null || body.extraDates.length > 0),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });

/** A value that has not changed for a moment, so that each typed letter asks for no list. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text)), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}

export function RepeatForm({ event, onMade }: { event: ManagedEvent; onMade: (made: MadeDates) => void }) {
  const client = useQueryClient();
  const act = useAct();
  const start = wallTimeOf(event.startsAt, event.timeZone).slice(0, 16);
  const [from, setFrom] = useState(start);
  const [way, setWay] = useState<Way>('simple');
  const [firstChoice] = useState(() => choiceFor(start));
  const [choice, setChoice] = useState(firstChoice);
  const [ruleText, setRuleText] = useState('');
  const [edits, setEdits] = useState<Edits>(noEdits);
  const [run, setRun] = useState(event.title.slice(0, 80).trim());
  const [publishes, setPublishes] = useState(false);
  const [publishAt, setPublishAt] = useState('');
  const [codes, setCodes] = useState(false);
  const [isTried, setTried] = useState(false);

  const isFrom = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(from);
  const chosen = ruleOf(choice, isFrom ? from : start);
  const rule =
    way === 'none' ? null : way === 'exact' ? ruleText.trim() || null : 'rule' in chosen ? chosen.rule : null;
  const wrong = way === 'simple' && 'missing' in chosen ? chosen.missing : null;
  const name = event.run === null && run.trim() !== '' ? run.trim() : null;
  const body = isFrom && !wrong ? { from, rule, run: name, ...previewOf(edits) } : null;
  const asked = useSettled(body, 300);
  const preview = useQuery(previewQuery(event, asked));
  const at = instantOf(publishAt, event.timeZone);

  const make = useMutation({
    mutationFn: () =>
      call(makeDates, {
        params: { eventId: event.id },
        body: {
          from,
          rule,
          run: name,
          ...datesOf(edits, plan?.items.map(({ local }) => local) ?? []),
          publishAt: publishes ? at : null,
          promoCodes: codes,
        },
        act,
      }),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ['managed', 'of'] });
      void client.invalidateQueries({ queryKey: managedEventQuery(event.id).queryKey });
      onMade(made);
    },
  });
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      make.reset();
      set(value);
    };
  const isSettled =
    JSON.stringify(asked) === JSON.stringify(body) && !preview.isFetching && !preview.isPlaceholderData;
  const plan =
    body !== null && (rule !== null || body.extraDates.length > 0) && !preview.error
      ? preview.data
      : undefined;
  const count =
    plan?.items.filter(({ problem, local }) => !problem && !edits.struck.includes(local)).length ?? 0;
  const reason = whyNot({ plan, count, isSettled });
  const submit = () => {
    setTried(true);
    if (publishes && at === null) return;
    if (!make.isPending) make.mutate();
  };
  const isDirty = () => !make.isSuccess && (ruleText !== '' || edits !== noEdits || choice !== firstChoice);
  return (
    <div className="mt-6 grid gap-8">
      <Unsaved isDirty={isDirty} />
      <section className="grid gap-4">
        <Field
          label={t('from')}
          hint={t('timesAreOf', { zone: event.timeZone })}
          type="datetime-local"
          value={from}
          error={isFrom ? undefined : t('fromMissing')}
          onChange={({ target }) => change(setFrom)(target.value.slice(0, 16))}
        />
        <Select label={t('way')} value={way} onChange={({ target }) => change(setWay)(target.value as Way)}>
          <option value="simple">{t('simple')}</option>
          <option value="exact">{t('exact')}</option>
          <option value="none">{t('none')}</option>
        </Select>
        {way === 'simple' && (
          <RuleFields
            choice={choice}
            from={isFrom ? from : start}
            wrong={wrong}
            onChange={change(setChoice)}
          />
        )}
        {way === 'exact' && (
          <Field
            label={t('rule')}
            hint={t('ruleHint')}
            dir="ltr"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={500}
            value={ruleText}
            error={faultOf(preview.error)}
            onChange={({ target }) => change(setRuleText)(target.value)}
          />
        )}
      </section>
      <section aria-labelledby="dates" className="grid gap-3">
        <h2 id="dates" className="text-xl font-bold tracking-tight">
          {t('list')}
        </h2>
        <p className="text-muted">{t('listText')}</p>
        <div aria-live="polite" className="grid gap-3 empty:hidden">
          {preview.error && !faultOf(preview.error) && (
            <Notice tone="bad">{sayProblem(preview.error)}</Notice>
          )}
          {way !== 'exact' && faultOf(preview.error) && <Notice tone="warn">{faultOf(preview.error)}</Notice>}
          {plan?.more && <Notice tone="warn">{t('tooMany', { most: plan.most })}</Notice>}
        </div>
        <DateList
          items={plan?.items ?? []}
          timeZone={event.timeZone}
          edits={edits}
          start={isFrom ? from : start}
          onEdit={change(setEdits)}
        />
      </section>
      <section className="grid gap-4 border-t border-line pt-6">
        {event.run === null ? (
          <Field
            label={t('series')}
            hint={t('seriesHint')}
            maxLength={80}
            value={run}
            onChange={({ target }) => change(setRun)(target.value)}
          />
        ) : (
          <p className="text-muted">{t('seriesIs', { name: event.run })}</p>
        )}
        <Select
          label={t('publish')}
          value={publishes ? 'at' : 'no'}
          onChange={({ target }) => change(setPublishes)(target.value === 'at')}
        >
          <option value="no">{t('drafts')}</option>
          <option value="at">{t('atTime')}</option>
        </Select>
        {publishes && (
          <Field
            label={t('publishAt')}
            hint={t('timesAreOf', { zone: event.timeZone })}
            type="datetime-local"
            value={publishAt}
            error={isTried && at === null ? t('publishMissing') : undefined}
            onChange={({ target }) => change(setPublishAt)(target.value)}
          />
        )}
        {event.promoCodes.length > 0 && (
          <label className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              className="size-5 accent-accent"
              checked={codes}
              onChange={({ target }) => change(setCodes)(target.checked)}
            />
            {t('codes')}
          </label>
        )}
        <div aria-live="polite" className="grid gap-3 empty:hidden">
          {make.error && (
            <Notice tone="bad">{saysTime(make.error) ? t('publishMissing') : sayProblem(make.error)}</Notice>
          )}
          {count > 0 && reason && isSettled && <Notice tone="warn">{reason}</Notice>}
        </div>
        <div>
          <Button size="large" busy={make.isPending} disabledBecause={reason} onClick={submit}>
            {t('make', { count })}
          </Button>
        </div>
      </section>
    </div>
  );
}

/** Each week on the day of the first date, ten times. */
const choiceFor = (start: string): Choice => ({
  ...{ every: 1, unit: 'week', days: [weekdayOf(start)], by: 'weekday' },
  ...{ ends: 'count', until: '', count: '10' },
});

function whyNot({
  plan,
  count,
  isSettled,
}: {
  plan: DatesPlan | undefined;
  count: number;
  isSettled: boolean;
}) {
  if (!isSettled) return t('wait');
  if (!plan || count === 0) return t('noneNew');
  if (plan.more) return t('tooMany', { most: plan.most });
  return count > plan.most && t('tooManyMade', { most: plan.most });
}

/** What is wrong with the rule, in words. */
function faultOf(error: unknown): string | undefined {
  if (!isProblem(error, 'date_rule_refused')) return undefined;
  const fault = error.members.fault as RuleFault;
  if (fault !== 'unknown_part' && fault !== 'part_twice' && fault !== 'value') return t(`fault_${fault}`);
  return t(`fault_${fault}`, { part: String(error.members.part ?? '') });
}

/** The server says that the time of the publication has passed, or is after a date. */
const saysTime = (error: unknown): boolean => isProblem(error) && 'publishAt' in error.fields;
