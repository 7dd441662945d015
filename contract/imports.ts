import { z } from 'zod';
import { issueErrors } from './complimentary.ts';
import { idSchema } from './ids.ts';
import {
  type ImportKind,
  importFaults,
  importFields,
  importFileBytes,
  importPortions,
  importSources,
  mostImportColumns,
  mostImportRows,
} from './import-fields.ts';
import { operation } from './operation.ts';

/** Events, attendees and codes from files of other programs (docs/imports.md). */

const base64Length = 4 * Math.ceil(importFileBytes / 3);
/** The file, and what is beside it. */
const bodyLimit = base64Length + 64 * 1024;

const columnSchema = z.string().min(1).max(200);

const bodyOf = <const Fields extends readonly [string, ...string[]]>(fields: Fields, file: string) =>
  z.strictObject({
    file: z
      .string()
      .min(4)
      .max(base64Length)
      .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'expected Base64')
      .meta({
        description: `The file in Base64: CSV with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252; or pretix’s JSON. At most ${importFileBytes / 1024} KiB and ${mostImportRows} rows.`,
        examples: [file],
      }),
    columns: z
      .partialRecord(z.enum(fields), z.nullable(columnSchema))
      .default({})
      .meta({
        description:
          'The heading of the column that has each field; null for none. Admit guesses the fields that are left out, and answers what it took.',
        examples: [{}],
      }),
    dayFirst: z.optional(z.boolean()).meta({
      description:
        'Whether 03/04/2027 is the 3rd of April. If it is left out, other dates of the column decide; if none does, the row is bad (`ambiguous_date`).',
    }),
    dryRun: z
      .boolean()
      .default(false)
      .meta({ description: 'Only check: nothing is made.', examples: [false] }),
    skipBad: z
      .boolean()
      .default(false)
      .meta({
        description:
          'Import the good rows although others are bad. Without it nothing is made while a row is bad.',
        examples: [false],
      }),
    from: z
      .int()
      .min(0)
      .max(mostImportRows)
      .default(0)
      .meta({ description: '`next` of the answer before. The first request sends 0.', examples: [0] }),
  });

const badRowSchema = z
  .object({
    line: z.int().meta({ description: 'The row as a spreadsheet counts it; the headings are row 1.' }),
    column: z
      .nullable(z.string())
      .meta({ description: 'The heading of the column; null for the whole row.' }),
    value: z.string().meta({ description: 'What stands there, at most 60 characters.' }),
    fault: z.enum(importFaults),
  })
  .meta({ id: 'BadImportRow' });
export type BadImportRow = z.infer<typeof badRowSchema>;

const importedShape = {
  source: z.enum(importSources).meta({ description: 'Where the file comes from, by its headings.' }),
  headings: z.array(z.string()).max(mostImportColumns),
  columns: z
    .record(z.string(), z.nullable(z.string()))
    .meta({ description: 'The heading that was taken for each field.' }),
  rows: z.int().meta({ description: 'Rows with something in them, without the headings.' }),
  found: z.int().meta({ description: 'Good orders, codes or events of the file.' }),
  already: z.int().meta({ description: 'How many of these were imported before. They stay as they are.' }),
  leftOut: z
    .int()
    .meta({ description: 'Rows that are not to be imported: cancelled or unpaid orders, used codes.' }),
  made: z.int().meta({
    description: 'How many this request made, or with `dryRun` how many the whole file would make.',
  }),
  badRows: z.int(),
  bad: z.array(badRowSchema).meta({ description: 'The first 100 bad rows.' }),
  next: z.nullable(z.int()).meta({
    description: 'Send the same request with this number as `from` to import more; null if all is done.',
  }),
};

const importedSchema = z.object(importedShape).meta({ id: 'Imported' });
export type Imported = z.infer<typeof importedSchema>;

const importedAttendeesSchema = z
  .object({
    ...importedShape,
    tickets: z.int().meta({ description: 'Tickets of the orders that were found.' }),
    ticketTypes: z
      .array(
        z.object({ name: z.string(), ticketTypeId: z.nullable(idSchema('ticketType')), tickets: z.int() }),
      )
      .meta({ description: 'The names of tickets in the file, and the ticket type of each. The first 100.' }),
    short: z
      .array(z.object({ ticketTypeId: idSchema('ticketType'), wanted: z.int(), available: z.int() }))
      .meta({ description: 'Ticket types with fewer free places than the file needs.' }),
  })
  .meta({ id: 'ImportedAttendees' });
export type ImportedAttendees = z.infer<typeof importedAttendeesSchema>;

const ticketTypesSchema = z
  .record(z.string().max(200), z.nullable(idSchema('ticketType')))
  .default({})
  .refine((names) => Object.keys(names).length <= 100, { message: 'at most 100 names' })
  .meta({
    description:
      'The ticket type for names in the file that are not the name of one. Null leaves the rows with that name out.',
    examples: [{}],
  });

const portionText = (kind: ImportKind, what: string) =>
  `One request makes at most ${importPortions[kind]} ${what}: send it again with \`from\` until \`next\` is null. If the server stops in between, send the file again; what exists is not made twice.`;

const eventParam = z.object({ eventId: idSchema('event') });
/** 30 a minute is the limit of all large bodies. */
const rateLimit = { max: 60, seconds: 60 };

const attendeeBody = bodyOf(
  importFields.attendees,
  'T3JkZXIsTmFtZSxFLU1haWwsVGlja2V0CkE3LEFkYSBPc2VpLGFkYUBleGFtcGxlLmNvbSxSZWd1bGFyCg==',
).extend({ ticketTypes: ticketTypesSchema });
export type AttendeeImport = z.output<typeof attendeeBody>;

export const importAttendees = operation({
  id: 'importAttendees',
  method: 'POST',
  path: '/api/events/{eventId}/attendee-imports',
  tag: 'Organise',
  summary: 'Import people who bought elsewhere, and issue their tickets',
  description: `From a CSV file, pretix’s order data (CSV or JSON) or Eventbrite’s attendee report. Each order becomes an order of the event with the origin \`imported\`, without money, and its buyer gets the tickets by mail. An order is imported whole or not at all, and once: by its number and its buyer, also by two requests at once. The capacity always counts: an order that does not fit is bad (\`sold_out\`). ${portionText('attendees', 'orders')}`,
  access: 'team',
  needs: 'tickets.issue',
  params: eventParam,
  body: attendeeBody,
  bodyLimit,
  rateLimit,
  status: 200,
  reply: importedAttendeesSchema,
  acts: ['order.imported'],
  budgets: ['orderMailsPerRecipient'],
  errors: issueErrors,
  example: {
    body: {
      file: 'T3JkZXIsTmFtZSxFLU1haWwsVGlja2V0CkE3LEFkYSBPc2VpLGFkYUBleGFtcGxlLmNvbSxSZWd1bGFyCg==',
    },
  },
});

const codeBody = bodyOf(importFields.codes, 'Y29kZSxwZXJjZW50IG9mZgpGUklFTkRTLTI3LDIwCg==').extend({
  ticketTypes: ticketTypesSchema,
});
export type CodeImport = z.output<typeof codeBody>;

export const importCodes = operation({
  id: 'importCodes',
  method: 'POST',
  path: '/api/events/{eventId}/code-imports',
  tag: 'Organise',
  summary: 'Import codes with their own effects, uses and ends',
  description: `From a CSV file or pretix’s vouchers. A code that the event has already stays as it is. A code keeps the uses that it has left. ${portionText('codes', 'codes')}`,
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  body: codeBody,
  bodyLimit,
  rateLimit,
  status: 200,
  reply: importedSchema,
  acts: ['codes.made'],
  errors: ['event_cancelled', 'too_many_codes', 'busy'],
  example: { body: { file: 'Y29kZSxwZXJjZW50IG9mZgpGUklFTkRTLTI3LDIwCg==' } },
});

const eventBody = bodyOf(
  importFields.events,
  'dGl0bGUsc3RhcnRzLHRpbWUgem9uZQpOaWdodCBTaGlmdCwyMDI3LTAxLTE1IDIyOjAwLEV1cm9wZS9CZXJsaW4K',
).extend({
  timeZone: z
    .string()
    .max(64)
    .default('UTC')
    .meta({
      description: 'The time zone of events whose row has none.',
      examples: ['Europe/Berlin'],
    }),
  currency: z
    .string()
    .length(3)
    .default('EUR')
    .meta({ description: 'The currency of events whose row has none.', examples: ['EUR'] }),
});
export type EventImport = z.output<typeof eventBody>;

export const importEvents = operation({
  id: 'importEvents',
  method: 'POST',
  path: '/api/organisations/{organisationId}/event-imports',
  tag: 'Organise',
  summary: 'Import events as drafts',
  description: `From a CSV file, an event of pretix’s API (JSON) or of its order data, or Eventbrite’s event report. Rows with the same id, or with the same title and start, are one event with several ticket types. An event is imported once, unless its draft was deleted. ${portionText('events', 'events')}`,
  access: 'team',
  needs: 'events.edit',
  params: z.object({ organisationId: idSchema('organisation') }),
  body: eventBody,
  bodyLimit,
  rateLimit,
  status: 200,
  reply: importedSchema,
  acts: ['event.created'],
  errors: [],
  example: {
    body: {
      file: 'dGl0bGUsc3RhcnRzLHRpbWUgem9uZQpOaWdodCBTaGlmdCwyMDI3LTAxLTE1IDIyOjAwLEV1cm9wZS9CZXJsaW4K',
      timeZone: 'Europe/Berlin',
    },
  },
});
