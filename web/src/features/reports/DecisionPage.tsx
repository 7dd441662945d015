import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { appealDecision, readDecision } from '../../../../client/endpoints.generated.ts';
import type { DecisionId, ReportId } from '../../../../contract/ids.ts';
import type { ReadableDecision } from '../../../../contract/moderation.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { nowMs } from '../../ui/clock.ts';
import { TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

/** What the link of the mail opens with: the secret, and the report if the reader has reported. */
interface Key {
  secret: string;
  report?: ReportId;
}

const decisionQuery = (decisionId: DecisionId, key: Key) =>
  queryOptions({
    queryKey: ['decision', decisionId, key.report ?? ''],
    queryFn: ({ signal }) => call(readDecision, { params: { decisionId }, body: key, signal }),
    staleTime: 0,
  });

/** A decision of the platform, for whoever has the link of its mail, and the appeal against it. */
export function DecisionPage({ decisionId }: { decisionId: DecisionId }) {
  const [key] = useState(() => keyIn(window.location.hash));
  const found = useQuery(decisionQuery(decisionId, key));
  useTitle(t('decision'));
  return (
    <Subpage back={{ to: paths.explore }} backText={t('home')} title={t('decision')}>
      {found.error && (
        <Notice tone="bad" live className="mt-6">
          {sayProblem(found.error)}
        </Notice>
      )}
      {found.data && <Decision decision={found.data} of={key} />}
    </Subpage>
  );
}

function keyIn(hash: string): Key {
  const [secret = '', report] = hash.replace(/^#/, '').split('.');
  return { secret, ...(report && { report: report as ReportId }) };
}

function Decision({ decision, of }: { decision: ReadableDecision; of: Key }) {
  const { title, kind, ground, statement, refund, decidedAt, appealUntil, appeal } = decision;
  // Whoever reported can appeal against a dismissal, the team against anything else.
  const mayAppeal = (kind === 'dismissed') === (of.report !== undefined);
  return (
    <>
      <p className="mt-2 text-xl font-semibold wrap-anywhere">
        <bdi>{title}</bdi>
      </p>
      <p className="mt-1 text-muted">
        {t(kind)} · <When at={decidedAt} timeZone={ownTimeZone()} />
      </p>
      {refund && <p className="mt-4">{t(refund === 'full' ? 'refundFull' : 'refundNone')}</p>}
      <h2 className="mt-6 font-bold">{t('reasons')}</h2>
      <p className="mt-1 text-sm text-muted">{t(ground)}</p>
      <p className="mt-2 whitespace-pre-wrap wrap-anywhere">
        <bdi>{statement}</bdi>
      </p>
      {appeal ? (
        <section className="mt-8">
          <h2 className="font-bold">{t('yourAppeal')}</h2>
          <p className="mt-2 whitespace-pre-wrap wrap-anywhere">
            <bdi>{appeal.text}</bdi>
          </p>
          <Notice tone={appeal.outcome ? 'info' : 'good'} className="mt-4">
            {appeal.outcome ? t(appeal.outcome) : t('appealSent')}
            {appeal.answer && (
              <p className="mt-2 whitespace-pre-wrap wrap-anywhere">
                <bdi>{appeal.answer}</bdi>
              </p>
            )}
          </Notice>
        </section>
      ) : (
        mayAppeal &&
        (Date.parse(appealUntil) < nowMs() ? (
          <Notice className="mt-8">{t('appealOver')}</Notice>
        ) : (
          <Appeal decision={decision} of={of} />
        ))
      )}
    </>
  );
}

function Appeal({ decision: { id, appealUntil }, of }: { decision: ReadableDecision; of: Key }) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const send = useMutation({
    mutationFn: () => call(appealDecision, { params: { decisionId: id }, body: { ...of, text } }),
    onSuccess: (shown) => client.setQueryData(decisionQuery(id, of).queryKey, shown),
  });
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    setMissing(text.trim().length < 3);
    if (text.trim().length >= 3 && !send.isPending) send.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="mt-8 grid max-w-xl gap-4">
      <h2 className="font-bold">{t('appeal')}</h2>
      <p className="text-muted">
        {t('appealText')} <When at={appealUntil} timeZone={ownTimeZone()} />
      </p>
      <TextArea
        label={t('appealWhy')}
        error={isMissing ? t('factsMissing') : undefined}
        value={text}
        maxLength={4000}
        onChange={({ target }) => {
          setText(target.value);
          setMissing(false);
        }}
      />
      {send.error && (
        <Notice tone="bad" live>
          {sayProblem(send.error)}
        </Notice>
      )}
      <p>
        <Button type="submit" busy={send.isPending}>
          {t('sendAppeal')}
        </Button>
      </p>
    </form>
  );
}
