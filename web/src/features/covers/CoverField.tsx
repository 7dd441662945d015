import { type ClipboardEvent, type DragEvent, type MouseEvent, useId, useState } from 'react';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { focusOf, pictureAddress } from '../../../../contract/picture-address.ts';
import { Button } from '../../ui/Button.tsx';
import { Cover } from '../../ui/Cover.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { DraftForm } from '../organise/EventForm.tsx';
import { pictureKinds, useUpload } from './use-upload.ts';
import { t } from './words.ts';

const steps = 25;

/** The cover: a file that is chosen, dropped or pasted, what stays visible of it, and what it shows. */
export function CoverField({ form, organisationId }: { form: DraftForm; organisationId: OrganisationId }) {
  const id = useId();
  const [over, setOver] = useState(false);
  const [title, url] = form.watch(['title', 'coverUrl']);
  const address = form.field('coverUrl', t('coverHint'));
  const set = (value: string) =>
    form.setValue('coverUrl', value, { shouldDirty: true, shouldValidate: true });
  const says = { kind: t('coverKind'), large: t('coverLarge') };
  const { take, isPending, wrong } = useUpload(organisationId, says, (picture) => set(picture.url));
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const paste = (event: ClipboardEvent) => {
    const [file] = event.clipboardData.files;
    if (!file) return;
    event.preventDefault();
    take(file);
  };
  const isOurs = pictureAddress.test(url);
  const error = wrong ?? (isOurs || url === '' ? address.error : undefined);
  return (
    <fieldset className="grid gap-4" onPaste={paste}>
      <legend className="mb-1.5 text-sm font-semibold">{t('cover')}</legend>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way of three */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={`grid gap-4 rounded-card border-2 border-dashed p-3 sm:grid-cols-[15rem_1fr] ${over ? 'border-accent bg-sunken' : 'border-line-strong/60'}`}
      >
        <Preview title={title} url={url} onFocus={isOurs ? (focus) => set(withFocus(url, focus)) : null} />
        <div className="grid content-center justify-items-start gap-3">
          <label
            htmlFor={id}
            className="relative inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full border border-line-strong/60 px-5 font-semibold hover:bg-sunken focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus"
          >
            {!isPending && <Icon name="plus" size={18} />}
            {isPending ? t('coverSending') : t(url ? 'coverOther' : 'coverChoose')}
            <input
              id={id}
              type="file"
              accept={pictureKinds.join(',')}
              disabled={isPending}
              aria-describedby={`${id}-note`}
              aria-invalid={error ? true : undefined}
              className="absolute inset-0 size-full cursor-pointer opacity-0"
              onChange={(event) => {
                take(event.target.files?.[0]);
                // The same file can be chosen again.
                event.target.value = '';
              }}
            />
          </label>
          {url && (
            <Button look="plain" size="small" onClick={() => set('')}>
              {t('coverRemove')}
            </Button>
          )}
          <p
            id={`${id}-note`}
            role={error ? 'alert' : undefined}
            className={`text-sm ${error ? 'font-medium text-bad' : 'text-muted'}`}
          >
            {error ?? t('coverDrop')}
          </p>
        </div>
      </div>
      {isOurs && <FocusFields url={url} onChange={set} />}
      {url && <Field label={t('coverAlt')} hint={t('coverAltHint')} {...form.field('coverAlt')} />}
      {!isOurs && <Field label={t('coverAddress')} hint={t('coverHint')} inputMode="url" {...address} />}
    </fieldset>
  );
}

/** The picture as cards cut it. A click chooses what stays visible; the fields below do the same with the keyboard. */
function Preview(of: { title: string; url: string; onFocus: ((focus: [number, number]) => void) | null }) {
  const { title, url, onFocus } = of;
  const choose = ({ currentTarget, clientX, clientY }: MouseEvent) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    onFocus?.([rounded((clientX - left) / width), rounded((clientY - top) / height)]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the fields below do the same
    // biome-ignore lint/a11y/useKeyWithClickEvents: the fields below do the same
    <div onClick={choose} className={onFocus ? 'cursor-crosshair' : undefined}>
      <Cover key={url} src={url || null} title={title} className="aspect-3/2 w-full rounded-field" />
    </div>
  );
}

function FocusFields({ url, onChange }: { url: string; onChange: (url: string) => void }) {
  const focus = focusOf(url);
  const slider = (label: string, axis: 0 | 1) => (
    <label className="grid gap-1 text-sm font-semibold">
      {label}
      <input
        type="range"
        min={0}
        max={100}
        step={steps}
        value={focus[axis]}
        onChange={(event) => {
          const next: [number, number] = [...focus];
          next[axis] = Number(event.target.value);
          onChange(withFocus(url, next));
        }}
        className="min-h-11 w-full accent-accent"
      />
    </label>
  );
  return (
    <div>
      <div className="grid gap-4 sm:grid-cols-2">
        {slider(t('coverAcross'), 0)}
        {slider(t('coverDown'), 1)}
      </div>
      <p className="text-sm text-muted">{t('coverFocusHint')}</p>
    </div>
  );
}

const rounded = (share: number) => Math.min(100, Math.max(0, Math.round((share * 100) / steps) * steps));

const withFocus = (url: string, [x, y]: [number, number]) => `${url.split('?')[0]}?f=${x}-${y}`;
