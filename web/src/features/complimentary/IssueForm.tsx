import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { issueComplimentaryTickets } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PlaceFields } from '../blocks/PlaceFields.tsx';
import { bodyOf, nothingChosen, type Source, sourcesOf, useSources } from '../blocks/places.ts';
import { blocksQuery } from '../blocks/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

const nobody = { name: '', email: '', note: '' };

/** Issues tickets to a name and an address: free places, or places of a block. */
export function IssueForm({ event }: { event: ManagedEvent }) {
  const client = useQueryClient();
  const { data: blocks = [] } = useQuery(blocksQuery(event.id));
  const sources = [...useSources(event), ...blocks.flatMap(sourcesOf)];
  const [person, setPerson] = useState(nobody);
  const [chosen, setChosen] = useState(nothingChosen);
  const source = sources[chosen.at];
  const issue = useMutation({
    mutationFn: () =>
      call(issueComplimentaryTickets, {
        params: { eventId: event.id },
        body: {
          recipient: { name: person.name.trim(), email: person.email.trim() },
          ...bodyOf(source as Source, chosen),
          ...(person.note.trim() && { note: person.note.trim() }),
        },
      }),
    onSuccess: () => {
      setPerson(nobody);
      setChosen(nothingChosen);
      return client.invalidateQueries({ queryKey: ['blocks', event.id] });
    },
  });
  const missing = !source
    ? t('nothing')
    : !person.name.trim() || !person.email.trim()
      ? t('recipientMissing')
      : undefined;
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    // A second Enter before the answer issues nothing more.
    if (!missing && !issue.isPending) issue.mutate();
  };
  const field = (name: keyof typeof nobody) => ({
    value: person[name],
    onChange: ({ target }: { target: { value: string } }) => setPerson({ ...person, [name]: target.value }),
  });
  return (
    <form className="mt-6 grid max-w-xl gap-5" onSubmit={submit} onChange={() => issue.reset()}>
      <Field label={t('name')} autoComplete="off" maxLength={80} {...field('name')} />
      <Field
        label={t('email')}
        hint={t('emailHint')}
        type="email"
        autoComplete="off"
        maxLength={254}
        {...field('email')}
      />
      <PlaceFields sources={sources} chosen={chosen} most={100} onChange={setChosen} />
      <Field label={t('note')} hint={t('noteHint')} maxLength={2000} {...field('note')} />
      <div aria-live="polite">
        {issue.error && <Notice tone="bad">{sayProblem(issue.error)}</Notice>}
        {issue.data && (
          <Notice tone="good">
            <p className="wrap-anywhere">
              {t('done', { count: issue.data.tickets.length, email: issue.data.buyer.email })}
            </p>
            <Link to={paths.soldOrder} params={{ orderId: issue.data.id }} className="underline">
              {t('openOrder', { number: issue.data.number })}
            </Link>
          </Notice>
        )}
      </div>
      <div>
        <Button type="submit" busy={issue.isPending} disabledBecause={missing}>
          {t('issue')}
        </Button>
      </div>
    </form>
  );
}
