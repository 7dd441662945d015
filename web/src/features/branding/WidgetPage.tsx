import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { createElement, useEffect, useState } from 'react';
import { languages } from '../../../../contract/languages.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { managedEventQuery } from '../organise/queries.ts';
import { isLinkName, type WidgetAttributes, widgetCode } from './widget-code.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/widget');

/** The code that sells an event's tickets on another site, with a preview (docs/widget.md). */
export function WidgetPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const [label, setLabel] = useState('');
  const [lang, setLang] = useState('');
  const [theme, setTheme] = useState('');
  const [via, setVia] = useState('');
  const [copied, setCopied] = useState('');
  useTitle(`${t('widget')} · ${event.title}`);
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
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('widget')}
    >
      <p className="mt-2 text-muted">{t('widgetText')}</p>
      <div className="mt-6 grid gap-4 sm:grid-cols-2 sm:items-start">
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
        <h2 id="code" className="text-xl font-bold tracking-tight">
          {t('code')}
        </h2>
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
        <h2 id="preview" className="text-xl font-bold tracking-tight">
          {t('preview')}
        </h2>
        {event.status === 'draft' ? (
          <Notice className="mt-3">{t('widgetDraft')}</Notice>
        ) : (
          <Preview attributes={given} />
        )}
      </section>
    </Subpage>
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
      <div className="mt-4">{createElement('admit-event', { key: JSON.stringify(given), ...given })}</div>
    </>
  );
}
