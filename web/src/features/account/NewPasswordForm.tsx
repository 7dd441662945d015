import { useMutation } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { newPasswordFields } from '../../../../contract/person.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { isWeakPassword } from './enter.ts';
import { t } from './words.ts';

interface Props {
  save: (newPassword: string) => Promise<unknown>;
  onSaved: () => void;
  /** The button's label. */
  label: string;
  look?: ComponentProps<typeof Button>['look'];
}

/** Asks only for a new password. If the password is too easy to guess, the error is shown at its field. */
export function NewPasswordForm({ save, onSaved, label, look }: Props) {
  const form = useContractForm(newPasswordFields, { newPassword: '' });
  const saving = useMutation({
    mutationFn: save,
    onSuccess: onSaved,
    onError: (error) => {
      if (isWeakPassword(error)) form.refuse('newPassword', sayProblem(error));
      else form.showRefusal(error);
    },
  });
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={form.handleSubmit(({ newPassword }) => {
        if (!saving.isPending) saving.mutate(newPassword);
      })}
    >
      {saving.isError && form.saysNothing() && (
        <Notice tone="bad" live>
          {sayProblem(saving.error)}
        </Notice>
      )}
      <NewPasswordField {...form.field('newPassword', t('passwordHint'))} />
      <Button type="submit" look={look} size="large" busy={saving.isPending}>
        {label}
      </Button>
    </form>
  );
}

export const NewPasswordField = (field: Omit<ComponentProps<typeof Field>, 'label'>) => (
  <Field
    label={t('newPassword')}
    type="password"
    autoComplete="new-password"
    hint={t('passwordHint')}
    {...field}
  />
);
