import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import {
  previewBroadcast,
  sendBroadcast,
  testBroadcast,
  withdrawBroadcast,
} from '../../../../client/endpoints.generated.ts';
import type { Broadcast, BroadcastFilter, BroadcastText } from '../../../../contract/broadcasts.ts';
import type { EventId, TicketTypeId } from '../../../../contract/ids.ts';
import { type Language, languages } from '../../../../contract/languages.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select, TextArea } from '../../ui/Field.tsx';
import { language as ownLanguage } from '../../ui/language.ts';
import { MailFrame } from '../../ui/MailFrame.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { instantOf } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { countsQuery } from '../questions/queries.ts';
import { broadcastsQuery } from './queries.ts';
import { Recipients } from './Recipients.tsx';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/messages/new');
const allLanguages = Object.keys(languages) as Language[];

/** The organiser writes to the people who hold tickets, and sees what became of earlier messages. */
export function WritePage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  useTitle(`${t('write')} · ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.eventMessages, params: { eventId: event.id } }}
      backText={t('title')}
      title={t('write')}
    >
      <p className="mt-2 text-muted">{t('writeText')}</p>
      <WriteForm eventId={event.id} ticketTypes={event.ticketTypes} timeZone={event.timeZone} />
      <Written eventId={event.id} timeZone={event.timeZone} />
    </Subpage>
  );
}

interface FormProps {
  eventId: EventId;
  ticketTypes: { id?: TicketTypeId | undefined; name: string; zone: string | null }[];
  timeZone: string;
}

function WriteForm({ eventId, ticketTypes, timeZone }: FormProps) {
  const client = useQueryClient();
  const { data: asked } = useSuspenseQuery(countsQuery(eventId));
  const [about, setAbout] = useState<Broadcast['about']>('event');
  const [texts, setTexts] = useState<BroadcastText[]>([{ language: ownLanguage(), subject: '', text: '' }]);
  const [to, setTo] = useState<BroadcastFilter>({});
  const [sendAt, setSendAt] = useState('');
  const body = { about, texts, to };
  const refresh = () => client.invalidateQueries({ queryKey: ['broadcasts', eventId] });
  const preview = useMutation({
    mutationFn: () => call(previewBroadcast, { params: { eventId }, body }),
  });
  const trial = useMutation({
    mutationFn: () => call(testBroadcast, { params: { eventId }, body: { about, texts } }),
  });
  const send = useMutation({
    mutationFn: () =>
      call(sendBroadcast, {
        params: { eventId },
        body: { ...body, sendAt: sendAt ? instantOf(sendAt, timeZone) : null },
      }),
    onSuccess: () => {
      setTexts([{ language: ownLanguage(), subject: '', text: '' }]);
      preview.reset();
      return refresh();
    },
  });
  /** What was counted and shown is about the message as it was. */
  const changed = () => {
    preview.reset();
    send.reset();
  };
  const isEmpty = texts.some(({ subject, text }) => !subject.trim() || !text.trim());
  const incomplete = isEmpty ? t('writeBoth') : undefined;
  const free = allLanguages.filter((each) => !texts.some(({ language }) => language === each));
  const failed = [preview, trial, send].find(({ isError }) => isError);
  return (
    <form className="mt-6 grid gap-5" onSubmit={(event) => event.preventDefault()} onChange={changed}>
      <Select
        label={t('about')}
        hint={t(about === 'news' ? 'aboutNewsHint' : 'aboutEventHint')}
        value={about}
        onChange={({ target }) => setAbout(target.value as Broadcast['about'])}
      >
        <option value="event">{t('aboutEvent')}</option>
        <option value="news">{t('aboutNews')}</option>
      </Select>
      <Recipients ticketTypes={ticketTypes} questions={asked.items} to={to} onChange={setTo} />
      {texts.map((each, index) => (
        <Text
          key={each.language}
          text={each}
          onChange={(text) => setTexts((before) => before.with(index, text))}
          onRemove={
            texts.length > 1 ? () => setTexts((before) => before.filter((one) => one !== each)) : null
          }
        />
      ))}
      {free.length > 0 && (
        <Select
          label={t('addLanguage')}
          hint={t('addLanguageHint')}
          value=""
          onChange={({ target: { value } }) =>
            setTexts((before) => [...before, { language: value as Language, subject: '', text: '' }])
          }
        >
          <option value="">{t('chooseLanguage')}</option>
          {free.map((each) => (
            <option key={each} value={each}>
              {languages[each].name}
            </option>
          ))}
        </Select>
      )}
      <Field
        label={t('sendAt')}
        hint={t('sendAtHint', { zone: timeZone })}
        type="datetime-local"
        value={sendAt}
        onChange={({ target }) => setSendAt(target.value)}
      />
      {failed && (
        <Notice tone="bad" live>
          {sayProblem(failed.error)}
        </Notice>
      )}
      {trial.isSuccess && (
        <Notice tone="good" live>
          {t('tested', { address: trial.data.to })}
        </Notice>
      )}
      {send.isSuccess && (
        <Notice tone="good" live>
          {t('ordered')}
        </Notice>
      )}
      <div className="flex flex-wrap gap-3">
        <Button
          look="quiet"
          busy={trial.isPending}
          disabledBecause={incomplete}
          onClick={() => trial.mutate()}
        >
          {t('test')}
        </Button>
        <Button busy={preview.isPending} disabledBecause={incomplete} onClick={() => preview.mutate()}>
          {t('preview')}
        </Button>
      </div>
      {preview.isSuccess && (
        <section aria-live="polite" className="grid gap-4 rounded-card border border-line p-5">
          <h2 className="text-lg font-bold">{t('reaches', { count: preview.data.recipients })}</h2>
          {preview.data.mails.map((mail) => (
            <div key={mail.language} lang={mail.language} dir={languages[mail.language].direction}>
              <p className="font-semibold wrap-anywhere">{mail.subject}</p>
              <MailFrame html={mail.html} title={mail.subject} />
            </div>
          ))}
          <Button
            busy={send.isPending}
            disabledBecause={preview.data.recipients === 0 && !sendAt ? t('nobody') : undefined}
            onClick={() => send.mutate()}
          >
            {t(sendAt ? 'sendLater' : 'sendNow')}
          </Button>
        </section>
      )}
    </form>
  );
}

function Text({
  text,
  onChange,
  onRemove,
}: {
  text: BroadcastText;
  onChange: (text: BroadcastText) => void;
  onRemove: (() => void) | null;
}) {
  const { language, subject } = text;
  const { name } = languages[language];
  return (
    <fieldset className="grid gap-4 rounded-card border border-line p-5">
      <legend className="px-2 font-semibold">{name}</legend>
      <Field
        label={t('subject')}
        maxLength={150}
        value={subject}
        onChange={({ target }) => onChange({ ...text, subject: target.value })}
      />
      <TextArea
        label={t('messageText')}
        rows={8}
        maxLength={4000}
        value={text.text}
        onChange={({ target }) => onChange({ ...text, text: target.value })}
      />
      {onRemove && (
        <Button look="plain" size="small" onClick={onRemove}>
          {t('removeLanguage', { language: name })}
        </Button>
      )}
    </fieldset>
  );
}

/** The earlier messages, with what became of their mails. */
function Written({ eventId, timeZone }: { eventId: EventId; timeZone: string }) {
  const { data } = useQuery(broadcastsQuery(eventId));
  if (!data || data.items.length === 0) return null;
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('written')}</h2>
      <ol className="mt-3 divide-y divide-line border-y border-line">
        {data.items.map((broadcast) => (
          <WrittenOne key={broadcast.id} {...{ broadcast, eventId, timeZone }} />
        ))}
      </ol>
    </section>
  );
}

function WrittenOne({
  broadcast,
  eventId,
  timeZone,
}: {
  broadcast: Broadcast;
  eventId: EventId;
  timeZone: string;
}) {
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => call(withdrawBroadcast, { params: { eventId, broadcastId: broadcast.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['broadcasts', eventId] }),
  });
  const { state, counts, sendAt, texts } = broadcast;
  const notArrived = counts.failed + counts.bounced + counts.withheld;
  return (
    <li className="py-4">
      <p dir="auto" className="font-semibold wrap-anywhere">
        {texts[0]?.subject}
      </p>
      <p className="text-sm text-muted">
        {t(`broadcast_${state}`)} · <When at={sendAt} timeZone={timeZone} />
      </p>
      {(state === 'sending' || state === 'sent') && (
        <p className="mt-1 text-sm">
          {t('result', { sent: counts.sent, waiting: counts.waiting, failed: notArrived })}
        </p>
      )}
      {state === 'scheduled' && (
        <Button look="quiet" className="mt-3" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {t('withdraw')}
        </Button>
      )}
      {withdraw.isError && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(withdraw.error)}
        </Notice>
      )}
    </li>
  );
}
