import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { type AreaProps, AreaTickets } from './AreaTickets.tsx';
import type { SeatModel } from './seat-model.ts';
import { t } from './words.ts';

interface Props extends Omit<AreaProps, 'types'> {
  model: SeatModel;
  /** The section of the area. */
  section: number;
  onClose: () => void;
}

/** Opens when somebody taps a standing area on the map. */
export function AreaDialog({ model, section, onClose, ...tickets }: Props) {
  const area = model.areas.find((each) => each.section === section);
  if (!area) return null;
  return (
    <Dialog
      title={area.name}
      closeLabel={t('close')}
      onClose={onClose}
      footer={<Button onClick={onClose}>{t('areaDone')}</Button>}
    >
      <p className="mb-3 text-muted">{t('areaText')}</p>
      {area.types.length === 0 ? <p>{t('areaNone')}</p> : <AreaTickets {...tickets} types={area.types} />}
    </Dialog>
  );
}
