import type { Hold, Line } from '../../../contract/holds.ts';
import { fullPriceOf, reductionOf, taxesOf } from '../../../web/src/features/promo/promo.ts';
import { type Html, html, list, row } from './html.ts';
import type { Speech } from './words.ts';

type Priced = Pick<Hold, 'lines' | 'orderFee' | 'parts' | 'total'>;

/** What is bought and what it costs, with the seats, the reductions, the fees and the taxes. */
export function summary({ lines, orderFee, parts, total }: Priced, speech: Speech): Html {
  const { buy, promo, money } = speech;
  const reduction = reductionOf(lines);
  const included = [
    ...taxesOf(lines).map(({ name, ratePercent, tax }) =>
      promo('includesTax', { name, rate: speech.percent(ratePercent), amount: money(tax) }),
    ),
    parts.fee.amount > 0 && promo('includesFee', { amount: money(parts.fee) }),
    parts.feeTax.amount > 0 && promo('includesFeeTax', { amount: money(parts.feeTax) }),
  ];
  return html`${list(
    lines.map((line) =>
      row(
        html`${line.quantity} × <bdi>${line.name}</bdi>${seatsOf(line, speech).map(
          (seat) => html`<br><bdi class="text-sm text-muted">${seat}</bdi>`,
        )}`,
        speech.price(fullPriceOf(line)),
      ),
    ),
    reduction &&
      row(
        html`${promo('code')} <bdi>${reduction.code}</bdi>`,
        money({ ...reduction.off, amount: -reduction.off.amount }),
      ),
    orderFee.amount > 0 && row(promo('orderFee'), money(orderFee)),
    row(html`<strong>${buy('total')}</strong>`, html`<strong>${speech.price(total)}</strong>`),
  )}${included.filter(Boolean).map((text) => html`<p class="text-sm text-muted">${text}</p>`)}`;
}

/** The seats of a line in words; none for places without numbers. */
export const seatsOf = ({ seats = [] }: Pick<Line, 'seats'>, { buy }: Speech): string[] =>
  seats.map(({ section, row, seat }) =>
    row === '' ? buy('seatNameNoRow', { section, seat }) : buy('seatName', { section, row, seat }),
  );
