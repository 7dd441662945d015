import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorTable, Refused } from '../../../contract/errors.ts';
import { getEvent } from '../../../contract/events.ts';
import { getHold, redeemPromoCode, releaseHold, removePromoCode } from '../../../contract/holds.ts';
import type { HoldId, OrderId, PaymentId } from '../../../contract/ids.ts';
import { languageOf } from '../../../contract/languages.ts';
import { getOrder, placeOrder } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import { isDatabaseUnavailable } from '../../data/database-trouble.ts';
import { pageOriginOf } from '../../http/origins.ts';
import { keepCookiesPrivate } from '../../http/security-headers.ts';
import { buyPath } from '../event-head.ts';
import { askApi, isOwnForm, keyOf, newKey, type Visit } from './ask-api.ts';
import { cardForm, readPayment, sendCard } from './card.ts';
import {
  checkoutPage,
  eventOf,
  holdGonePage,
  isDoubtful,
  orderBody,
  payPage,
  type Typed,
  typedIn,
} from './checkout.ts';
import { choiceIn, choosePage, holdChosen, readChoosing, wantedIn } from './choose.ts';
import { changeExtras, variantName, withExtras } from './extras.ts';
import { buttonLink, html, notice, wholePage } from './html.ts';
import { orderPage } from './order.ts';
import { answersBody, answersIn, questionsOf } from './questions.ts';
import { answerFaults, sayRefusal, wrongFields } from './refusals.ts';
import { type Speech, speak } from './words.ts';

/** All letters of the answers of an order, each of three bytes in nine characters, and a hundred names. */
const longestForm = 1024 * 1024;

type Shown = Parameters<typeof wholePage>[2];
type Answer = Shown & { status?: number };

/**
 * Buying without JavaScript: pages with forms that the server renders, in the reader's language. Each step calls the API for
 * the person (ask-api.ts). `head` has the stylesheet and the icons of the built app. `showCard` renders the page of a
 * payment in the sandbox, which the app shows to everybody else.
 */
export async function plainRoutes(
  http: FastifyInstance,
  app: App,
  {
    head,
    showCard,
  }: { head: string; showCard(content: string, request: FastifyRequest, reply: FastifyReply): FastifyReply },
): Promise<void> {
  const send = (reply: FastifyReply, speech: Speech, { status = 200, ...page }: Answer) => {
    // Browsers hide the origin of a form on a page that sends no referrer, and then nobody could tell whose form it is.
    reply.headers({
      'referrer-policy': 'same-origin',
      'cache-control': 'private, no-store',
      vary: 'accept-language',
    });
    keepCookiesPrivate(reply);
    return reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(wholePage(head, speech.language, page));
  };

  /** Answers with a page, or with the address that comes next; null if the answer is sent already. A refusal without a page of its own gets a plain one. */
  const answer =
    <P>(work: (visit: Visit, params: P, speech: Speech) => Promise<Answer | string | null>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const speech = speak(languageOf(request.headers['accept-language']));
      try {
        if (request.method === 'POST' && !isOwnForm(request.headers, pageOriginOf(app, request.headers)))
          throw new Refused('origin_not_allowed');
        const result = await work({ http, request, reply }, request.params as P, speech);
        if (result === null) return reply;
        if (typeof result !== 'string') return send(reply, speech, result);
        return reply.header('cache-control', 'private, no-store').redirect(result, 303);
      } catch (error) {
        const refused = refusalIn(error);
        const text = sayRefusal(refused, speech);
        const content = html`${notice('bad', text)}${buttonLink(speech.buy('otherPlaces'), '/', 'quiet')}`;
        return send(reply, speech, { title: text, content, status: errorTable[refused.code].status });
      }
    };

  await http.register(async (forms) => {
    forms.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, new URLSearchParams(body as string)),
    );
    const now = () => app.clock.now();

    forms.get(
      '/e/:slug/buy',
      answer<{ slug: string }>(async (visit, { slug }, speech) => {
        const { code } = visit.request.query as { code?: unknown };
        if (typeof code !== 'string' || code === '')
          return choosePage(await readChoosing(visit, slug, now()), speech);
        const choice = { ...choiceIn(new URLSearchParams()), code };
        try {
          return choosePage(await readChoosing(visit, slug, now(), code), speech, { choice });
        } catch (error) {
          const refused = refusalIn(error);
          if (refused.code === 'not_found') throw error;
          const page = choosePage(await readChoosing(visit, slug, now()), speech, {
            choice,
            refusal: sayRefusal(refused, speech),
          });
          return { ...page, status: errorTable[refused.code].status };
        }
      }),
    );

    forms.post(
      '/e/:slug/buy',
      { bodyLimit: longestForm },
      answer<{ slug: string }>(async (visit, { slug }, speech) => {
        const sent = sentIn(visit);
        const choice = choiceIn(sent);
        const event = await askApi(visit, getEvent, { params: { eventId: slug } });
        const body = wantedIn(choice, event.currency);
        // A code that was refused before opens nothing; one that was good shows its tickets again.
        let openingCode = choice.code;
        const again = async (refusal: string, status: number) => ({
          ...choosePage(await readChoosing(visit, slug, now(), status < 500 ? openingCode : ''), speech, {
            choice,
            refusal,
          }),
          refusal,
          status,
        });
        if (body === 'chooseFirst') return again(speech.buy(body), 400);
        if (typeof body === 'string') return again(speech.plain(body), 400);
        try {
          const hold = await holdChosen(visit, event, body, sent.get('key') ?? newKey());
          return `/buy/${hold.id}`;
        } catch (error) {
          const refused = refusalIn(error);
          if (refused.code.includes('promo_code')) openingCode = '';
          return again(sayRefusal(refused, speech, event.timeZone), errorTable[refused.code].status);
        }
      }),
    );

    forms.get(
      '/buy/:id',
      answer<{ id: string }>(async (visit, { id }, speech) => {
        if (id.startsWith('ord_')) {
          const order = await askApi(visit, getOrder, { params: { orderId: id as OrderId } });
          return orderPage(order, speech, 'paid' in (visit.request.query as object));
        }
        const hold = await askApi(visit, getHold, { params: { holdId: id as HoldId } });
        if (hold.status === 'confirmed' || hold.payBefore !== undefined)
          return `/buy/${id.replace('hld_', 'ord_')}`;
        const event = await eventOf(visit, hold);
        if (hold.status !== 'active') return holdGonePage(event, speech);
        const form = await questionsOf(visit, event);
        const asked = form && { form, ...answersIn(new URLSearchParams(), form, hold), faults: {} };
        return checkoutPage({ event, hold, asked }, speech);
      }),
    );

    forms.post(
      '/buy/:id',
      { bodyLimit: longestForm },
      answer<{ id: HoldId }>(async (visit, { id }, speech) => {
        const sent = sentIn(visit);
        const params = { holdId: id };
        const hold = await askApi(visit, getHold, { params });
        const event = await eventOf(visit, hold);
        const typed: Typed = typedIn(sent);
        const form = await questionsOf(visit, event);
        const answered = form && { form, ...answersIn(sent, form, hold) };
        try {
          switch (sent.get('action')) {
            case 'release':
              await askApi(visit, releaseHold, { params });
              return buyPath(event.slug);
            case 'promo':
              await askApi(visit, redeemPromoCode, { params, body: { code: sent.get('code') ?? '' } });
              return `/buy/${id}`;
            case 'extras': {
              const body = withExtras(event, hold, sent);
              if (!body) {
                const page = { event, hold, asked: answered && { ...answered, faults: {} } };
                const refusal = speech.plain('numberWrong');
                return { ...checkoutPage(page, speech, typed, { refusal }), refusal, status: 400 };
              }
              await changeExtras(visit, hold, body);
              return `/buy/${id}`;
            }
            case 'no-promo':
              await askApi(visit, removePromoCode, { params });
              return `/buy/${id}`;
          }
          if (isDoubtful(typed))
            return checkoutPage({ event, hold, asked: answered && { ...answered, faults: {} } }, speech, {
              ...typed,
              sure: typed.email,
            });
          const body = {
            ...orderBody(hold, typed, app.config.publicUrl),
            ...(form && answered && answersBody(form, hold, answered)),
          };
          const headers = { 'idempotency-key': keyOf(id, body) };
          const { order, payment } = await askApi(visit, placeOrder, { body, headers });
          return payment === null ? `/buy/${order.id}` : payPage({ order, payment, hold }, speech);
        } catch (error) {
          const refused = refusalIn(error);
          const extra = variantName(event, refused.members.ticketTypeId);
          const refusal = sayRefusal(refused, speech, event.timeZone, extra);
          const { status } = errorTable[refused.code];
          if (['hold_expired', 'hold_ended'].includes(refused.code))
            return { ...holdGonePage(event, speech), status };
          const asked = answered && { ...answered, faults: answerFaults(refused) };
          const wrong = wrongFields(refused);
          const page = checkoutPage({ event, hold, asked }, speech, typed, { refusal, wrong });
          return { ...page, refusal, status };
        }
      }),
    );

    if (app.payments.name !== 'sandbox') return;
    forms.get(
      '/sandbox/pay/:id',
      answer<{ id: PaymentId }>(async (visit, { id }, speech) => {
        const clientSecret = String((visit.request.query as { secret?: string }).secret ?? '');
        const payment = await readPayment(visit, { paymentId: id, clientSecret }).catch(() => null);
        const content = payment ? cardForm(payment, { clientSecret }, speech).markup : '';
        showCard(content, visit.request, visit.reply.header('referrer-policy', 'same-origin'));
        return null;
      }),
    );

    forms.post(
      '/sandbox/pay/:id',
      { bodyLimit: longestForm },
      answer<{ id: PaymentId }>(async (visit, { id }, speech) => {
        const sent = sentIn(visit);
        const card = { paymentId: id, clientSecret: sent.get('secret') ?? '' };
        const refusal = (await sendCard(visit, card, sent, speech)) ?? undefined;
        const payment = await readPayment(visit, card);
        if (payment.status === 'succeeded' && payment.returnUrl !== null) {
          // Without the origin, because a form may lead to the origin of its own page only.
          const { pathname, search } = new URL(payment.returnUrl);
          return pathname + search;
        }
        const content = cardForm(payment, card, speech, refusal);
        return {
          title: speech.buy('sandboxTitle'),
          content,
          refusal,
          status: refusal === undefined ? 200 : 402,
        };
      }),
    );
  });
}

const sentIn = ({ request }: Visit): URLSearchParams =>
  request.body instanceof URLSearchParams ? request.body : new URLSearchParams();

/** The refusal that an error is. Any other error is a fault of ours and goes to the log. */
function refusalIn(error: unknown): Refused {
  if (error instanceof Refused) return error;
  if (isDatabaseUnavailable(error as Error)) return new Refused('unavailable');
  throw error;
}
