import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { listRehearsals, rehearseSale } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { Rehearsal } from '../../../../contract/rehearsals.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { locale } from '../../ui/language.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { When } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

const number = (value: number): string =>
  new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(value);
const percent = (value: number): string =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(value);

/** The team rehearses the sale with simulated people, and sees what came out. */
export function Rehearsals({ eventId, may }: { eventId: EventId; may: boolean }) {
  const client = useQueryClient();
  const act = useAct();
  const queryKey = ['rehearsals', eventId];
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(listRehearsals, { params: { eventId }, signal }),
    enabled: may,
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status }) => status === 'waiting') ? 1_500 : false,
  });
  const [people, setPeople] = useState('2000');
  const [bots, setBots] = useState('30');
  const [pace, setPace] = useState('');
  const [isTried, setTried] = useState(false);
  const wrong = {
    people: !isWhole(people, 10, 20_000),
    bots: !isWhole(bots, 0, 90),
    pace: pace.trim() !== '' && !isWhole(pace, 1, 100_000),
  };
  const rehearse = useMutation({
    mutationFn: () =>
      call(rehearseSale, {
        params: { eventId },
        body: {
          people: Number(people),
          bots: Number(bots) / 100,
          peoplePerMinute: pace.trim() === '' ? null : Number(pace),
        },
        act,
      }),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (may && !rehearse.isPending && !wrong.people && !wrong.bots && !wrong.pace) rehearse.mutate();
  };
  const [latest] = data?.items ?? [];
  return (
    <section aria-labelledby="rehearsal" className="mt-10 border-t border-line pt-8">
      <h2 id="rehearsal" className="text-xl font-bold tracking-tight">
        {t('rehearsal')}
      </h2>
      <p className="mt-2 max-w-xl text-muted">{t('rehearsalText')}</p>
      <form noValidate onSubmit={submit} className="mt-4 grid gap-4 sm:grid-cols-3">
        <Field
          label={t('rehearsalPeople')}
          inputMode="numeric"
          value={people}
          error={isTried && wrong.people ? t('rehearsalPeopleWrong') : undefined}
          onChange={({ target }) => setPeople(target.value)}
        />
        <Field
          label={t('rehearsalBots')}
          inputMode="numeric"
          value={bots}
          error={isTried && wrong.bots ? t('rehearsalBotsWrong') : undefined}
          onChange={({ target }) => setBots(target.value)}
        />
        <Field
          label={t('rehearsalSpeed')}
          hint={t('speedHint')}
          inputMode="numeric"
          value={pace}
          error={isTried && wrong.pace ? t('speedWrong') : undefined}
          onChange={({ target }) => setPace(target.value)}
        />
        {rehearse.error && (
          <Notice tone="bad" live className="sm:col-span-3">
            {sayProblem(rehearse.error)}
          </Notice>
        )}
        <Button
          type="submit"
          className="justify-self-start sm:col-span-3"
          busy={rehearse.isPending || latest?.status === 'waiting'}
          disabledBecause={!may && t('mayNot')}
        >
          {t('rehearse')}
        </Button>
      </form>
      <div aria-live="polite">
        {data?.items.map((each, n) => (
          <Result key={each.id} rehearsal={each} isOpen={n === 0} />
        ))}
      </div>
    </section>
  );
}

/** The figures of one rehearsal, with its minutes as a table. */
function Result({ rehearsal, isOpen }: { rehearsal: Rehearsal; isOpen: boolean }) {
  const { status, people, bots, createdAt, figures } = rehearsal;
  return (
    <details open={isOpen} className="group mt-4 rounded-card border border-line p-4">
      <summary className="min-h-11 cursor-pointer py-2 font-semibold">
        {t('rehearsalOf', { people: number(people), bots: percent(bots) })} ·{' '}
        <When at={createdAt} timeZone={ownTimeZone()} />
      </summary>
      {status === 'waiting' && <p className="mt-2">{t('rehearsalWaits')}</p>}
      {status === 'failed' && <p className="mt-2 font-medium text-bad">{t('rehearsalFailed')}</p>}
      {figures && <Figures figures={figures} />}
    </details>
  );
}

function Figures({ figures }: { figures: NonNullable<Rehearsal['figures']> }) {
  const { places, sold, soldOutMinutes, tickets, longestQueue, waits, brokenPromises, minutes } = figures;
  const share = sold === 0 ? 0 : tickets.bots / sold;
  const wait = (seconds: number) => t('rehearsalMinutes', { minutes: number(seconds / 60) });
  const facts = [
    [t('rehearsalSold'), t('rehearsalSoldOf', { sold: number(sold), places: number(places) })],
    [t('rehearsalSoldOut'), soldOutMinutes === null ? '–' : wait(soldOutMinutes * 60)],
    [t('rehearsalLongest'), number(longestQueue)],
    [t('rehearsalTold'), waits ? wait(waits.toldMedianSeconds) : '–'],
    [t('rehearsalReal'), waits ? wait(waits.realMedianSeconds) : '–'],
    [t('rehearsalToBots'), percent(share)],
  ] as const;
  return (
    <>
      <dl className="mt-3 grid grid-cols-2 gap-4 sm:grid-cols-3">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-sm text-muted">{name}</dt>
            <dd className="numeric text-lg font-bold">{value}</dd>
          </div>
        ))}
      </dl>
      <p className={`mt-3 ${brokenPromises.length > 0 ? 'font-semibold text-bad' : 'text-muted'}`}>
        {brokenPromises.length > 0
          ? t('rehearsalBroken', { what: brokenPromises.join(', ') })
          : t('rehearsalKept')}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <section className="mt-3 max-h-80 overflow-auto" tabIndex={0} aria-label={t('rehearsalTable')}>
        <table className="w-full text-end text-sm">
          <thead>
            <tr>
              {(['rehearsalMinute', 'waiting', 'rehearsalIn', 'rehearsalSold'] as const).map((word) => (
                <th key={word} scope="col" className="p-1.5 text-end font-semibold">
                  {t(word)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="numeric">
            {minutes.map(({ minute, waiting, admitted, sold: soldThen }) => (
              <tr key={minute} className="border-t border-line">
                <th scope="row" className="p-1.5 text-end font-normal">
                  {number(minute)}
                </th>
                <td className="p-1.5">{number(waiting)}</td>
                <td className="p-1.5">{number(admitted)}</td>
                <td className="p-1.5">{number(soldThen)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

const isWhole = (text: string, least: number, most: number): boolean =>
  /^\s*\d+\s*$/.test(text) && Number(text) >= least && Number(text) <= most;
