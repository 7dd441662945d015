import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { changeMessageChoices } from '../../../../client/endpoints.generated.ts';
import type { MessageChoices } from '../../../../contract/message-choices.ts';
import type { PushedKind } from '../../../../contract/message-kinds.ts';
import { call } from '../../api/call.ts';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { Choice } from './Choice.tsx';
import { messageChoicesQuery } from './queries.ts';
import { t } from './words.ts';

const kinds = {
  'order-confirmed': 'pushTickets',
  'payment-failed': 'pushFailed',
  'waitlist-offer': 'pushOffers',
  'queue-turn': 'pushTurns',
  'event-moved': 'pushMoved',
  'event-cancelled': 'pushOff',
} as const satisfies Record<PushedKind, string>;
const night = { from: '22:00', until: '08:00' };

type Change = Partial<MessageChoices>;

/** Which notifications a person wants on all their devices, and when none. A change shows at once. */
export function NotificationChoices() {
  const client = useQueryClient();
  const { data } = useQuery(messageChoicesQuery);
  const change = useMutation({
    mutationFn: (body: Change) => call(changeMessageChoices, { body }),
    onSuccess: (saved) => client.setQueryData(messageChoicesQuery.queryKey, saved),
  });
  if (!data) return null;
  const shown = {
    ...data,
    ...(change.isPending && change.variables.quietHours !== undefined && change.variables),
  };
  const wants = (kind: keyof typeof kinds) =>
    [...data.choices, ...((change.isPending && change.variables.choices) || [])].findLast(
      (choice) => choice.kind === kind && choice.channel === 'push',
    )?.wanted ?? false;
  const quiet = shown.quietHours;
  const setQuiet = (hours: Partial<typeof night>) =>
    change.mutate({ quietHours: { ...night, ...quiet, ...hours, timeZone: ownTimeZone() } });
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('pushes')}</h2>
      <p className="mt-1 text-muted">{t('pushesText')}</p>
      <div className="mt-3 divide-y divide-line border-y border-line">
        {(Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) => (
          <Choice
            key={kind}
            title={t(kinds[kind])}
            checked={wants(kind)}
            onChange={(wanted) => change.mutate({ choices: [{ kind, channel: 'push', wanted }] })}
          />
        ))}
        <Choice
          title={t('quiet')}
          text={t('quietText')}
          checked={quiet !== null}
          onChange={(wanted) => (wanted ? setQuiet({}) : change.mutate({ quietHours: null }))}
        />
      </div>
      {quiet && (
        <div className="mt-4 grid max-w-sm grid-cols-2 gap-4">
          <Field
            label={t('quietFrom')}
            type="time"
            value={quiet.from}
            onChange={({ target: { value } }) => value && value !== quiet.until && setQuiet({ from: value })}
          />
          <Field
            label={t('quietUntil')}
            type="time"
            value={quiet.until}
            onChange={({ target: { value } }) => value && value !== quiet.from && setQuiet({ until: value })}
          />
        </div>
      )}
      {change.isError && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(change.error)}
        </Notice>
      )}
    </section>
  );
}
