import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { steerQueue } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { Queue } from '../../../../contract/waiting-room.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { queueQuery } from '../queue/queries.ts';
import { t } from './words.ts';

/** The message, the speed and the time to choose. What is typed stays while the figures above change. */
export function SteerForm({ eventId, queue, may }: { eventId: EventId; queue: Queue; may: boolean }) {
  const client = useQueryClient();
  const act = useAct();
  const [message, setMessage] = useState(queue.message);
  const [speed, setSpeed] = useState(String(queue.wishedPerMinute ?? ''));
  const [minutes, setMinutes] = useState(String(queue.windowSeconds / 60));
  const [isTried, setTried] = useState(false);
  const wrong = {
    message: message.trim().length > 500,
    speed: speed.trim() !== '' && !isWhole(speed, 1, 100_000),
    minutes: !(Number(minutes) >= 1 && Number(minutes) <= 60),
  };
  const save = useMutation({
    mutationFn: () =>
      call(steerQueue, {
        params: { eventId },
        body: {
          message: message.trim(),
          peoplePerMinute: speed.trim() === '' ? null : Number(speed),
          windowSeconds: Math.round(Number(minutes) * 60),
        },
        act,
      }),
    onSuccess: (steered) => client.setQueryData(queueQuery(eventId).queryKey, steered),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (may && !save.isPending && !wrong.message && !wrong.speed && !wrong.minutes) save.mutate();
  };
  return (
    <form noValidate onSubmit={submit} className="mt-10 grid gap-4 border-t border-line pt-8">
      <h2 className="text-xl font-bold tracking-tight">{t('steer')}</h2>
      <TextArea
        label={t('message')}
        hint={t('messageHint')}
        rows={3}
        value={message}
        error={isTried && wrong.message ? t('messageWrong') : undefined}
        onChange={({ target: { value } }) => setMessage(value)}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t('speed')}
          hint={t('speedHint')}
          inputMode="numeric"
          value={speed}
          error={isTried && wrong.speed ? t('speedWrong') : undefined}
          onChange={({ target: { value } }) => setSpeed(value)}
        />
        <Field
          label={t('window')}
          hint={t('windowHint')}
          inputMode="decimal"
          value={minutes}
          error={isTried && wrong.minutes ? t('windowWrong') : undefined}
          onChange={({ target: { value } }) => setMinutes(value)}
        />
      </div>
      {save.error && (
        <Notice tone="bad" live>
          {sayProblem(save.error)}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" busy={save.isPending} disabledBecause={!may && t('mayNot')}>
          {t('save')}
        </Button>
        <p role="status" className="font-semibold text-good">
          {save.isSuccess && t('saved')}
        </p>
      </div>
    </form>
  );
}

const isWhole = (text: string, least: number, most: number): boolean =>
  /^\s*\d+\s*$/.test(text) && Number(text) >= least && Number(text) <= most;
