import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { joinWaitlist } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { Event, TicketType } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { asSomebody, maySignedIn, meQuery } from '../../api/session.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Stepper } from '../../ui/Stepper.tsx';
import { sayFields, sayProblem } from '../problems/say-problem.ts';
import { mineQuery } from './queries.ts';
import { t } from './words.ts';

interface Props {
  event: Event;
  type: TicketType;
  onClose: () => void;
}

/** How many places a person wants, and for a guest where the offer goes. */
export function JoinForm({ event, type, onClose }: Props) {
  const client = useQueryClient();
  const act = useAct();
  const { data: me } = useQuery({ ...meQuery, enabled: maySignedIn() });
  const [quantity, setQuantity] = useState(type.minPerOrder);
  const [email, setEmail] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const isGuest = !me || me.isGuest;
  const join = useMutation({
    mutationFn: () =>
      asSomebody(client, (headers) =>
        call(joinWaitlist, {
          params: { eventId: event.id },
          body: { ticketTypeId: type.id, quantity, ...(isGuest && { email }) },
          headers,
          act,
        }),
      ),
    onSuccess: (entry) => {
      const { queryKey } = mineQuery(event.id);
      client.setQueryData(queryKey, (known = []) => [entry, ...known]);
      onClose();
    },
    onError: (error) => {
      if (isProblem(error, 'already_waiting')) void client.invalidateQueries({ queryKey: ['waitlist'] });
      if (isProblem(error, 'places_available'))
        void client.invalidateQueries({ queryKey: ['availability', event.id] });
    },
  });
  const wrong = join.error ? sayFields(join.error).email : undefined;
  return (
    <form
      noValidate
      className="mt-3 grid gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        const missing = isGuest && !email.includes('@');
        setIsMissing(missing);
        if (!missing && !join.isPending) join.mutate();
      }}
    >
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm font-semibold">{t('places')}</p>
        <Stepper
          label={type.name}
          fewer={t('fewer')}
          more={t('more')}
          value={quantity}
          min={type.minPerOrder}
          max={Math.max(type.minPerOrder, Math.min(type.maxPerOrder, event.maxPerBuyer))}
          onChange={setQuantity}
        />
      </div>
      {isGuest && (
        <Field
          label={t('email')}
          hint={t('emailHint')}
          error={isMissing || wrong ? t('emailNeeded') : undefined}
          type="email"
          autoComplete="email"
          aria-required
          value={email}
          onChange={({ target }) => {
            setEmail(target.value);
            setIsMissing(false);
            join.reset();
          }}
        />
      )}
      {join.isError && !wrong && (
        <Notice tone="bad" live>
          {sayProblem(join.error)}
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={join.isPending}>
          {t('join')}
        </Button>
        <Button look="plain" onClick={onClose}>
          {t('notNow')}
        </Button>
      </div>
    </form>
  );
}
