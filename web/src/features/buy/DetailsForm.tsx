import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import type { Line } from '../../../../contract/holds.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { AttendeeFields } from './AttendeeFields.tsx';
import { type Buyer, knownBuyer } from './held.ts';
import { t } from './words.ts';

/** Who buys and, where the organiser asks, who comes. */
export interface Details {
  buyer: Buyer;
  attendees?: { name: string }[];
}

interface Props {
  free: boolean;
  busy: boolean;
  /** What is bought, where the organiser asks who comes. */
  named: Line[] | null;
  /** Who buys, once that is settled. */
  done: Buyer | null;
  /** By the field's name in the request. */
  errors: Record<string, string | undefined>;
  onSubmit: (details: Details) => void;
}

export function DetailsForm({ free, busy, named, done, errors, onSubmit }: Props) {
  const { data: me } = useQuery(meQuery);
  const here = useLocation({ select: (location) => location.href });
  const guest = !me || me.isGuest;
  const known = knownBuyer() ?? (guest ? null : { name: me.name, email: me.email ?? '' });
  return (
    <section aria-labelledby="details">
      <h2 id="details" className="flex items-center gap-2 text-xl font-bold tracking-tight">
        {free ? '' : '1. '}
        {t('yourDetails')}
        {done && <Icon name="check" className="text-good" strokeWidth={3} />}
      </h2>
      {done ? (
        <p className="mt-2 text-muted">
          <bdi>{done.name}</bdi> · <bdi>{done.email}</bdi>
        </p>
      ) : (
        <form
          className="mt-4 grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            const form = new FormData(event.currentTarget);
            if (busy) return;
            const attendees = form.getAll('attendee').map((name) => ({ name: String(name).trim() }));
            onSubmit({
              buyer: { name: String(form.get('name')).trim(), email: String(form.get('email')).trim() },
              ...(attendees.length > 0 && { attendees }),
            });
          }}
        >
          {guest && (
            <p className="text-muted">
              {t('guestText')}
              <Link
                to={paths.signIn}
                search={{ next: here }}
                className="font-semibold text-accent underline underline-offset-2"
              >
                {t('signInInstead')}
              </Link>
            </p>
          )}
          <Field
            label={t('name')}
            name="name"
            autoComplete="name"
            required
            maxLength={120}
            defaultValue={known?.name}
            error={errors['buyer.name']}
          />
          <Field
            label={t('email')}
            name="email"
            type="email"
            autoComplete="email"
            inputMode="email"
            required
            maxLength={254}
            defaultValue={known?.email}
            hint={t('detailsText')}
            error={errors['buyer.email']}
          />
          {named && <AttendeeFields lines={named} buyerName={known?.name} errors={errors} />}
          <Button
            type="submit"
            size="large"
            busy={busy}
            className="mt-2 w-full sm:w-auto sm:justify-self-start"
          >
            {t(free ? 'getFree' : 'toPayment')}
          </Button>
        </form>
      )}
    </section>
  );
}
