import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { recordKeepingFields } from './record-years.ts';

const ofOrganisation = z.object({ organisationId: idSchema('organisation') });
const shown = z.object({
  version: z.int().meta({ description: 'Grows with every change. A change names it in If-Match.' }),
  country: z
    .string()
    .nullable()
    .meta({ description: 'The country in which the organisation keeps its books; null if unknown.' }),
  namesKeptDays: z.number().int().meta({
    description: 'Days after the end of an event until the names and addresses of its buyers are erased.',
  }),
  recordYears: z.number().int().meta({
    description:
      'Calendar years after a sale until Admit deletes its records: those that the law of that country demands, or more if the operator keeps them longer.',
  }),
});

export const getRecordKeeping = operation({
  id: 'getRecordKeeping',
  method: 'GET',
  path: '/api/organisations/{organisationId}/record-keeping',
  tag: 'Organise',
  summary: 'Read how long names of buyers and records of sales are kept',
  access: 'team',
  needs: 'settings.edit',
  params: ofOrganisation,
  status: 200,
  etag: 'version',
  reply: shown,
  errors: [],
});

export const putRecordKeeping = operation({
  id: 'putRecordKeeping',
  method: 'PUT',
  path: '/api/organisations/{organisationId}/record-keeping',
  tag: 'Organise',
  summary: 'Set how long names of buyers are kept, and the country of the books',
  description:
    'So many days after the end of an event, Admit erases the names and addresses of its buyers and the names of its attendees. It keeps what was sold, for how much and when. If another owner has changed the settings since `version`, the answer is `version_mismatch` with the present version.',
  access: 'team',
  needs: 'settings.edit',
  ifMatch: true,
  params: ofOrganisation,
  body: z.strictObject(recordKeepingFields.shape),
  status: 200,
  etag: 'version',
  reply: shown,
  acts: ['organisation.record_keeping_changed'],
  errors: [],
  example: { body: { country: 'DE', namesKeptDays: 180 } },
});
