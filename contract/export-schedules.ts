import { z } from 'zod';
import { type ExportTable, exportFormats, exportTables } from './exports.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/** Exports that a team gets by itself: a file every day, week or month, and a mail with a link to it. */

export const mostExportSchedules = 20;
const mostRecipients = 20;
/** How long a file can be downloaded. */
export const exportFileDays = 7;
/** For so long after the end of the event files are made. Refunds and check-ins of the last days are in them then. */
export const exportDaysAfterEvent = 30;

const hour = z.int().min(0).max(23);
const rhythmSchema = z
  .discriminatedUnion('every', [
    z.strictObject({ every: z.literal('day'), hour }),
    z.strictObject({
      every: z.literal('week'),
      weekday: z.int().min(1).max(7).meta({ description: '1 is Monday, 7 is Sunday.' }),
      hour,
    }),
    z.strictObject({
      every: z.literal('month'),
      day: z.int().min(1).max(31).meta({ description: 'In a shorter month the last day.' }),
      hour,
    }),
  ])
  .meta({
    id: 'ExportRhythm',
    description:
      'A full hour on the clocks of the event’s time zone. If the clocks skip it, the file comes when they go on; if they show it twice, the first one counts.',
  });
export type ExportRhythm = z.infer<typeof rhythmSchema>;

const fields = {
  table: z.enum(exportTables as [ExportTable, ...ExportTable[]]),
  format: z.enum(exportFormats),
  rhythm: rhythmSchema,
  isPaused: z.boolean(),
};

const newScheduleSchema = z
  .strictObject({
    ...fields,
    recipients: z
      .array(idSchema('user'))
      .min(1)
      .max(mostRecipients)
      .refine((all) => new Set(all).size === all.length, { message: 'names somebody twice' })
      .meta({ description: 'Members of the team with `exports.read` for the event.' }),
  })
  .meta({ id: 'NewExportSchedule' });
export type NewExportSchedule = z.infer<typeof newScheduleSchema>;

const personSchema = z
  .object({
    userId: idSchema('user'),
    name: z.string(),
    wantsMails: z.boolean().meta({ description: 'False if this person has switched such mails off.' }),
  })
  .meta({ id: 'ExportRecipient' });

const scheduleSchema = z
  .object({
    id: idSchema('exportSchedule'),
    ...fields,
    recipients: z.array(personSchema).meta({
      description: 'Without people who have left the team or may not download exports any more.',
    }),
    nextDueAt: z.nullable(instantSchema).meta({ description: 'Null if it is paused or has ended.' }),
    ranAt: z.nullable(instantSchema),
    lastError: z.nullable(z.string()).meta({
      description:
        'Why the latest run made no file. Admit tries again for three days, and at the next due time.',
    }),
    files: z
      .array(z.object({ id: idSchema('exportFile'), dueAt: instantSchema, endsAt: instantSchema }))
      .meta({ description: 'Its files that can be downloaded, the latest first.' }),
  })
  .meta({ id: 'ExportSchedule' });
export type ExportSchedule = z.infer<typeof scheduleSchema>;

const eventParam = z.object({ eventId: idSchema('event') });
const scheduleParam = eventParam.extend({ scheduleId: idSchema('exportSchedule') });
const shared = { tag: 'Organise', access: 'team', needs: 'exports.read' } as const;
const written = {
  ...shared,
  body: newScheduleSchema,
  rateLimit: { max: 60, seconds: 60 },
  reply: scheduleSchema,
  example: {
    body: {
      table: 'attendees',
      format: 'xlsx',
      rhythm: { every: 'week', weekday: 1, hour: 6 },
      isPaused: false,
      recipients: ['usr_01K9ZC4V7R8W3T5XN2M6QHJDEH'],
    },
  },
} as const;

export const listExportSchedules = operation({
  ...shared,
  id: 'listExportSchedules',
  method: 'GET',
  path: '/api/events/{eventId}/export-schedules',
  summary: 'List the scheduled exports of an event, their last run, their files, and who can get them',
  params: eventParam,
  status: 200,
  reply: z.object({ items: z.array(scheduleSchema), people: z.array(personSchema) }),
  errors: [],
});

export const saveExportSchedule = operation({
  ...written,
  id: 'saveExportSchedule',
  method: 'POST',
  path: '/api/events/{eventId}/export-schedules',
  summary: 'Have an export made every day, week or month, with a mail to members of the team',
  description: `Each file has the rows of its due time and can be downloaded for ${exportFileDays} days. The mail has a link for people who are signed in and may download exports then; the file is not in the mail. A schedule ends ${exportDaysAfterEvent} days after the event. If several due times pass while Admit is down, it makes the file of the latest.`,
  params: eventParam,
  status: 201,
  acts: ['export_schedule.saved'],
  errors: ['too_many_export_schedules', 'export_recipient_refused', 'exports_over'],
});

export const putExportSchedule = operation({
  ...written,
  id: 'putExportSchedule',
  method: 'PUT',
  path: '/api/events/{eventId}/export-schedules/{scheduleId}',
  summary: 'Change, pause or continue a scheduled export',
  params: scheduleParam,
  status: 200,
  acts: ['export_schedule.saved'],
  errors: ['export_recipient_refused', 'exports_over'],
});

export const deleteExportSchedule = operation({
  ...shared,
  id: 'deleteExportSchedule',
  method: 'DELETE',
  path: '/api/events/{eventId}/export-schedules/{scheduleId}',
  summary: 'Delete a scheduled export with its files',
  repeatable: false,
  params: scheduleParam,
  status: 204,
  reply: null,
  acts: ['export_schedule.deleted'],
  errors: [],
});

export const getExportFile = operation({
  ...shared,
  id: 'getExportFile',
  method: 'GET',
  path: '/api/events/{eventId}/export-files/{exportFileId}',
  summary: 'Download a file that was made on schedule',
  params: eventParam.extend({ exportFileId: idSchema('exportFile') }),
  rateLimit: { max: 30, seconds: 60 },
  status: 200,
  reply: null,
  produces: '*/*',
  acts: ['event.exported'],
  errors: [],
});

export const leaveExportSchedule = operation({
  id: 'leaveExportSchedule',
  method: 'POST',
  path: '/api/export-recipients/{userId}/{scheduleId}/{secret}',
  tag: 'Messages',
  summary: 'Get no more mails of one scheduled export, with the link in its header',
  description:
    'The `List-Unsubscribe` header of such a mail has this address, and mail programs call it with one press (RFC 8058). The body is not read. A second call changes nothing. Other scheduled exports go on, and the team can name the person as a recipient again.',
  access: 'secret',
  params: z.object({
    userId: idSchema('user'),
    scheduleId: idSchema('exportSchedule'),
    secret: z.string().min(1).max(100),
  }),
  rateLimit: { max: 60, seconds: 60 },
  status: 204,
  reply: null,
  errors: [],
});
