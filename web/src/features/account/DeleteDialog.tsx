import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { deleteMe } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import { deletionFields } from '../../../../contract/person.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { forgetHere } from './enter.ts';
import { deletionQuery } from './queries.ts';
import { t } from './words.ts';

/** Says what will be deleted and what stays, and asks for the password. */
export function DeleteDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: ahead, error } = useQuery(deletionQuery);
  const form = useContractForm(deletionFields, { password: '', ticketsLeaveMe: false });
  const remove = useMutation({
    mutationFn: ({ password, ticketsLeaveMe }: { password: string; ticketsLeaveMe: boolean }) =>
      call(deleteMe, { body: { ...(password && { password }), ticketsLeaveMe } }),
    onSuccess: async () => {
      await forgetHere(client);
      await navigate({ to: paths.explore });
    },
    onError: (refusal) => {
      if (isProblem(refusal, 'wrong_password', 'sign_in_again'))
        form.refuse(
          'password',
          isProblem(refusal, 'wrong_password') ? t('passwordWrong') : t('passwordMissing'),
        );
      if (isProblem(refusal, 'tickets_ahead'))
        void client.invalidateQueries({ queryKey: deletionQuery.queryKey });
    },
  });
  const atField = isProblem(remove.error, 'wrong_password', 'sign_in_again');
  const stays = ahead && ahead.lastOwnerOf.length > 0;
  const tickets = ahead?.ticketsAhead ?? 0;
  const submit = form.handleSubmit((values) => {
    if (!ahead || remove.isPending) return;
    if (ahead.needsPassword && values.password === '') return form.refuse('password', t('passwordMissing'));
    if (tickets > 0 && !values.ticketsLeaveMe) return form.refuse('ticketsLeaveMe', t('ticketsLeaveMe'));
    remove.mutate(values);
  });
  return (
    <Dialog
      title={t('deleteTitle')}
      closeLabel={t('close')}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('deleteKeep')}
          </Button>
          {!stays && (
            <Button look="danger" busy={remove.isPending || !ahead} onClick={() => void submit()}>
              {t('deleteDo')}
            </Button>
          )}
        </>
      }
    >
      <p>{t('deleteText')}</p>
      <p className="mt-2 text-muted">{t('deleteKept')}</p>
      {!ahead && !error && <Skeleton className="mt-4 h-12" />}
      {error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(error)}
        </Notice>
      )}
      {stays && (
        <Notice tone="warn" className="mt-4">
          {t('lastOwner', { names: ahead.lastOwnerOf.map(({ name }) => name).join(', ') })}
        </Notice>
      )}
      {ahead && !stays && (
        <form noValidate className="mt-4 grid gap-4" onSubmit={(event) => void submit(event)}>
          {tickets > 0 && (
            <Notice tone="warn">
              <p>{t('ticketsAhead', { count: tickets })}</p>
              <label className="mt-2 flex items-center gap-3 font-semibold">
                <input
                  type="checkbox"
                  className="size-5 shrink-0 accent-accent"
                  aria-invalid={form.wrong('ticketsLeaveMe', '') !== undefined || undefined}
                  {...form.register('ticketsLeaveMe')}
                />
                {t('ticketsLeaveMe')}
              </label>
              {form.wrong('ticketsLeaveMe', '') !== undefined && (
                <p role="alert" className="mt-1 font-semibold">
                  {t('ticketsUnderstood')}
                </p>
              )}
            </Notice>
          )}
          {ahead.needsPassword && (
            <>
              <input type="email" autoComplete="username" value={email} readOnly hidden />
              <Field
                label={t('password')}
                type="password"
                autoComplete="current-password"
                {...form.register('password')}
                error={form.wrong('password', t('passwordMissing'))}
              />
            </>
          )}
          {remove.isError && !atField && (
            <Notice tone="bad" live>
              {sayProblem(remove.error)}
            </Notice>
          )}
          {/* Enter in the field does what the button below does. */}
          <button type="submit" hidden />
        </form>
      )}
    </Dialog>
  );
}
