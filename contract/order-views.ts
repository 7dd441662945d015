import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { savedSearchSchema } from './order-search.ts';

/** Lists of orders that members of a team save under a name: filters, sorting and columns. */

/** The most lists that the team shares, and the most that one member has besides. */
export const mostOrderViews = 50;

const orderViewFields = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^[^\p{Cc}]*$/u, 'expected one line'),
  isShared: z.boolean().meta({
    description:
      'True if the whole team sees the list. Only members with `orders.edit` for all events share, change and delete such a list.',
  }),
  search: savedSearchSchema,
};
const newOrderViewSchema = z.strictObject(orderViewFields).meta({ id: 'NewOrderView' });
export type NewOrderView = z.infer<typeof newOrderViewSchema>;

const orderViewSchema = z.object({ id: idSchema('orderView'), ...orderViewFields }).meta({ id: 'OrderView' });
export type OrderView = z.infer<typeof orderViewSchema>;

const organisationParam = z.object({ organisationId: idSchema('organisation') });
const viewParam = organisationParam.extend({ viewId: idSchema('orderView') });
const example = {
  body: {
    name: 'Refunds of the press',
    isShared: true,
    search: { tag: 'press', refunded: 'whole', columns: ['event', 'tags', 'refunded', 'total'] },
  },
};

export const listOrderViews = operation({
  id: 'listOrderViews',
  method: 'GET',
  path: '/api/organisations/{organisationId}/order-views',
  tag: 'Organise',
  summary: 'List the saved lists of orders: your own and those of the team, by name',
  access: 'team',
  needs: 'orders.read',
  ofMembersEvents: true,
  params: organisationParam,
  status: 200,
  reply: z.object({ items: z.array(orderViewSchema) }),
  errors: [],
});

export const saveOrderView = operation({
  id: 'saveOrderView',
  method: 'POST',
  path: '/api/organisations/{organisationId}/order-views',
  tag: 'Organise',
  summary: 'Save a list of orders under a name, for yourself or for the team',
  description:
    'A list has filters, sorting and columns, and no text to search for. It does not have the orders: who opens it sees the orders that fit then, of the events that their own role counts for. Names that differ only in case are the same.',
  access: 'team',
  needs: 'orders.read',
  ofMembersEvents: true,
  params: organisationParam,
  body: newOrderViewSchema,
  rateLimit: { max: 60, seconds: 60 },
  status: 201,
  reply: orderViewSchema,
  acts: ['order_view.saved'],
  errors: ['view_name_taken', 'too_many_views'],
  example,
});

export const putOrderView = operation({
  id: 'putOrderView',
  method: 'PUT',
  path: '/api/organisations/{organisationId}/order-views/{viewId}',
  tag: 'Organise',
  summary: 'Change a saved list of orders: its name, what it shows, and who sees it',
  description: 'If a member takes a list back from the team, it becomes that member’s own.',
  access: 'team',
  needs: 'orders.read',
  ofMembersEvents: true,
  params: viewParam,
  body: newOrderViewSchema,
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: orderViewSchema,
  acts: ['order_view.saved', 'order_view.deleted'],
  errors: ['view_name_taken', 'too_many_views'],
  example,
});

export const deleteOrderView = operation({
  id: 'deleteOrderView',
  method: 'DELETE',
  path: '/api/organisations/{organisationId}/order-views/{viewId}',
  tag: 'Organise',
  summary: 'Delete a saved list of orders',
  access: 'team',
  needs: 'orders.read',
  ofMembersEvents: true,
  repeatable: false,
  params: viewParam,
  status: 204,
  reply: null,
  acts: ['order_view.deleted'],
  errors: [],
});
