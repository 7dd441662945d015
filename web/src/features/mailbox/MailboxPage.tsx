import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { paths } from '../../paths.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { formatWhen } from '../../ui/When.tsx';
import { mailboxQuery } from './queries.ts';
import { t } from './words.ts';

export function MailboxPage() {
  useTitle(t('title'));
  const { data } = useSuspenseQuery({ ...mailboxQuery, refetchInterval: 3_000 });
  const [to, setTo] = useState('');
  const items = data.items.filter((mail) => mail.to.toLowerCase().includes(to.trim().toLowerCase()));
  return (
    <div className="page max-w-3xl py-8 sm:py-12">
      <h1 tabIndex={-1} className="text-title font-extrabold">
        {t('title')}
      </h1>
      <p className="mt-2 text-muted">{t('lead')}</p>
      {data.items.length > 0 && (
        <Field
          className="mt-6"
          type="search"
          label={t('filter')}
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      )}
      {items.length === 0 && (
        <EmptyState icon="mail" title={t('none')}>
          {t('noneText')}
        </EmptyState>
      )}
      <ul className="mt-6 divide-y divide-line">
        {items.map((mail) => (
          <li key={mail.id} className="relative py-4">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <h2 dir="auto" className="page-side min-w-[min(8rem,100%)] flex-1 truncate font-bold">
                <Link
                  to={paths.message}
                  params={{ messageId: mail.id }}
                  className="after:absolute after:inset-0"
                >
                  {mail.subject}
                </Link>
              </h2>
              <time dateTime={mail.sentAt} className="text-sm text-muted">
                {formatWhen(mail.sentAt, ownTimeZone())}
              </time>
            </div>
            <p className="flex items-center gap-3 text-sm text-muted">
              <span className="truncate">
                {t('to')} {mail.to}
              </span>
              {mail.attachments.length > 0 && (
                <span className="inline-flex items-center gap-1">
                  <Icon name="download" size={14} />
                  {mail.attachments.length}
                </span>
              )}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
