import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

/** Asks before something ends for good. */
export function Confirm({
  title,
  text,
  action,
  of,
  onClose,
}: {
  title: string;
  text: string;
  action: string;
  of: { isPending: boolean; error: Error | null; mutate: () => void };
  onClose: () => void;
}) {
  return (
    <Dialog
      title={title}
      closeLabel={t('close')}
      onClose={onClose}
      footer={
        <Button look="danger" busy={of.isPending} onClick={() => of.mutate()}>
          {action}
        </Button>
      }
    >
      <p>{text}</p>
      {of.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(of.error)}
        </Notice>
      )}
    </Dialog>
  );
}
