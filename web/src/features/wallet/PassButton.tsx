import { useMutation, useQuery } from '@tanstack/react-query';
import { addressOf } from '../../../../client/endpoint.ts';
import { askForPaper, getApplePass, makeGooglePass } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { TicketCodes } from '../../../../contract/event-fields.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { walletOf } from './pass-wallet.ts';
import { passWalletsQuery } from './queries.ts';
import { t } from './words.ts';

/*
 * Apple and Google license their badges to whoever has an account with them, and allow no drawing of their own logos. So this is a
 * button with the words that they prescribe and without a logo: black with a thin outline that dark pages need, 48 pixels high, with
 * clear space of more than a tenth of its height (docs/wallet-passes.md).
 */
const look =
  'my-3 inline-flex min-h-12 max-w-full items-center justify-center rounded-full border border-white/40 bg-black px-6 py-2 text-center font-semibold text-white disabled:opacity-60';

/**
 * Adds a ticket to the wallet of this device; nothing if the site makes no passes for it. A pass is a copy that never turns. So if
 * codes turn, it is for guests who may have paper, and asks for the paper first.
 */
export function PassButton({ ticketId, ticketCodes }: { ticketId: TicketId; ticketCodes: TicketCodes }) {
  const { data: wallets } = useQuery(passWalletsQuery);
  const wallet = walletOf(navigator);
  const params = { ticketId };
  const add = useMutation({
    mutationFn: async () => {
      if (ticketCodes !== 'fixed') await call(askForPaper, { params });
      if (wallet === 'google') return (await call(makeGooglePass, { params })).saveUrl;
      // Asks before it leaves the page: if the server refuses, this page says why. Browsers open the file only from its address.
      await call(getApplePass, { params });
      return addressOf(getApplePass, { params });
    },
    onSuccess: (address) => window.location.assign(address),
  });
  if (ticketCodes === 'rotating' || !wallets?.wallets.includes(wallet)) return null;
  return (
    <div>
      <button type="button" className={look} disabled={add.isPending} onClick={() => add.mutate()}>
        {t(wallet === 'apple' ? 'toApple' : 'toGoogle')}
      </button>
      {add.isError && (
        <p role="alert" className="text-bad">
          {sayPassProblem(add.error)}
        </p>
      )}
    </div>
  );
}

/** Refusals that only this button gets are said here: texts of problems are loaded with every page. */
const sayPassProblem = (error: unknown): string =>
  isProblem(error, 'passes_off', 'google_wallet_unavailable') ? t(error.code) : sayProblem(error);
