import * as z from 'zod';
import { operation } from './operation.ts';

/** Spaces, dashes, dots and brackets are only for the eye, and 00 stands for +. */
export const plainNumber = (typed: string): string =>
  typed.replace(/[\s().\-/\u2010-\u2015]/g, '').replace(/^00/, '+');

const numberSchema = z
  .string()
  .max(40)
  .transform(plainNumber)
  .pipe(
    z.string().regex(/^\+[1-9]\d{7,14}$/, 'expected a number with its country code, like +49 151 12345678'),
  )
  .meta({
    description: 'With the country code, like `+4915112345678` (E.164). Spaces and dashes do no harm.',
  });

export const phoneNumberSchema = z
  .object({
    isOffered: z.boolean().meta({ description: 'False if this site sends no SMS.' }),
    number: z.nullable(z.string()).meta({ description: 'The number that gets SMS.' }),
    unconfirmed: z.nullable(z.string()).meta({ description: 'A number that waits for its code.' }),
    isStopped: z
      .boolean()
      .meta({ description: 'The number has answered STOP. It gets no SMS until it answers START.' }),
    sender: z
      .nullable(z.string())
      .meta({ description: 'The number that SMS come from; null for a name, which takes no answer.' }),
  })
  .meta({ id: 'PhoneNumber' });
export type PhoneNumber = z.infer<typeof phoneNumberSchema>;

export const getPhoneNumber = operation({
  id: 'getPhoneNumber',
  method: 'GET',
  path: '/api/me/phone-number',
  tag: 'Messages',
  summary: 'Read the number to which you get SMS',
  access: 'signed-in',
  status: 200,
  reply: phoneNumberSchema,
  errors: [],
});

export const putPhoneNumber = operation({
  id: 'putPhoneNumber',
  method: 'PUT',
  path: '/api/me/phone-number',
  tag: 'Messages',
  summary: 'Get SMS to a number: a code is sent to it',
  description:
    'You get SMS about offers of the waitlist and about events of yours that are moved or cancelled. They begin when you send the code to `/api/me/phone-number/confirmation` within ten minutes. An earlier number stays until then. Needs an account with a confirmed e-mail address. An account and a number get a few codes only; beyond that the answer is 429.',
  access: 'signed-in',
  body: z.strictObject({
    number: numberSchema,
    consents: z.literal(true).meta({ description: 'You agree to get SMS. STOP as an answer ends them.' }),
  }),
  status: 200,
  reply: phoneNumberSchema,
  budgets: ['smsCodesPerAccount', 'smsCodesPerNumber'],
  errors: [
    'sms_off',
    'sms_unavailable',
    'email_not_verified',
    'phone_number_refused',
    'phone_number_stopped',
  ],
  example: { body: { number: '+49 151 12345678', consents: true } },
});

export const confirmPhoneNumber = operation({
  id: 'confirmPhoneNumber',
  method: 'POST',
  path: '/api/me/phone-number/confirmation',
  tag: 'Messages',
  summary: 'Confirm your number with the code from the SMS',
  description: 'A code takes five attempts.',
  access: 'signed-in',
  body: z.strictObject({ code: z.string().max(20) }),
  status: 200,
  reply: phoneNumberSchema,
  errors: ['sms_code_wrong', 'sms_code_ended'],
  example: { body: { code: '012345' } },
});

export const deletePhoneNumber = operation({
  id: 'deletePhoneNumber',
  method: 'DELETE',
  path: '/api/me/phone-number',
  tag: 'Messages',
  summary: 'End the SMS, and delete your number',
  access: 'signed-in',
  status: 204,
  reply: null,
  errors: [],
});

const twilioSignature = {
  'X-Twilio-Signature': {
    description: 'HMAC-SHA-1 of the URL and the form, with `SMS_AUTH_TOKEN`, in base64.',
    required: true,
    example: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
  },
};

export const receiveSms = operation({
  id: 'receiveSms',
  method: 'POST',
  path: '/api/webhooks/sms',
  tag: 'Webhooks',
  summary: 'Take an answer to an SMS: STOP or START',
  description:
    'The provider calls this with a form (`application/x-www-form-urlencoded`) that has `From`, `Body` and perhaps `OptOutType`. STOP ends all SMS to the number, START allows them again, and everything else changes nothing.',
  access: 'signature',
  headers: twilioSignature,
  status: 204,
  reply: null,
  errors: ['webhook_signature_invalid'],
});

export const receiveSmsStatus = operation({
  id: 'receiveSmsStatus',
  method: 'POST',
  path: '/api/webhooks/sms-statuses',
  tag: 'Webhooks',
  summary: 'Tell what has become of an SMS',
  description:
    'The provider calls this with a form (`application/x-www-form-urlencoded`) that has `MessageStatus` and perhaps `ErrorCode`. `undelivered` and `failed` count as a message that came back.',
  access: 'signature',
  headers: twilioSignature,
  query: z.strictObject({ key: z.string().max(300).meta({ description: 'Which message.' }) }),
  status: 204,
  reply: null,
  errors: ['webhook_signature_invalid'],
});
