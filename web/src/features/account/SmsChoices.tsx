import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import {
  changeMessageChoices,
  confirmPhoneNumber,
  deletePhoneNumber,
  putPhoneNumber,
} from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { MessageChoices } from '../../../../contract/message-choices.ts';
import type { TextedKind } from '../../../../contract/message-kinds.ts';
import type { PhoneNumber } from '../../../../contract/sms.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayFields, sayProblem } from '../problems/say-problem.ts';
import { Choice } from './Choice.tsx';
import { messageChoicesQuery, phoneNumberQuery } from './queries.ts';
import { t } from './words.ts';

const kinds = {
  'waitlist-offer': 'pushOffers',
  'event-moved': 'pushMoved',
  'event-cancelled': 'pushOff',
} as const satisfies Record<TextedKind, string>;

/** The number that gets SMS, and which ones. Not shown on a site that sends none. */
export function SmsChoices() {
  const { data: phone } = useQuery(phoneNumberQuery);
  if (!phone?.isOffered) return null;
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('sms')}</h2>
      <p className="mt-1 text-muted">{t('smsText')}</p>
      {phone.isStopped && (
        <Notice tone="warn" className="mt-3">
          {phone.sender ? t('smsStoppedBy', { sender: phone.sender }) : t('smsStopped')}
        </Notice>
      )}
      <Numbers phone={phone} />
      {phone.number && <Kinds />}
    </section>
  );
}

function Numbers({ phone }: { phone: PhoneNumber }) {
  const client = useQueryClient();
  const [isChanging, setIsChanging] = useState(false);
  const saved = (now: PhoneNumber) => client.setQueryData(phoneNumberQuery.queryKey, now);
  const remove = useMutation({
    mutationFn: () => call(deletePhoneNumber, {}),
    onSuccess: () => client.invalidateQueries({ queryKey: phoneNumberQuery.queryKey }),
  });
  const { number, unconfirmed } = phone;
  if (isChanging || !number)
    return (
      <>
        <NumberForm
          unconfirmed={unconfirmed}
          onSaved={(now) => {
            saved(now);
            if (now.number && !now.unconfirmed) setIsChanging(false);
          }}
        />
        {number && (
          <Button look="plain" className="-mx-5 mt-2" onClick={() => setIsChanging(false)}>
            {t('smsKeep', { number })}
          </Button>
        )}
      </>
    );
  return (
    <div className="mt-3">
      <p className="font-medium">
        <bdi dir="ltr">{number}</bdi>
      </p>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button look="quiet" size="small" onClick={() => setIsChanging(true)}>
          {t('smsChange')}
        </Button>
        <Button look="quiet" size="small" busy={remove.isPending} onClick={() => remove.mutate()}>
          {t('smsEnd')}
        </Button>
      </div>
      {remove.isError && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(remove.error)}
        </Notice>
      )}
    </div>
  );
}

/** Asks for a number, and then for the code that was sent to it. */
function NumberForm({
  unconfirmed,
  onSaved,
}: {
  unconfirmed: string | null;
  onSaved: (now: PhoneNumber) => void;
}) {
  const [number, setNumber] = useState('');
  const [code, setCode] = useState('');
  const send = useMutation({
    mutationFn: (to: string) => call(putPhoneNumber, { body: { number: to, consents: true } }),
    onSuccess: (now) => {
      setCode('');
      onSaved(now);
    },
  });
  const confirm = useMutation({
    mutationFn: () => call(confirmPhoneNumber, { body: { code } }),
    onSuccess: onSaved,
  });
  const submit = (event: FormEvent, act: () => void) => {
    event.preventDefault();
    if (!send.isPending && !confirm.isPending) act();
  };
  const isWrong = send.isError && 'number' in byField(send.error);
  return (
    <div className="mt-4 grid max-w-sm gap-6">
      <form noValidate className="grid gap-3" onSubmit={(event) => submit(event, () => send.mutate(number))}>
        <Field
          label={t('smsNumber')}
          hint={t('smsNumberHint')}
          error={isWrong ? t('smsNumberHint') : undefined}
          type="tel"
          dir="ltr"
          autoComplete="tel"
          value={number}
          onChange={({ target }) => setNumber(target.value)}
        />
        <p className="text-sm text-muted">{t('smsConsent')}</p>
        <Button
          type="submit"
          look={unconfirmed ? 'quiet' : 'primary'}
          busy={send.isPending}
          disabledBecause={number.trim() === '' ? t('smsNumberFirst') : undefined}
        >
          {t('smsSendCode')}
        </Button>
        {send.isError && !isWrong && (
          <Notice tone="bad" live>
            {sayProblem(send.error)}
          </Notice>
        )}
      </form>
      {unconfirmed && (
        <form noValidate className="grid gap-3" onSubmit={(event) => submit(event, () => confirm.mutate())}>
          <p role="status">{t('smsSent', { number: unconfirmed })}</p>
          <Field
            label={t('smsCode')}
            error={isProblem(confirm.error, 'sms_code_wrong') ? sayProblem(confirm.error) : undefined}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
          <Button
            type="submit"
            busy={confirm.isPending}
            disabledBecause={code.length < 6 ? t('smsCodeFirst') : undefined}
          >
            {t('smsConfirm')}
          </Button>
          {confirm.isError && !isProblem(confirm.error, 'sms_code_wrong') && (
            <Notice tone="bad" live>
              {sayProblem(confirm.error)}
            </Notice>
          )}
        </form>
      )}
    </div>
  );
}

/** The errors by the fields of the body. */
const byField = (error: unknown): Record<string, string> => sayFields(error);

function Kinds() {
  const client = useQueryClient();
  const { data } = useQuery(messageChoicesQuery);
  const change = useMutation({
    mutationFn: (choices: MessageChoices['choices']) => call(changeMessageChoices, { body: { choices } }),
    onSuccess: (saved) => client.setQueryData(messageChoicesQuery.queryKey, saved),
  });
  if (!data) return null;
  const wants = (kind: TextedKind) =>
    [...data.choices, ...((change.isPending && change.variables) || [])].findLast(
      (choice) => choice.kind === kind && choice.channel === 'sms',
    )?.wanted ?? false;
  return (
    <>
      <div className="mt-4 divide-y divide-line border-y border-line">
        {(Object.keys(kinds) as TextedKind[]).map((kind) => (
          <Choice
            key={kind}
            title={t(kinds[kind])}
            checked={wants(kind)}
            onChange={(wanted) => change.mutate([{ kind, channel: 'sms', wanted }])}
          />
        ))}
      </div>
      <p className="mt-2 text-sm text-muted">{t('smsNight')}</p>
      {change.isError && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(change.error)}
        </Notice>
      )}
    </>
  );
}
