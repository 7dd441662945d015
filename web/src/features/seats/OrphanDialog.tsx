import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { SeatModel } from './seat-model.ts';
import { seatName } from './seat-names.ts';
import { t } from './words.ts';

interface Props {
  model: SeatModel;
  orphans: number[];
  onBack: () => void;
  onContinue: () => void;
}

/** Warns, before seats are held, that a single seat would be left. It does not forbid it. */
export function OrphanDialog({ model, orphans, onBack, onContinue }: Props) {
  return (
    <Dialog
      title={t('orphanTitle', { count: orphans.length })}
      closeLabel={t('close')}
      onClose={onBack}
      footer={
        <>
          <Button look="quiet" onClick={onContinue}>
            {t('orphanContinue')}
          </Button>
          <Button onClick={onBack}>{t('orphanBack')}</Button>
        </>
      }
    >
      <p>{t('orphanText')}</p>
      <ul className="mt-3 list-disc ps-5 font-medium">
        {orphans.map((seat) => (
          <li key={seat}>{seatName(model, seat)}</li>
        ))}
      </ul>
    </Dialog>
  );
}
