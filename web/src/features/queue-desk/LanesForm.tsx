import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { getQueueLanes, putQueueLanes } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

interface Typed {
  key: string;
  name: string;
  percent: string;
  code: string;
  mostPeople: string;
  people: number;
}

const mostLanes = 3;
const mostPercent = 50;

/** The priority lanes of a queue whose draw is still to come. */
export function LanesForm({ eventId, may }: { eventId: EventId; may: boolean }) {
  const queryKey = ['queue-lanes', eventId];
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(getQueueLanes, { params: { eventId }, signal }),
    enabled: may,
  });
  if (!data) return null;
  const typed = data.lanes.map((lane) => ({
    ...lane,
    percent: String(lane.percent),
    mostPeople: String(lane.mostPeople),
  }));
  return <Form eventId={eventId} saved={typed} queryKey={queryKey} />;
}

function Form({ eventId, saved, queryKey }: { eventId: EventId; saved: Typed[]; queryKey: string[] }) {
  const client = useQueryClient();
  const act = useAct();
  const [lanes, setLanes] = useState(saved);
  const [isTried, setTried] = useState(false);
  const isWrong = !areRight(lanes);
  const save = useMutation({
    mutationFn: () =>
      call(putQueueLanes, {
        params: { eventId },
        body: {
          lanes: lanes.map(({ people: _, ...lane }) => ({
            ...lane,
            name: lane.name.trim(),
            code: lane.code.trim(),
            percent: Number(lane.percent),
            mostPeople: Number(lane.mostPeople),
          })),
        },
        act,
      }),
    onSuccess: (reply) => client.setQueryData(queryKey, reply),
  });
  const change = (n: number, more: Partial<Typed>) => {
    save.reset();
    setLanes(lanes.map((lane, i) => (i === n ? { ...lane, ...more } : lane)));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isWrong && !save.isPending) save.mutate();
  };
  return (
    <form noValidate onSubmit={submit} className="mt-10 grid gap-4 border-t border-line pt-8">
      <h2 className="text-xl font-bold tracking-tight">{t('lanes')}</h2>
      <p className="max-w-xl text-muted">{t('lanesText')}</p>
      {lanes.map((lane, n) => (
        <fieldset key={lane.key} className="grid gap-4 rounded-card border border-line p-4 sm:grid-cols-2">
          <legend className="px-1 font-semibold">{t('laneNew', { n: String(n + 1) })}</legend>
          <Field
            label={t('laneName')}
            maxLength={60}
            value={lane.name}
            onChange={({ target }) => change(n, { name: target.value })}
          />
          <Field
            label={t('laneCodeOf')}
            hint={t('laneCodeHint')}
            maxLength={40}
            autoComplete="off"
            value={lane.code}
            onChange={({ target }) => change(n, { code: target.value })}
          />
          <Field
            label={t('lanePercent')}
            inputMode="numeric"
            value={lane.percent}
            onChange={({ target }) => change(n, { percent: target.value })}
          />
          <Field
            label={t('laneMost')}
            inputMode="numeric"
            hint={t('lanePeople', { count: lane.people })}
            value={lane.mostPeople}
            onChange={({ target }) => change(n, { mostPeople: target.value })}
          />
          <Button
            look="quiet"
            size="small"
            className="justify-self-start"
            onClick={() => {
              save.reset();
              setLanes(lanes.filter((_, i) => i !== n));
            }}
          >
            {t('laneRemove')}
          </Button>
        </fieldset>
      ))}
      {isTried && isWrong && (
        <Notice tone="bad" live>
          {t('lanesWrong')}
        </Notice>
      )}
      {save.error && (
        <Notice tone="bad" live>
          {sayProblem(save.error)}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-4">
        {lanes.length < mostLanes && (
          <Button look="quiet" onClick={() => setLanes([...lanes, emptyLane(lanes)])}>
            {t('laneAdd')}
          </Button>
        )}
        <Button type="submit" busy={save.isPending}>
          {t('lanesSave')}
        </Button>
        <p role="status" className="font-semibold text-good">
          {save.isSuccess && t('lanesSaved')}
        </p>
      </div>
    </form>
  );
}

/** A key that no other lane has. People keep their lane by its key when its name changes. */
function emptyLane(lanes: Typed[]): Typed {
  const free = [1, 2, 3, 4].find((n) => !lanes.some(({ key }) => key === `lane-${n}`));
  return { key: `lane-${free}`, name: '', percent: '20', code: '', mostPeople: '500', people: 0 };
}

function areRight(lanes: Typed[]): boolean {
  const whole = (text: string, most: number) =>
    /^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most;
  const codes = new Set(lanes.map(({ code }) => code.trim().toLowerCase()));
  return (
    codes.size === lanes.length &&
    lanes.reduce((sum, { percent }) => sum + Number(percent), 0) <= mostPercent &&
    lanes.every(
      ({ name, percent, code, mostPeople }) =>
        name.trim() !== '' &&
        whole(percent, mostPercent) &&
        whole(mostPeople, 1_000_000) &&
        /^[A-Za-z0-9-]{8,40}$/.test(code.trim()),
    )
  );
}
