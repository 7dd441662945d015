import { z } from 'zod';
import { undecidedSchema } from './event-preparation.ts';
import { eventSummarySchema } from './events.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

const listQuery = z.strictObject({
  archived: z.enum(['without', 'only', 'with']).default('without').meta({
    description: 'Whether the list has archived events: without them, only them, or with them.',
  }),
});
export type ListQuery = z.infer<typeof listQuery>;

const itemSchema = z.object({
  ...eventSummarySchema.shape,
  version: z.int(),
  undecided: undecidedSchema,
  archivedAt: z.nullable(instantSchema),
});
export type OrganisationEvent = z.infer<typeof itemSchema>;

export const listOrganisationEvents = operation({
  id: 'listOrganisationEvents',
  method: 'GET',
  path: '/api/organisations/{organisationId}/events',
  tag: 'Organise',
  summary: 'List the events of an organisation, drafts too, newest first',
  access: 'team',
  needs: 'events.read',
  ofMembersEvents: true,
  params: z.object({ organisationId: idSchema('organisation') }),
  query: listQuery,
  status: 200,
  reply: z.object({ items: z.array(itemSchema) }),
  errors: [],
});
