import type { ComponentProps } from 'react';
import { Select } from '../../ui/Field.tsx';
import { t } from './words.ts';

/** In the form of an event, at a ticket type: whether everybody sees it, or only who has a code. */
export function ShownField({
  isSeated,
  field,
}: {
  isSeated: boolean;
  field: Omit<ComponentProps<typeof Select>, 'label' | 'children'>;
}) {
  return (
    <Select
      label={t('shown')}
      hint={isSeated ? t('shownSeats') : t('shownHint')}
      className="col-span-full"
      {...field}
      {...(isSeated && { disabled: true, value: 'all' })}
    >
      <option value="all">{t('shownAll')}</option>
      <option value="code">{t('shownCode')}</option>
    </Select>
  );
}
