import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { deleteOrderView, putOrderView, saveOrderView } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import type { NewOrderView, OrderView } from '../../../../contract/order-views.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { useMay } from '../../api/use-may.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { isChanged, type Shown, savedSearch } from './order-views.ts';
import { viewsQuery } from './queries.ts';
import { t } from './words.ts';

interface Props {
  organisationId: OrganisationId;
  views: OrderView[];
  /** The saved list that is open. */
  view: OrderView | undefined;
  shown: Shown;
  /** Opens a saved list, or the list of all orders. */
  open: (id: OrderView['id'] | undefined) => void;
}

/** Opens, saves, changes and deletes lists of orders. */
export function SavedLists({ organisationId, views, view, shown, open }: Props) {
  const [asked, setAsked] = useState<'new' | 'open' | null>(null);
  const mayShare = useMay(organisationId)('orders.edit');
  const mayChange = view && (!view.isShared || mayShare);
  const client = useQueryClient();
  const overwrite = useMutation({
    mutationFn: ({ id, ...rest }: OrderView) =>
      call(putOrderView, {
        params: { organisationId, viewId: id },
        body: { ...rest, search: savedSearch(shown) },
      }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: viewsQuery(organisationId).queryKey });
      open(id);
    },
  });
  const group = (label: string, isShared: boolean) => {
    const some = views.filter((each) => each.isShared === isShared);
    return (
      some.length > 0 && (
        <optgroup label={label}>
          {some.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </optgroup>
      )
    );
  };
  return (
    <>
      <div className="mt-6 flex flex-wrap items-end gap-3">
        <Select
          label={t('list')}
          className="min-w-0 basis-full sm:basis-64"
          value={view?.id ?? ''}
          onChange={({ target: { value } }) => open((value || undefined) as OrderView['id'] | undefined)}
        >
          <option value="">{t('allOrders')}</option>
          {group(t('ownLists'), false)}
          {group(t('sharedLists'), true)}
        </Select>
        {view && mayChange && isChanged(shown, view) && (
          <Button look="quiet" busy={overwrite.isPending} onClick={() => overwrite.mutate(view)}>
            {t('saveChanges')}
          </Button>
        )}
        {view && mayChange && (
          <Button look="quiet" onClick={() => setAsked('open')}>
            {t('changeList')}
          </Button>
        )}
        <Button look="quiet" onClick={() => setAsked('new')}>
          {t('saveAsList')}
        </Button>
      </div>
      {overwrite.error && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(overwrite.error)}
        </Notice>
      )}
      {asked && (
        <ListDialog
          organisationId={organisationId}
          view={asked === 'open' ? view : undefined}
          shown={shown}
          mayShare={mayShare}
          onDone={(id) => {
            setAsked(null);
            open(id);
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

interface DialogProps {
  organisationId: OrganisationId;
  /** The list to change; without it a new one is saved. */
  view: OrderView | undefined;
  shown: Shown;
  mayShare: boolean;
  onDone: (id: OrderView['id'] | undefined) => void;
  onClose: () => void;
}

function ListDialog({ organisationId, view, shown, mayShare, onDone, onClose }: DialogProps) {
  const [name, setName] = useState(view?.name ?? '');
  const [isShared, setIsShared] = useState(view?.isShared ?? false);
  const [isMissing, setIsMissing] = useState(false);
  const client = useQueryClient();
  const reload = () => client.invalidateQueries({ queryKey: viewsQuery(organisationId).queryKey });
  const act = useAct();
  const save = useMutation({
    mutationFn: (body: NewOrderView) =>
      view
        ? call(putOrderView, { params: { organisationId, viewId: view.id }, body, act })
        : call(saveOrderView, { params: { organisationId }, body, act }),
    onSuccess: async ({ id }) => {
      await reload();
      onDone(id);
    },
  });
  const remove = useMutation({
    mutationFn: (viewId: OrderView['id']) => call(deleteOrderView, { params: { organisationId, viewId } }),
    onSuccess: async () => {
      await reload();
      onDone(undefined);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (save.isPending) return;
    setIsMissing(name.trim() === '');
    // A new name changes nothing of what was saved.
    if (name.trim()) save.mutate({ name: name.trim(), isShared, search: view?.search ?? savedSearch(shown) });
  };
  const trouble = save.error ?? remove.error;
  return (
    <Dialog title={t(view ? 'changeList' : 'saveAsList')} closeLabel={t('close')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Field
          label={t('listName')}
          value={name}
          maxLength={60}
          autoComplete="off"
          error={isMissing ? t('listNameMissing') : undefined}
          onChange={({ target: { value } }) => setName(value)}
        />
        {mayShare && (
          <label className="mt-3 flex min-h-11 items-center gap-2.5">
            <input
              type="checkbox"
              className="size-5 accent-accent"
              checked={isShared}
              onChange={({ target: { checked } }) => setIsShared(checked)}
            />
            {t('shareList')}
          </label>
        )}
        <p className="mt-2 text-sm text-muted">{t('listText')}</p>
        {trouble && (
          <Notice tone="bad" live className="mt-3">
            {sayProblem(trouble)}
          </Notice>
        )}
        <div className="mt-6 flex flex-wrap justify-end gap-3 max-sm:*:grow">
          {view && (
            <Button look="quiet" busy={remove.isPending} onClick={() => remove.mutate(view.id)}>
              {t('deleteList')}
            </Button>
          )}
          <Button type="submit" busy={save.isPending}>
            {t('saveList')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
