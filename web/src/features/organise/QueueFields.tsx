import type { ManagedEvent } from '../../../../contract/events.ts';
import { Select } from '../../ui/Field.tsx';
import type { DraftForm } from './EventForm.tsx';
import { WallTime } from './WallTime.tsx';
import { t } from './words.ts';

/** Whether people wait in a queue before they choose places, and when it opens. */
export function QueueFields({ form, before }: { form: DraftForm; before: ManagedEvent | null }) {
  const mode = form.watch('queueMode');
  return (
    <>
      <Select label={t('queueMode')} hint={t(`queueHint_${mode}`)} {...form.field('queueMode')}>
        <option value="off">{t('queueOff')}</option>
        <option value="always">{t('queueAlways')}</option>
        <option value="scheduled">{t('queueScheduled')}</option>
        <option value="under-load">{t('queueUnderLoad')}</option>
      </Select>
      {mode === 'scheduled' && (
        <div>
          <WallTime
            form={form}
            name="queueOpensAt"
            label={t('queueOpensAt')}
            wrong={t('queueOpensAtWrong')}
            required
          />
          {before?.status === 'published' && before.waitingRoom.mode === 'scheduled' && (
            <p className="mt-2 text-sm text-muted">{t('queueOpensAtLate')}</p>
          )}
        </div>
      )}
    </>
  );
}
