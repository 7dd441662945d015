import { useEffect, useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { languages } from '../../../../contract/languages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { isLinkName, type WidgetAttributes, widgetCode } from './widget-code.ts';
import { t } from './words.ts';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      /** public/widget.js */
      'admit-event': WidgetAttributes & { key: string };
    }
  }
}

/** Opens the code that sells an event's tickets on another site, with a preview (docs/widget.md). */
export function WidgetButton({ event }: { event: ManagedEvent }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button look="quiet" onClick={() => setIsOpen(true)}>
        {t('widget')}
      </Button>
      {isOpen && (
        <Dialog title={t('widget')} closeLabel={t('close')} onClose={() => setIsOpen(false)}>
          <Widget event={event} />
        </Dialog>
      )}
    </>
  );
}

function Widget({ event }: { event: ManagedEvent }) {
  const [label, setLabel] = useState('');
  const [lang, setLang] = useState('');
  const [theme, setTheme] = useState('');
  const [via, setVia] = useState('');
  const [copied, setCopied] = useState('');
  const isNamed = isLinkName(via.trim());
  const given: WidgetAttributes = {
    event: event.slug,
    label: label.trim(),
    lang,
    theme,
    via: isNamed ? via.trim() : '',
  };
  const code = widgetCode(location.origin, given, event.title);
  return (
    <>
      <p className="text-muted">{t('widgetText')}</p>
      <div className="mt-4 grid gap-4">
        <Field
          label={t('label')}
          hint={t('labelHint')}
          value={label}
          maxLength={60}
          onChange={(change) => setLabel(change.target.value)}
        />
        <Field
          label={t('via')}
          hint={t('viaHint')}
          value={via}
          maxLength={60}
          error={isNamed ? undefined : t('viaWrong')}
          onChange={(change) => setVia(change.target.value)}
        />
        <Select label={t('language')} value={lang} onChange={(change) => setLang(change.target.value)}>
          <option value="">{t('languageAuto')}</option>
          {Object.entries(languages).map(([tag, { name }]) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </Select>
        <Select label={t('theme')} value={theme} onChange={(change) => setTheme(change.target.value)}>
          <option value="">{t('themeAuto')}</option>
          <option value="light">{t('themeLight')}</option>
          <option value="dark">{t('themeDark')}</option>
        </Select>
      </div>
      <section aria-labelledby="code" className="mt-8">
        <h3 id="code" className="text-lg font-bold tracking-tight">
          {t('code')}
        </h3>
        <pre dir="ltr" className="mt-3 rounded-card bg-sunken p-4 text-sm whitespace-pre-wrap wrap-anywhere">
          <code className="select-all">{code}</code>
        </pre>
        <Button
          look="quiet"
          size="small"
          className="mt-3"
          onClick={() => void navigator.clipboard?.writeText(code).then(() => setCopied(code))}
        >
          {t(copied === code ? 'copied' : 'copy')}
        </Button>
      </section>
      <section aria-labelledby="preview" className="mt-8">
        <h3 id="preview" className="text-lg font-bold tracking-tight">
          {t('preview')}
        </h3>
        {event.status === 'draft' ? (
          <Notice className="mt-3">{t('widgetDraft')}</Notice>
        ) : (
          <Preview attributes={given} />
        )}
      </section>
    </>
  );
}

/** The widget itself, as another site would show it. */
function Preview({ attributes }: { attributes: WidgetAttributes }) {
  useEffect(() => {
    if (customElements.get('admit-event')) return;
    document.head.append(Object.assign(document.createElement('script'), { src: '/widget.js', async: true }));
  }, []);
  const given = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value));
  return (
    <>
      <p className="mt-2 text-muted">{t('previewText')}</p>
      <div className="mt-4">
        <admit-event key={JSON.stringify(given)} {...given} />
      </div>
    </>
  );
}
