import type { UseMutationResult } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { Secret } from './Secret.tsx';
import { t } from './words.ts';

const choices = [0, 1, 24, 72, 168];

/** Gives a key or an endpoint another secret, and shows it once. */
export function RotateDialog({
  name,
  rotate,
  onClose,
}: {
  name: string;
  rotate: UseMutationResult<{ secret: string }, Error, number>;
  onClose: () => void;
}) {
  const [hours, setHours] = useState(24);
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (!rotate.isPending) rotate.mutate(hours);
  };
  return (
    <Dialog
      title={t('rotateNamed', { name })}
      closeLabel={t('close')}
      onClose={() => rotate.isPending || onClose()}
      stays={rotate.isSuccess}
    >
      {rotate.data ? (
        <Secret secret={rotate.data.secret} />
      ) : (
        <form onSubmit={submit} noValidate className="grid gap-4">
          <p className="text-muted">{t('rotateText')}</p>
          <Select
            label={t('overlap')}
            value={hours}
            onChange={({ target }) => setHours(Number(target.value))}
          >
            {choices.map((each) => (
              <option key={each} value={each}>
                {each === 0 ? t('notAtAll') : t('hours', { hours: each })}
              </option>
            ))}
          </Select>
          {rotate.error && (
            <Notice tone="bad" live>
              {sayProblem(rotate.error)}
            </Notice>
          )}
          <div className="flex justify-end max-sm:*:grow">
            <Button type="submit" busy={rotate.isPending}>
              {t('rotate')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
