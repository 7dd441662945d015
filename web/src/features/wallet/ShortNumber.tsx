import { useQuery } from '@tanstack/react-query';
import type { TicketId } from '../../../../contract/ids.ts';
import { shortNumberQuery } from './queries.ts';
import { t } from './words.ts';

interface Props {
  ticket: { id: TicketId; issue: number; shortNumber?: string | null };
  /** True if the server is unreachable. */
  offline: boolean;
}

/** What the guest reads aloud at the door if the code cannot be scanned. An order does not have it, because its team sees orders too. */
export function ShortNumber({ ticket, offline }: Props) {
  const asked = useQuery({
    ...shortNumberQuery(ticket),
    enabled: ticket.shortNumber === undefined && !offline,
  });
  const number = ticket.shortNumber ?? asked.data;
  // The line keeps its height, so that nothing moves when the number comes.
  return (
    <p className="mt-3 min-h-12 max-w-54 text-center text-sm text-muted">
      {number && (
        <>
          {t('shortNumber')}
          <br />
          <bdi dir="ltr" className="text-lg font-bold tracking-wider text-ink numeric">
            {number}
          </bdi>
        </>
      )}
    </p>
  );
}
