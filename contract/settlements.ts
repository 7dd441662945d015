import { z } from 'zod';
import { idSchema } from './ids.ts';
import { type Language, languages } from './languages.ts';
import { operation } from './operation.ts';

const day = z.iso.date();

export const pdfLanguageSchema = z
  .optional(z.enum(Object.keys(languages) as [Language, ...Language[]]))
  .meta({ description: 'The language of the PDF. Without it, `Accept-Language` decides.' });

export const getSettlementPdf = operation({
  id: 'getSettlementPdf',
  method: 'GET',
  path: '/api/events/{eventId}/settlement.pdf',
  tag: 'Organise',
  summary: 'Download the settlement of an event as a PDF for the accountant',
  description:
    'Sales and refunds by ticket type and tax rate, how the money came, and for each day sales, refunds, disputes, booking fees and what the organiser has earned. Days are those of the time zone of the event. All amounts follow from the entries of the books. It names no buyer. With `from` and `to` the settlement has these days alone, both included. A team may run two exports or settlements at once.',
  access: 'team',
  needs: 'exports.read',
  params: z.object({ eventId: idSchema('event') }),
  query: z.strictObject({
    from: z.optional(day),
    to: z.optional(day),
    language: pdfLanguageSchema,
  }),
  rateLimit: { max: 20, seconds: 60 },
  status: 200,
  reply: null,
  produces: 'application/pdf',
  errors: ['exports_busy'],
});
