import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import {
  authenticateSandboxPayment,
  confirmSandboxPayment,
  getSandboxPayment,
} from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { PaymentId } from '../../../../contract/ids.ts';
import type { Money } from '../../../../contract/money.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { nowMs } from '../../ui/clock.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { t } from '../checkout/words.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { type Card, cardFields, expiryAsTyped, faultsOf, grouped, plainDigits } from './card.ts';
import { bankCards, testCards } from './test-cards.ts';
import { useLostPayment } from './use-lost-payment.ts';
import { t as tBuy } from './words.ts';

interface Props {
  paymentId: PaymentId;
  clientSecret: string;
  amount: Money;
  /** The payment's present state, for example waiting for 3-D Secure after a reload. */
  startsAt?: string;
  onPaid: () => void;
  /** Called if the payment has ended without money. Its places may be gone too. */
  onGone: () => void;
  /** Called with whether a payment is running. */
  onPaying?: (underWay: boolean) => void;
}

interface Outcome {
  status: 'succeeded' | 'requires_action' | 'failed';
  declineCode?: string | undefined;
}

/** The sandbox provider's card form: test cards, a simulated 3-D Secure, no money. */
export function SandboxCard({ paymentId, clientSecret, amount, startsAt, onPaid, onGone, onPaying }: Props) {
  const [card, setCard] = useState<Card>({ number: '', expiry: '12/30', cvc: '123' });
  const [faults, setFaults] = useState<ReturnType<typeof faultsOf>>({});
  const form = useRef<HTMLFormElement>(null);
  // A browser that fills in a card changes all three fields before the next render.
  const fill = (change: Partial<Card>) => {
    setCard((before) => ({ ...before, ...change }));
    // A fault goes with the first change of its field.
    setFaults((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in change))));
  };
  const [outcome, setOutcome] = useState<Outcome | null>(
    startsAt === 'requires_action' ? { status: startsAt } : null,
  );
  const settle = (result: Outcome) => {
    setOutcome(result);
    if (result.status === 'succeeded') onPaid();
  };
  const onError = (error: Error) => {
    // Already paid: an earlier attempt succeeded, but its answer was lost.
    if (isProblem(error, 'payment_not_open')) onPaid();
    // Older rules here than on the server: show its refusal at the number.
    if (isProblem(error, 'invalid_request')) setFaults({ number: 'cardIncomplete' });
  };
  const pay = useMutation({
    mutationFn: (given: Card) =>
      call(confirmSandboxPayment, { params: { paymentId }, body: { clientSecret, card: given } }),
    onSuccess: settle,
    onError,
  });
  const authenticate = useMutation({
    mutationFn: (answer: 'approve' | 'deny') =>
      call(authenticateSandboxPayment, { params: { paymentId }, body: { clientSecret, outcome: answer } }),
    onSuccess: settle,
    onError,
  });
  // A blocked card ends the payment. The provider tells the server in a moment.
  const blocked = outcome?.status === 'failed' && outcome.declineCode === 'fraudulent';
  const gone = useRef(onGone);
  gone.current = onGone;
  useEffect(() => {
    if (!blocked) return;
    const timer = setInterval(() => gone.current(), 700);
    return () => clearInterval(timer);
  }, [blocked]);
  const lost = isProblem(pay.error, 'unreachable') || isProblem(authenticate.error, 'unreachable');
  const [untouched, setUntouched] = useState(false);
  useLostPayment(
    lost,
    () => call(getSandboxPayment, { params: { paymentId }, query: { clientSecret } }),
    ({ status }) => {
      pay.reset();
      authenticate.reset();
      if (status === 'requires_action') setOutcome({ status });
      else if (status === 'open') setUntouched(true);
      else if (status === 'cancelled') onGone();
      else onPaid();
    },
  );
  const underWay =
    pay.isPending ||
    authenticate.isPending ||
    lost ||
    outcome?.status === 'requires_action' ||
    outcome?.status === 'succeeded';
  useEffect(() => {
    onPaying?.(underWay);
    return () => onPaying?.(false);
  }, [underWay, onPaying]);
  const focusOn = (field: keyof Card) =>
    (form.current?.elements.namedItem(field) as HTMLInputElement | null)?.focus();
  const problem = [pay.error, authenticate.error].find(
    (error) => error && !isProblem(error, 'invalid_request', 'unreachable'),
  );
  return (
    <form
      ref={form}
      noValidate
      className="mt-4 grid grid-cols-2 items-start gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (underWay) return;
        setUntouched(false);
        const found = faultsOf(card, nowMs());
        setFaults(found);
        const first = cardFields.find((field) => found[field]);
        if (first) return focusOn(first);
        pay.mutate(card);
      }}
    >
      <Field
        className="col-span-2"
        label={t('card')}
        name="number"
        inputMode="numeric"
        autoComplete="cc-number"
        placeholder="4242 4242 4242 4242"
        required
        maxLength={23}
        value={card.number}
        onChange={(event) => fill({ number: grouped(event.target.value) })}
        error={faults.number && t(faults.number)}
      />
      <Field
        label={t('expiry')}
        name="expiry"
        autoComplete="cc-exp"
        inputMode="numeric"
        placeholder="12/30"
        required
        maxLength={7}
        value={card.expiry}
        onChange={(event) => fill({ expiry: expiryAsTyped(event.target.value, card.expiry) })}
        error={faults.expiry && t(faults.expiry)}
      />
      <Field
        label={t('cvc')}
        name="cvc"
        autoComplete="cc-csc"
        inputMode="numeric"
        placeholder="123"
        required
        maxLength={4}
        value={card.cvc}
        onChange={(event) => fill({ cvc: plainDigits(event.target.value) })}
        error={faults.cvc && t(faults.cvc)}
      />
      {/* Beside the button, where the eye is on a phone. */}
      {outcome?.status === 'failed' && !pay.isPending && (
        <Notice tone="bad" live className="col-span-2" title={declineText(outcome.declineCode)}>
          {t(blocked ? 'failedText' : 'declinedText')}
        </Notice>
      )}
      {lost && (
        <Notice tone="warn" live className="col-span-2" title={t('lostTitle')}>
          {t('lostText')}
        </Notice>
      )}
      {untouched && (
        <Notice live className="col-span-2" title={t('untouchedTitle')}>
          {t('untouchedText')}
        </Notice>
      )}
      {problem && (
        <Notice tone="bad" live className="col-span-2">
          {sayProblem(problem)}
        </Notice>
      )}
      <Button type="submit" size="large" className="col-span-2" busy={underWay || blocked}>
        {t('pay', { amount: formatMoney(amount) })}
      </Button>
      <TestCards onPick={(number) => fill({ number: grouped(number) })} />
      {outcome?.status === 'requires_action' && (
        <Dialog
          title={t('secureTitle')}
          closeLabel={tBuy('close')}
          onClose={() => authenticate.mutate('deny')}
          footer={
            <>
              <Button look="quiet" busy={authenticate.isPending} onClick={() => authenticate.mutate('deny')}>
                {t('secureDeny')}
              </Button>
              <Button busy={authenticate.isPending} onClick={() => authenticate.mutate('approve')}>
                {t('secureApprove')}
              </Button>
            </>
          }
        >
          <p>{t('secureText', { amount: formatMoney(amount) })}</p>
        </Dialog>
      )}
    </form>
  );
}

function TestCards({ onPick }: { onPick: (number: string) => void }) {
  return (
    <fieldset className="col-span-2 rounded-card bg-sunken p-4">
      <legend className="float-start w-full font-bold">{t('testCards')}</legend>
      <p className="clear-both text-sm text-muted">{t('testCardsText')}</p>
      <CardList cards={testCards} onPick={onPick} />
      <details className="mt-2">
        <summary className="min-h-11 cursor-pointer py-2.5 text-sm font-semibold">{t('bankCards')}</summary>
        <p className="text-sm text-muted">{t('bankCardsText')}</p>
        <CardList cards={bankCards} onPick={onPick} />
      </details>
    </fieldset>
  );
}

interface ListProps {
  cards: typeof testCards | typeof bankCards;
  onPick: (number: string) => void;
}

const CardList = ({ cards, onPick }: ListProps) => (
  <ul className="mt-2 grid gap-1 sm:grid-cols-2">
    {cards.map(([number, says]) => (
      <li key={number}>
        <button
          type="button"
          onClick={() => onPick(number)}
          className="min-h-12 w-full rounded-field border border-line bg-raised px-3 py-1.5 text-start hover:border-line-strong"
        >
          <span className="block text-sm font-semibold">
            <bdi dir="ltr">{number}</bdi>
          </span>
          <span className="block text-sm text-muted">{t(says)}</span>
        </button>
      </li>
    ))}
  </ul>
);

function declineText(code: string | undefined): string {
  if (code === 'insufficient_funds') return t('declinedFunds');
  if (code === 'authentication_failed' || code === 'authentication_required') return t('secureDenied');
  return t('declined');
}
