import { Refused } from '../../../contract/errors.ts';
import type { PaymentId } from '../../../contract/ids.ts';
import {
  authenticateSandboxPayment,
  confirmSandboxPayment,
  getSandboxPayment,
} from '../../../contract/payments.ts';
import { askApi, type Visit } from './ask-api.ts';
import { button, buttonLink, field, form, type Html, hidden, html, notice } from './html.ts';
import type { Speech } from './words.ts';

/* The sandbox provider's hosted page, for a browser without JavaScript. */

interface Card {
  paymentId: PaymentId;
  clientSecret: string;
}

export const readPayment = (visit: Visit, { paymentId, clientSecret }: Card) =>
  askApi(visit, getSandboxPayment, { params: { paymentId }, query: { clientSecret } });

type SandboxPayment = Awaited<ReturnType<typeof readPayment>>;

/** Asks for a card, or for the answer to the bank's question; of a closed payment, says how it ended. */
export function cardForm(
  payment: SandboxPayment,
  { clientSecret }: Pick<Card, 'clientSecret'>,
  { buy, money }: Speech,
  refusal?: string,
): Html {
  const action = `/sandbox/pay/${payment.id}`;
  const amount = money(payment.amount);
  const secret = hidden({ secret: clientSecret });
  const content =
    payment.status === 'requires_action'
      ? form(
          action,
          secret,
          html`<h2 class="mt-6 text-xl font-bold">${buy('secureTitle')}</h2><p class="text-muted">${buy('secureText', { amount })}</p>`,
          button(buy('secureApprove'), 'primary', 'approve'),
          button(buy('secureDeny'), 'quiet', 'deny'),
        )
      : payment.status === 'open'
        ? form(
            action,
            secret,
            field({
              name: 'number',
              label: buy('card'),
              hint: `${buy('cardGood')}: 4242 4242 4242 4242`,
              more: html`inputmode="numeric" autocomplete="cc-number" required maxlength="40" dir="ltr"`,
            }),
            button(buy('pay', { amount }), 'primary', 'pay'),
          )
        : notice(
            payment.status === 'succeeded' ? 'good' : 'warn',
            buy(payment.status === 'succeeded' ? 'sandboxPaidText' : 'sandboxClosedText'),
          );
  return html`<h1 class="text-title font-extrabold">${buy('sandboxTitle')}</h1>
<p class="mt-4"><bdi>${payment.description}</bdi> <strong>${amount}</strong></p>
${refusal !== undefined && notice('bad', refusal)}
${content}
${payment.returnUrl !== null && buttonLink(buy('sandboxBack'), payment.returnUrl, 'quiet')}`;
}

/** Sends the card, or the answer to the bank's question. Returns what went wrong in words; null if the payment went through. */
export async function sendCard(
  visit: Visit,
  card: Card,
  sent: URLSearchParams,
  { buy }: Speech,
): Promise<string | null> {
  const { paymentId, clientSecret } = card;
  const params = { paymentId };
  const action = sent.get('action');
  try {
    if (action === 'approve' || action === 'deny') {
      const { status } = await askApi(visit, authenticateSandboxPayment, {
        params,
        body: { clientSecret, outcome: action },
      });
      return status === 'succeeded' ? null : buy('secureDenied');
    }
    const reply = await askApi(visit, confirmSandboxPayment, {
      params,
      body: { clientSecret, card: { number: sent.get('number') ?? '' } },
    });
    if (reply.status === 'failed')
      return buy(reply.declineCode === 'insufficient_funds' ? 'declinedFunds' : 'declined');
    return null;
  } catch (error) {
    if (error instanceof Refused && error.code === 'invalid_request') return buy('cardIncomplete');
    throw error;
  }
}
