import { z } from 'zod';
import { eventSummarySchema } from './events.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';

export const listOrganisationEvents = operation({
  id: 'listOrganisationEvents',
  method: 'GET',
  path: '/api/organisations/{organisationId}/events',
  tag: 'Organise',
  summary: 'List all events of an organisation, drafts too, newest first',
  access: 'team',
  needs: 'events.read',
  ofMembersEvents: true,
  params: z.object({ organisationId: idSchema('organisation') }),
  status: 200,
  reply: z.object({ items: z.array(z.object({ ...eventSummarySchema.shape, version: z.int() })) }),
  errors: [],
});
