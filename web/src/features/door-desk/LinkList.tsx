import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { revokeDoorLink } from '../../../../client/endpoints.generated.ts';
import type { DoorLink } from '../../../../contract/door-links.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { doorKey } from './queries.ts';
import { t } from './words.ts';

/** The links of an event, and what became of them. */
export function LinkList({ event, links }: { event: ManagedEvent; links: DoorLink[] }) {
  const [revoked, setRevoked] = useState<DoorLink | null>(null);
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('links')}</h2>
      {links.length === 0 && <p className="mt-3 text-muted">{t('noLinks')}</p>}
      <ul className="mt-3 divide-y divide-line border-line not-empty:border-y">
        {links.map((link) => (
          <LinkRow key={link.id} event={event} link={link} onRevoke={() => setRevoked(link)} />
        ))}
      </ul>
      {revoked && <RevokeDialog event={event} link={revoked} onClose={() => setRevoked(null)} />}
    </section>
  );
}

interface RowProps {
  event: ManagedEvent;
  link: DoorLink;
  onRevoke: () => void;
}

function LinkRow({ event, link, onRevoke }: RowProps) {
  const isValid = link.state === 'valid';
  const types = event.ticketTypes.filter(({ id }) => link.ticketTypeIds?.includes(id));
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-4">
      <div className="min-w-0 flex-1 basis-56">
        <p className={`font-semibold wrap-anywhere ${isValid ? '' : 'text-muted'}`}>
          <bdi>{link.label}</bdi>
          {link.gate && (
            <>
              {' · '}
              <bdi>{link.gate}</bdi>
            </>
          )}
        </p>
        <p className="text-sm">
          {isValid
            ? t('until', { when: formatWhen(link.expiresAt, event.timeZone) })
            : t(`state.${link.state}`)}
          {' · '}
          {t('deviceCount', { count: link.devices })}
        </p>
        <p className="text-sm text-muted wrap-anywhere">
          {t('madeBy', { name: link.createdBy, when: formatWhen(link.createdAt, event.timeZone) })}
          {link.events.length > 1 && <> · {t('eventCount', { count: link.events.length })}</>}
          {!link.seesNames && <> · {t('noNames')}</>}
        </p>
        {types.length > 0 && (
          <p className="text-sm text-muted wrap-anywhere">
            <bdi>{types.map(({ name }) => name).join(', ')}</bdi>
          </p>
        )}
      </div>
      {isValid && (
        <Button look="quiet" size="small" aria-label={`${t('revoke')}: ${link.label}`} onClick={onRevoke}>
          {t('revoke')}
        </Button>
      )}
    </li>
  );
}

function RevokeDialog({
  event,
  link,
  onClose,
}: {
  event: ManagedEvent;
  link: DoorLink;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => call(revokeDoorLink, { params: { eventId: event.id, doorLinkId: link.id } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: doorKey(event.id) });
      onClose();
    },
  });
  return (
    <Dialog
      title={t('revokeTitle', { label: link.label })}
      closeLabel={t('close')}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="danger" busy={revoke.isPending} onClick={() => revoke.mutate()}>
            {t('revoke')}
          </Button>
        </>
      }
    >
      <p>{t('revokeText', { count: link.devices })}</p>
      {revoke.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(revoke.error)}
        </Notice>
      )}
    </Dialog>
  );
}
