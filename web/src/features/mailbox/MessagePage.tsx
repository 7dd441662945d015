import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { addressOf } from '../../../../client/endpoint.ts';
import { getMailboxAttachment } from '../../../../client/endpoints.generated.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { MailFrame } from '../../ui/MailFrame.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { formatWhen } from '../../ui/When.tsx';
import { messageQuery } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/mailbox/$messageId');

export function MessagePage() {
  const { messageId } = route.useParams();
  const { data: mail } = useSuspenseQuery(messageQuery(messageId));
  useTitle(mail.subject);
  return (
    <Subpage back={{ to: paths.mailbox }} backText={t('back')} title={<bdi>{mail.subject}</bdi>}>
      <p className="mt-2 text-sm text-muted">
        {t('from')} {mail.from} · {t('to')} {mail.to} · {formatWhen(mail.sentAt, ownTimeZone(), 'long')}
      </p>
      {mail.attachments.length > 0 && (
        <ul aria-label={t('attachments')} className="mt-4 flex flex-wrap gap-2">
          {mail.attachments.map(({ name, bytes }, index) => (
            <li key={name} className="max-w-full">
              <a
                href={addressOf(getMailboxAttachment, { params: { messageId: mail.id, index } })}
                download={name}
                className={buttonClass('quiet', 'small', 'max-w-full flex-wrap')}
              >
                <Icon name="download" size={16} />
                <bdi className="min-w-0 break-words">{name}</bdi>{' '}
                <span className="text-muted">{Math.ceil(bytes / 1024)} KB</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <MailFrame html={mail.html} title={t('content')} />
      <details className="mt-4">
        <summary className="py-2 font-semibold">{t('asText')}</summary>
        <pre className="mt-2 overflow-x-auto rounded-card bg-sunken p-4 text-sm whitespace-pre-wrap">
          {mail.text}
        </pre>
      </details>
    </Subpage>
  );
}
