import { useId } from 'react';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { pictureKinds, useUpload } from '../covers/use-upload.ts';
import { t } from './words.ts';

/** The logo: a picture that is uploaded at once, and shown when the form is saved. */
export function LogoField(of: {
  organisationId: OrganisationId;
  url: string;
  wrong: boolean;
  onChange: (url: string) => void;
}) {
  const { organisationId, url, wrong: isWrong, onChange } = of;
  const id = useId();
  const says = { kind: t('logoKind'), large: t('logoLarge') };
  const { take, isPending, wrong } = useUpload(organisationId, says, (picture) => onChange(picture.url));
  const error = wrong ?? (isWrong ? t('logoKind') : null);
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1.5 text-sm font-semibold">{t('logo')}</legend>
      {url && <img src={url} alt="" className="h-20 w-auto max-w-full justify-self-start object-contain" />}
      <p className="flex flex-wrap items-center gap-3">
        <label
          htmlFor={id}
          className="relative inline-flex min-h-11 cursor-pointer items-center rounded-full border border-line-strong/60 px-5 font-semibold hover:bg-sunken focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus"
        >
          {isPending ? t('logoSending') : t(url ? 'logoOther' : 'logoChoose')}
          <input
            id={id}
            type="file"
            accept={pictureKinds.join(',')}
            disabled={isPending}
            aria-describedby={`${id}-note`}
            className="absolute inset-0 size-full cursor-pointer opacity-0"
            onChange={(event) => {
              take(event.target.files?.[0]);
              // The same file can be chosen again.
              event.target.value = '';
            }}
          />
        </label>
        {url && (
          <Button look="plain" size="small" onClick={() => onChange('')}>
            {t('logoRemove')}
          </Button>
        )}
      </p>
      <p
        id={`${id}-note`}
        role={error ? 'alert' : undefined}
        className={`text-sm ${error ? 'font-medium text-bad' : 'text-muted'}`}
      >
        {error ?? t('logoHint')}
      </p>
    </fieldset>
  );
}
