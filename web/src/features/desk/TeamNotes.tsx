import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addOrderNote, putOrderTags, removeOrderNote } from '../../../../client/endpoints.generated.ts';
import type { OrderId } from '../../../../contract/ids.ts';
import type { OrderHistoryEntry } from '../../../../contract/order-desk.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { When } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { historyQuery } from './queries.ts';
import { t } from './words.ts';

/** The notes and tags of an order. Only the team sees them. */
export function TeamNotes({
  orderId,
  tags,
  items,
  mayEdit,
}: {
  orderId: OrderId;
  tags: string[];
  items: OrderHistoryEntry[];
  mayEdit: boolean;
}) {
  const client = useQueryClient();
  const reload = () => client.invalidateQueries({ queryKey: historyQuery(orderId).queryKey });
  const notes = items.flatMap((item) => (item.kind === 'note' ? [item.note] : []));
  const remove = useMutation({
    mutationFn: (noteId: `nte_${string}`) => call(removeOrderNote, { params: { orderId, noteId } }),
    onSuccess: reload,
  });
  return (
    <section aria-labelledby="notes" className="mt-10">
      <h2 id="notes" className="text-xl font-bold tracking-tight">
        {t('notes')}
      </h2>
      <p className="mt-1 text-sm text-muted">{t('notesText')}</p>
      {tags.length > 0 && (
        <ul aria-label={t('tags')} className="mt-3 flex flex-wrap gap-2">
          {tags.map((tag) => (
            <li key={tag} className="rounded-full bg-sunken px-3 py-1 text-sm wrap-anywhere">
              <bdi>{tag}</bdi>
            </li>
          ))}
        </ul>
      )}
      {notes.length > 0 && (
        <ul className="mt-3 divide-y divide-line border-y border-line">
          {notes.map(({ id, text, author, createdAt }) => (
            <li key={id} className="flex items-start justify-between gap-4 py-3">
              <div className="min-w-0">
                <p dir="auto" className="whitespace-pre-wrap wrap-anywhere">
                  {text}
                </p>
                <p className="text-sm text-muted wrap-anywhere">
                  {author.name && (
                    <>
                      <bdi>{author.name}</bdi>
                      {' · '}
                    </>
                  )}
                  <When at={createdAt} timeZone={ownTimeZone()} />
                </p>
              </div>
              {mayEdit && (
                <Button
                  look="quiet"
                  size="small"
                  busy={remove.isPending}
                  onClick={() => remove.mutate(id as `nte_${string}`)}
                >
                  {t('removeNote')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {remove.error && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(remove.error)}
        </Notice>
      )}
      {mayEdit && <NoteForm orderId={orderId} onDone={reload} />}
      {mayEdit && <TagsForm key={tags.join()} orderId={orderId} tags={tags} onDone={reload} />}
    </section>
  );
}

function NoteForm({ orderId, onDone }: { orderId: OrderId; onDone: () => Promise<unknown> }) {
  const [text, setText] = useState('');
  const act = useAct();
  const add = useMutation({
    mutationFn: () => call(addOrderNote, { params: { orderId }, body: { text }, act }),
    onSuccess: () => {
      setText('');
      return onDone();
    },
  });
  return (
    <form
      className="mt-4 grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!add.isPending && text.trim() !== '') add.mutate();
      }}
    >
      <TextArea
        label={t('newNote')}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {add.error && (
        <Notice tone="bad" live>
          {sayProblem(add.error)}
        </Notice>
      )}
      <Button type="submit" look="quiet" busy={add.isPending} className="justify-self-start">
        {t('addNote')}
      </Button>
    </form>
  );
}

function TagsForm({
  orderId,
  tags,
  onDone,
}: {
  orderId: OrderId;
  tags: string[];
  onDone: () => Promise<unknown>;
}) {
  const [typed, setTyped] = useState(tags.join(', '));
  const save = useMutation({
    mutationFn: () =>
      call(putOrderTags, {
        params: { orderId },
        body: {
          tags: typed
            .split(',')
            .map((tag) => tag.trim())
            .filter(Boolean),
        },
      }),
    onSuccess: onDone,
  });
  return (
    <form
      className="mt-4 grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate();
      }}
    >
      <Field
        label={t('tagsField')}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      {save.error && (
        <Notice tone="bad" live>
          {sayProblem(save.error)}
        </Notice>
      )}
      <Button type="submit" look="quiet" busy={save.isPending} className="justify-self-start">
        {t('saveTags')}
      </Button>
    </form>
  );
}
