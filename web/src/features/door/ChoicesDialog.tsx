import { Link } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import type { DeviceChoices } from './device-choices.ts';
import { signal } from './signals.ts';
import { t } from './words.ts';

export function ChoicesDialog({
  choices,
  onChange,
  onClose,
}: {
  choices: DeviceChoices;
  onChange: (change: Partial<DeviceChoices>) => void;
  onClose: () => void;
}) {
  const tick = (name: 'sound' | 'vibration') => (
    <label className="flex min-h-11 items-center gap-3">
      <input
        type="checkbox"
        className="size-5 accent-accent"
        checked={choices[name]}
        onChange={(change) => onChange({ [name]: change.target.checked })}
      />
      {t(name)}
    </label>
  );
  return (
    <Dialog title={t('settings')} closeLabel={t('close')} onClose={onClose}>
      <p className="text-muted">{t('settingsText')}</p>
      <Field
        label={t('gate')}
        hint={t('gateHint')}
        className="mt-4"
        maxLength={40}
        value={choices.gate}
        onChange={(change) => onChange({ gate: change.target.value })}
      />
      <div className="mt-4 flex flex-col">
        {tick('sound')}
        {tick('vibration')}
      </div>
      <Button look="quiet" className="mt-2" onClick={() => void playAll(choices)}>
        {t('tryTheSound')}
      </Button>
      <p className="mt-4">
        <Link to={paths.doorGuide} className="inline-block py-2 font-semibold underline underline-offset-2">
          {t('guideLink')}
        </Link>
      </p>
    </Dialog>
  );
}

async function playAll(choices: DeviceChoices): Promise<void> {
  for (const kind of ['admit', 'refuse', 'wait'] as const) {
    signal(kind, choices);
    await new Promise((done) => setTimeout(done, 900));
  }
}
