import { useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { Notice } from '../../ui/Notice.tsx';
import type { DraftForm } from '../organise/EventForm.tsx';
import { useSettled } from '../organise/use-settled.ts';
import { EventPreview } from './EventPreview.tsx';
import { Frame } from './Frame.tsx';
import { previewOf } from './preview-event.ts';
import { t } from './words.ts';

const screens = { phone: { width: 390, height: 780 }, desktop: { width: 1280, height: 1600 } };

/** What a buyer would see, as it is typed. */
export function PreviewPane({ form, event }: { form: DraftForm; event: ManagedEvent }) {
  const [screen, setScreen] = useState<keyof typeof screens>('phone');
  const draft = useSettled(form.watch(), 150);
  const isOpen = event.undecided.length > 0 && (draft.startsAt === '' || draft.endsAt === '');
  return (
    <section aria-label={t('preview')} className="grid gap-3">
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">{t('previewScreen')}</legend>
        {(['phone', 'desktop'] as const).map((each) => (
          <label
            key={each}
            className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full border border-line px-4 font-medium has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name="preview-screen"
              className="accent-accent"
              checked={screen === each}
              onChange={() => setScreen(each)}
            />
            {t(each)}
          </label>
        ))}
      </fieldset>
      {isOpen && <Notice>{t('previewNoDate')}</Notice>}
      <div className={screen === 'phone' ? 'w-full max-w-[390px]' : 'w-full'}>
        <Frame key={screen} title={t('preview')} {...screens[screen]}>
          <EventPreview event={previewOf(draft, event)} />
        </Frame>
      </div>
    </section>
  );
}
