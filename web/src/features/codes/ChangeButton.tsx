import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { changeVouchers } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { Voucher } from '../../../../contract/vouchers.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { changeOf, firstChange, wrongInChange } from './change.ts';
import type { Which } from './queries.ts';
import { t } from './words.ts';

interface Props {
  event: ManagedEvent;
  which: Which;
  count: number;
  label: string;
  ariaLabel?: string;
  /** The only code that changes. Its present terms are in the fields. */
  voucher?: Voucher;
}

/** Gives codes another end, other uses or another budget. */
export function ChangeButton({ event, which, count, label, ariaLabel, voucher }: Props) {
  const [asks, setAsks] = useState(false);
  const [changed, setChanged] = useState<number | null>(null);
  return (
    <>
      <Button look="quiet" size="small" aria-label={ariaLabel} onClick={() => setAsks(true)}>
        {label}
      </Button>
      <span role="status" className="self-center text-sm text-muted not-empty:basis-full">
        {changed !== null && t('changedNow', { count: changed })}
      </span>
      {asks && (
        <ChangeDialog
          {...{ event, which, count, voucher }}
          title={ariaLabel ?? label}
          onClose={(done) => {
            setAsks(false);
            if (done !== undefined) setChanged(done);
          }}
        />
      )}
    </>
  );
}

function ChangeDialog({
  event,
  which,
  count,
  title,
  voucher,
  onClose,
}: Pick<Props, 'event' | 'which' | 'count'> & {
  title: string;
  voucher: Voucher | undefined;
  onClose: (changed?: number) => void;
}) {
  const client = useQueryClient();
  const formId = useId();
  const [first] = useState(() => firstChange(voucher, event));
  const [draft, setDraft] = useState(first);
  const [tried, setTried] = useState(false);
  const wrong = tried ? wrongInChange(draft, event) : {};
  const body = changeOf(draft, first, event);
  const change = useMutation({
    mutationFn: () => call(changeVouchers, { params: { eventId: event.id }, body: { ...which, ...body } }),
    onSuccess: async ({ changed }) => {
      await client.invalidateQueries({ queryKey: ['vouchers', event.id] });
      onClose(changed);
    },
  });
  const nothing = Object.keys(body).length === 0 ? t('nothing') : undefined;
  const input = (name: keyof typeof draft) => ({
    value: draft[name],
    error: wrong[name],
    onChange: ({ target }: { target: { value: string } }) => {
      change.reset();
      setDraft({ ...draft, [name]: target.value });
    },
  });
  return (
    <Dialog
      title={title}
      closeLabel={t('cancel')}
      onClose={() => onClose()}
      footer={
        <>
          <Button look="quiet" onClick={() => onClose()}>
            {t('cancel')}
          </Button>
          <Button type="submit" form={formId} busy={change.isPending} disabledBecause={nothing}>
            {t('save')}
          </Button>
        </>
      }
    >
      <p>
        {t('changeText', { count })} {voucher?.keepsPlaces !== false && t('keepsMore')}
      </p>
      <form
        id={formId}
        noValidate
        className="mt-4 grid gap-5"
        onSubmit={(submitted: FormEvent) => {
          submitted.preventDefault();
          setTried(true);
          if (!nothing && !change.isPending && Object.keys(wrongInChange(draft, event)).length === 0)
            change.mutate();
        }}
      >
        <Select label={t('end')} {...input('end')}>
          {!voucher && <option value="stays">{t('effectNone')}</option>}
          <option value="none">{t('endNone')}</option>
          <option value="at">{t('endAt')}</option>
        </Select>
        {draft.end === 'at' && (
          <Field
            label={t('endTime', { zone: event.timeZone })}
            type="datetime-local"
            {...input('validUntil')}
          />
        )}
        {!voucher?.seatId && (
          <Field
            label={t('uses')}
            hint={voucher ? undefined : t('usesStay')}
            inputMode="numeric"
            {...input('uses')}
          />
        )}
        <Select label={t('limit')} {...input('limit')}>
          {!voucher && <option value="stays">{t('effectNone')}</option>}
          <option value="none">{t('limitNone')}</option>
          <option value="amount">{t('limitAmount')}</option>
        </Select>
        {draft.limit === 'amount' && (
          <Field label={t('budget', { currency: event.currency })} inputMode="decimal" {...input('budget')} />
        )}
      </form>
      {change.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(change.error)}
        </Notice>
      )}
    </Dialog>
  );
}
