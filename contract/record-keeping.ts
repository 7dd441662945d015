import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { recordKeepingFields } from './record-years.ts';

const ofOrganisation = z.object({ organisationId: idSchema('organisation') });
const shown = z.object({
  country: z
    .string()
    .nullable()
    .meta({ description: 'Where the organisation keeps its books; null: not said.' }),
  namesKeptDays: z.number().int().meta({
    description: 'Days after the end of an event until names and addresses of its buyers are erased.',
  }),
  recordYears: z.number().int().meta({
    description:
      'Years for which the law of the country wants records of sales. They are kept at least as long.',
  }),
});

export const getRecordKeeping = operation({
  id: 'getRecordKeeping',
  method: 'GET',
  path: '/api/organisations/{organisationId}/record-keeping',
  tag: 'Organise',
  summary: 'For how long names of buyers and records of sales are kept',
  access: 'owner',
  params: ofOrganisation,
  status: 200,
  reply: shown,
  errors: [],
});

export const putRecordKeeping = operation({
  id: 'putRecordKeeping',
  method: 'PUT',
  path: '/api/organisations/{organisationId}/record-keeping',
  tag: 'Organise',
  summary: 'Say for how long names of buyers are kept, and where the books are',
  description:
    'Names and addresses of buyers and the names of those who come are erased so many days after an event has ended. What was sold, for how much and when is kept.',
  access: 'owner',
  params: ofOrganisation,
  body: z.strictObject(recordKeepingFields.shape),
  status: 200,
  reply: shown,
  errors: [],
  example: { body: { country: 'DE', namesKeptDays: 180 } },
});
