import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { Voucher } from '../../../../contract/vouchers.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { locale } from '../../ui/language.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { ChangeButton } from './ChangeButton.tsx';
import { RevokeButton } from './RevokeButton.tsx';
import { t } from './words.ts';

/** One code: what it does, how often it was used, its link, and its end. */
export function CodeRow({ event, voucher }: { event: ManagedEvent; voucher: Voucher }) {
  const { code, state } = voucher;
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-4">
      <div className="min-w-0 grow basis-56">
        <p className="wrap-anywhere">
          <bdi dir="ltr" className="font-mono font-semibold">
            {code}
          </bdi>{' '}
          <span className={state === 'open' ? 'text-good' : 'text-muted'}>{t(state)}</span>
        </p>
        <p className="mt-1 text-sm wrap-anywhere">{whatItDoes(event, voucher).join(' · ')}</p>
        <p className="mt-1 text-sm text-muted wrap-anywhere">{howUsed(event, voucher).join(' · ')}</p>
        {voucher.sold > 0 && (
          <Link
            to={paths.soldOrders}
            search={{ org: event.organisation.id, event: event.id, code }}
            className="mt-1 inline-flex min-h-11 items-center text-sm font-semibold text-accent underline-offset-4 hover:underline"
          >
            {t('orders')}
          </Link>
        )}
      </div>
      {state !== 'revoked' && (
        <div className="flex flex-wrap gap-2">
          {state === 'open' && <CopyLink event={event} code={code} />}
          <ChangeButton
            event={event}
            which={{ ids: [voucher.id] }}
            count={1}
            label={t('change')}
            ariaLabel={t('changeOf', { code })}
            voucher={voucher}
          />
          <RevokeButton
            eventId={event.id}
            which={{ ids: [voucher.id] }}
            count={1}
            label={t('revoke')}
            ariaLabel={t('revokeOf', { code })}
          />
        </div>
      )}
    </li>
  );
}

function whatItDoes(event: ManagedEvent, voucher: Voucher): string[] {
  const { percentOff, amountOff, price, ticketTypeIds, seat, keepsPlaces, validUntil } = voucher;
  const percent = (value: number) =>
    new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(value / 100);
  const effect =
    percentOff !== null
      ? t('percentOff', { percent: percent(percentOff) })
      : amountOff
        ? t('amountOff', { amount: formatMoney(amountOff) })
        : price
          ? t('price', { amount: formatMoney(price) })
          : t('noEffect');
  const names = (ticketTypeIds ?? []).flatMap(
    (id) => event.ticketTypes.find((type) => type.id === id)?.name ?? [],
  );
  return [
    effect,
    ...names,
    ...(seat ? [`${seat.section} ${seat.row}${seat.seat}`] : []),
    ...(keepsPlaces ? [t('keepsPlaces')] : []),
    ...(validUntil ? [t('until', { when: formatWhen(validUntil, event.timeZone) })] : []),
  ];
}

function howUsed(_event: ManagedEvent, { tag, uses, sold, held, off, budget }: Voucher): string[] {
  const taken = formatMoney(off);
  return [
    ...(tag ? [tag] : []),
    t('usesOf', { used: sold, uses }),
    ...(held > 0 ? [t('heldNow', { count: String(held) })] : []),
    ...(budget
      ? [t('takingOf', { amount: taken, budget: formatMoney(budget) })]
      : off.amount > 0
        ? [t('taking', { amount: taken })]
        : []),
  ];
}

/** The page that the code opens by itself. */
const linkOf = ({ slug }: ManagedEvent, code: string): string =>
  `${location.origin}${paths.event.replace('$slug', encodeURIComponent(slug))}?code=${encodeURIComponent(code)}`;

function CopyLink({ event, code }: { event: ManagedEvent; code: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <Button
      look="quiet"
      size="small"
      aria-label={copied ? t('copied') : t('copyLinkOf', { code })}
      onClick={() => void navigator.clipboard.writeText(linkOf(event, code)).then(() => setCopied(true))}
    >
      <span aria-live="polite">{t(copied ? 'copied' : 'copyLink')}</span>
    </Button>
  );
}
