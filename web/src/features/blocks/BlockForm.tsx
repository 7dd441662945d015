import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { blockPlaces } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { PlaceFields } from './PlaceFields.tsx';
import { bodyOf, nothingChosen, type Source, useSources } from './places.ts';
import { t } from './words.ts';

/** Blocks places of a ticket type without numbers, or neighbouring seats of one row. */
export function BlockForm({ event }: { event: ManagedEvent }) {
  const client = useQueryClient();
  const sources = useSources(event);
  const [label, setLabel] = useState('');
  const [chosen, setChosen] = useState(nothingChosen);
  const source = sources[chosen.at];
  const block = useMutation({
    mutationFn: () =>
      call(blockPlaces, {
        params: { eventId: event.id },
        body: { label: label.trim(), ...bodyOf(source as Source, chosen) },
      }),
    onSuccess: () => {
      setLabel('');
      return client.invalidateQueries({ queryKey: ['blocks', event.id] });
    },
  });
  const missing = !label.trim() ? t('labelMissing') : !source ? t('nothing') : undefined;
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (!missing && !block.isPending) block.mutate();
  };
  return (
    <form className="mt-6 grid max-w-xl gap-5" onSubmit={submit} onChange={() => block.reset()}>
      <Field
        label={t('label')}
        hint={t('labelHint')}
        value={label}
        maxLength={80}
        onChange={({ target }) => setLabel(target.value)}
      />
      <PlaceFields sources={sources} chosen={chosen} most={100_000} onChange={setChosen} />
      <div aria-live="polite">
        {block.error && <Notice tone="bad">{sayProblem(block.error)}</Notice>}
        {block.data && <Notice tone="good">{t('done', { count: block.data.places })}</Notice>}
      </div>
      <div>
        <Button type="submit" busy={block.isPending} disabledBecause={missing}>
          {t('block')}
        </Button>
      </div>
    </form>
  );
}
