import { useMutation } from '@tanstack/react-query';
import { addressOf } from '../../../../client/endpoint.ts';
import { askForPaper, getTicketPdf } from '../../../../client/endpoints.generated.ts';
import type { TicketCodes } from '../../../../contract/event-fields.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { Icon } from '../../ui/Icon.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { takeFile } from './embedded.ts';
import { t } from './words.ts';

const look =
  '-ms-3 mt-4 inline-flex min-h-11 items-center gap-2 rounded-full px-3 font-semibold text-accent hover:bg-accent-soft';

/** The ticket on paper: at once, if the guest asks for it, or not at all, as the event allows. */
export function Paper({ ticketId, ticketCodes }: { ticketId: TicketId; ticketCodes: TicketCodes }) {
  const href = addressOf(getTicketPdf, { params: { ticketId } });
  const ask = useMutation({
    mutationFn: () => call(askForPaper, { params: { ticketId } }),
    onSuccess: () => takeFile(href),
  });
  if (ticketCodes === 'rotating') return null;
  if (ticketCodes === 'fixed')
    return (
      <a href={href} download className={look}>
        <Icon name="download" size={18} />
        {t('onePdf')}
      </a>
    );
  return (
    <>
      <button type="button" className={look} disabled={ask.isPending} onClick={() => ask.mutate()}>
        <Icon name="download" size={18} />
        {t('toPaper')}
      </button>
      {ask.isError && (
        <p role="alert" className="mt-1 text-bad">
          {sayProblem(ask.error)}
        </p>
      )}
    </>
  );
}
