import { useId } from 'react';
import type { DraftForm } from './EventForm.tsx';
import { Part } from './Part.tsx';
import { reminderNames, sayReminder } from './reminder-draft.ts';
import { t } from './words.ts';

/** When the people who hold tickets are reminded of the event by mail. */
export function ReminderFields({ form }: { form: DraftForm }) {
  const hint = useId();
  return (
    <Part title={t('reminders')}>
      <fieldset aria-describedby={hint}>
        <legend className="sr-only">{t('reminders')}</legend>
        <p id={hint} className="text-muted">
          {t('remindersHint')}
        </p>
        <div className="mt-3 grid gap-x-4 sm:grid-cols-2">
          {reminderNames(form.watch('reminders')).map((name) => (
            <label key={name} className="flex min-h-12 items-center gap-3">
              <input
                type="checkbox"
                className="size-6 shrink-0 accent-accent"
                {...form.register(`reminders.${name}`)}
              />
              {sayReminder(name)}
            </label>
          ))}
        </div>
      </fieldset>
    </Part>
  );
}
