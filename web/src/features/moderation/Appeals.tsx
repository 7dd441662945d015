import { useInfiniteQuery } from '@tanstack/react-query';
import { answerAppeal } from '../../../../client/endpoints.generated.ts';
import type { ModerationAppeal } from '../../../../contract/moderation.ts';
import { call } from '../../api/call.ts';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { When } from '../../ui/When.tsx';
import { Filters, Rows, useStateOf } from './List.tsx';
import { appealsQuery } from './queries.ts';
import { Reasons } from './Reasons.tsx';
import { t } from './words.ts';

/** Appeals against decisions. Whoever decided does not answer. */
export function Appeals() {
  const state = useStateOf(['open', 'answered']);
  const found = useInfiniteQuery(appealsQuery(state));
  return (
    <>
      <Filters states={{ open: t('open'), answered: t('answered') }} />
      <Rows of={found}>{(appeal) => <Appeal key={appeal.id} appeal={appeal} />}</Rows>
    </>
  );
}

function Appeal({ appeal }: { appeal: ModerationAppeal }) {
  const { id, text, madeAt, by, decision, outcome, answer, decidedByMe } = appeal;
  const choice = (to: 'upheld' | 'reversed', label: string) => ({
    label,
    act: ({ statement }: { statement: string }) =>
      call(answerAppeal, { params: { appealId: id }, body: { outcome: to, statement } }),
  });
  return (
    <li className="py-5">
      <h2 className="text-lg font-bold wrap-anywhere">
        <bdi>{decision.title}</bdi>
      </h2>
      <p className="mt-1 text-sm text-muted wrap-anywhere">
        {t(by === 'reporter' ? 'byReporter' : 'byTeam')} · <When at={madeAt} timeZone={ownTimeZone()} />
      </p>
      <p className="mt-2 text-sm wrap-anywhere">
        <strong>{t(decision.kind)}</strong>: <bdi>{decision.statement}</bdi>
      </p>
      <p className="mt-2 rounded-field bg-sunken p-3 whitespace-pre-wrap wrap-anywhere">
        <bdi>{text}</bdi>
      </p>
      {outcome ? (
        <p className="mt-3 text-sm wrap-anywhere">
          <strong>{t(outcome)}</strong> · <bdi>{answer}</bdi>
        </p>
      ) : decidedByMe ? (
        <p className="mt-3 text-sm text-muted">{t('ownDecision')}</p>
      ) : (
        <Reasons
          title={t('statement')}
          asksGround={false}
          choices={[choice('upheld', t('uphold')), choice('reversed', t('reverse'))]}
        />
      )}
    </li>
  );
}
