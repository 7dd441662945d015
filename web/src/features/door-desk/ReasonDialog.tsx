import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

interface Props {
  title: string;
  text: string;
  /** Under the field for the reason. */
  hint?: string;
  submit: string;
  busy: boolean;
  error: Error | null;
  onSubmit: (reason: string) => void;
  onClose: () => void;
  /** More fields, before the reason. */
  children?: ReactNode;
}

/** Asks for the reason of something that a manager takes back. Nothing is sent without one. */
export function ReasonDialog({ title, text, hint, submit, busy, error, onSubmit, onClose, children }: Props) {
  const [reason, setReason] = useState('');
  const missing = reason.trim() ? undefined : t('reasonMissing');
  const send = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (!missing && !busy) onSubmit(reason.trim());
  };
  return (
    <Dialog title={title} closeLabel={t('close')} onClose={onClose}>
      <form className="grid gap-5" onSubmit={send}>
        <p>{text}</p>
        {children}
        <Field
          label={t('reason')}
          {...(hint !== undefined && { hint })}
          aria-required
          maxLength={200}
          autoComplete="off"
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        <div aria-live="polite">{error && <Notice tone="bad">{sayProblem(error)}</Notice>}</div>
        <div className="flex flex-wrap justify-end gap-3 max-sm:*:grow">
          <Button look="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" busy={busy} disabledBecause={missing}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
