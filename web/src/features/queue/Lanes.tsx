import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { enterQueueLane } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { Queue } from '../../../../contract/waiting-room.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { myEntryQuery } from './queries.ts';
import type { OwnEntry } from './stage.ts';
import { t } from './words.ts';

/** Which lanes the queue has, with their shares. Before the draw, whoever waits opens one with its code. */
export function Lanes({ eventId, queue, entry }: { eventId: EventId; queue: Queue; entry: OwnEntry | null }) {
  return (
    <section aria-labelledby="lanes" className="mt-6 rounded-card border border-line p-5">
      <h2 id="lanes" className="font-bold">
        {t('lanes')}
      </h2>
      <ul className="mt-3 grid gap-2">
        {queue.lanes.map(({ key, name, percent }) => (
          <li key={key} className="wrap-anywhere">
            {t('laneShare', { name, percent: String(percent) })}
            {entry?.lane === key && <strong className="ms-1 text-good">{t('laneYours')}</strong>}
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm text-muted">{t('laneRest')}</p>
      {queue.state === 'before_draw' && entry?.status === 'before_draw' && <Code eventId={eventId} />}
    </section>
  );
}

function Code({ eventId }: { eventId: EventId }) {
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const [isMissing, setMissing] = useState(false);
  const enter = useMutation({
    mutationFn: () => call(enterQueueLane, { params: { eventId }, body: { code: code.trim() } }),
    onSuccess: async () => {
      setCode('');
      await client.invalidateQueries({ queryKey: myEntryQuery(eventId).queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(code.trim() === '');
    if (code.trim() !== '' && !enter.isPending) enter.mutate();
  };
  return (
    <form noValidate onSubmit={submit} className="mt-4 grid max-w-md gap-3">
      <Field
        label={t('laneCode')}
        autoComplete="off"
        autoCapitalize="characters"
        maxLength={60}
        value={code}
        error={isMissing ? t('laneMissing') : enter.error ? sayProblem(enter.error) : undefined}
        onChange={({ target }) => {
          setCode(target.value);
          setMissing(false);
          if (enter.error) enter.reset();
        }}
      />
      <Button type="submit" look="quiet" busy={enter.isPending} className="justify-self-start">
        {t('laneEnter')}
      </Button>
    </form>
  );
}
