import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/** Many dates of one event at once: by a rule of RFC 5545, with dates taken out and added. */

/** How many dates one request may make. */
export const mostDates = 100;
/** How many seats the dates of one request may have together. Each date gets a seat map of its own. */
export const mostSeatsOfDates = 100_000;
/** How many bytes the drawings of the dates of one request may have together, as the database keeps them. */
export const mostDrawingBytesOfDates = 16 * 1024 * 1024;
/** How far a rule may reach, from its first day on. */
export const mostYearsOfRule = 10;

/** Why a rule cannot be used. `part` names the part of the rule. */
export const ruleFaults = [
  'unreadable',
  'unknown_part',
  'part_twice',
  'value',
  'too_fine',
  'ends_twice',
  'combination',
  'no_dates',
] as const;
export type RuleFault = (typeof ruleFaults)[number];

/** A time on the clocks of the event's zone, `2027-03-09T20:00`. */
const localTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'expected a local time such as 2027-03-09T20:00')
  .refine((text) => {
    const at = new Date(`${text}Z`);
    return (
      !Number.isNaN(at.getTime()) &&
      at.toISOString().slice(0, 16) === text &&
      text >= '1970-01-02' &&
      text < '9998'
    );
  }, 'expected a day of the calendar and a time of day')
  .meta({ examples: ['2027-03-09T20:00'] });

const datesShape = {
  from: z.nullable(localTime).default(null).meta({
    description: 'The first day and the time of day of the rule (DTSTART). Null: the start of the event.',
  }),
  rule: z
    .nullable(z.string().trim().min(1).max(500))
    .default(null)
    .meta({
      description:
        'An RRULE of RFC 5545. FREQ is DAILY, WEEKLY, MONTHLY or YEARLY; BYHOUR, BYMINUTE and BYSECOND are refused. UNTIL may be a day. COUNT counts dates that are taken out and dates that exist too.',
      examples: ['FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20270630'],
    }),
  extraDates: z
    .array(localTime)
    .max(2 * mostDates)
    .default([])
    .meta({ description: 'Dates beside those of the rule (RDATE).' }),
  exceptDates: z
    .array(localTime)
    .max(2 * mostDates)
    .default([])
    .meta({ description: 'Dates of the rule that are taken out (EXDATE).' }),
  run: z.nullable(z.string().trim().min(1).max(80)).default(null).meta({
    description:
      'The name of the series if the event has none yet; the event gets it too. Null: the title of the event.',
  }),
};
const hasDates = ({ rule, extraDates }: { rule: string | null; extraDates: string[] }) =>
  rule !== null || extraDates.length > 0;
const noDates = { message: 'give a rule or extraDates', path: ['rule'] };
const datesSchema = z.strictObject(datesShape).refine(hasDates, noDates).meta({ id: 'EventDates' });
export type EventDates = z.infer<typeof datesSchema>;

const plannedSchema = z
  .object({
    local: localTime,
    startsAt: instantSchema,
    endsAt: instantSchema,
    clock: z.enum(['shown', 'skipped', 'repeated']).meta({
      description:
        '`skipped`: the clocks of the zone jump over this time, so the date begins as much later. `repeated`: the clocks show this time twice; the first one counts.',
    }),
    fromRule: z.boolean(),
    problem: z.nullable(z.enum(['exists', 'past'])).meta({
      description: 'Such a date is not made. `exists`: the event or a date of its series begins then.',
    }),
    clashes: z
      .array(z.object({ eventId: z.nullable(idSchema('event')), title: z.string(), startsAt: instantSchema }))
      .meta({
        description:
          'Up to three events at the same venue that overlap with the date. Null: another date of this request. The date can be made all the same.',
      }),
  })
  .meta({ id: 'PlannedDate' });
export type PlannedDate = z.infer<typeof plannedSchema>;

const ofTeam = {
  tag: 'Organise',
  access: 'team',
  needs: 'events.edit',
  params: z.object({ eventId: idSchema('event') }),
} as const;

const planSchema = z
  .object({
    timeZone: z.string(),
    run: z.string().meta({ description: 'The name of the series that the dates belong to.' }),
    items: z.array(plannedSchema).meta({ description: 'The earliest first.' }),
    more: z.boolean().meta({
      description: `The rule has more dates than are listed: more than \`most\`, or later than ${mostYearsOfRule} years after its first day. Such a rule makes no dates.`,
    }),
    most: z.int().min(1).meta({ description: 'How many dates one request can make of this event.' }),
  })
  .meta({ id: 'DatesPlan' });
export type DatesPlan = z.infer<typeof planSchema>;

export const previewDates = operation({
  ...ofTeam,
  id: 'previewDates',
  method: 'POST',
  path: '/api/events/{eventId}/dates/preview',
  summary: 'List the dates that a rule would make of an event',
  description:
    'Changes nothing. `makeDates` with the same body makes the dates of the answer that have no `problem`. Times of day stay the same across a change of clocks.',
  body: datesSchema,
  rateLimit: { max: 120, seconds: 60 },
  status: 200,
  reply: planSchema,
  errors: ['date_rule_refused'],
  example: { body: { rule: 'FREQ=WEEKLY;BYDAY=TU,FR;COUNT=10' } },
});

const newDatesSchema = z
  .strictObject({
    ...datesShape,
    publishAt: z
      .nullable(instantSchema)
      .default(null)
      .meta({ description: 'When all dates are published by themselves. Null: they stay drafts.' }),
    promoCodes: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether each date has the same promo codes, each with all its uses.' }),
  })
  .refine(hasDates, noDates)
  .meta({ id: 'NewEventDates' });
export type NewEventDates = z.infer<typeof newDatesSchema>;

const madeSchema = z
  .object({
    run: z.string(),
    made: z.array(
      z.object({
        id: idSchema('event'),
        slug: z.string(),
        local: localTime,
        startsAt: instantSchema,
        endsAt: instantSchema,
      }),
    ),
    leftOut: z.array(plannedSchema),
  })
  .meta({ id: 'MadeDates' });
export type MadeDates = z.infer<typeof madeSchema>;

export const makeDates = operation({
  ...ofTeam,
  id: 'makeDates',
  method: 'POST',
  path: '/api/events/{eventId}/dates',
  summary: 'Make many dates like this event',
  description: `All or none. Each date is a copy of the event as \`copyEvent\` makes it, with its seat plan, and belongs to the same series. Dates that exist or have passed are left out, so a second request with the same rule makes none. One request makes at most ${mostDates} dates, with at most ${mostSeatsOfDates} seats together, and fewer if the drawing of its seat map is large.`,
  body: newDatesSchema,
  rateLimit: { max: 20, seconds: 60 },
  status: 201,
  reply: madeSchema,
  acts: ['event.copied', 'event.changed', 'event.publication_scheduled'],
  errors: ['date_rule_refused', 'too_many_dates', 'event_cancelled', 'event_not_publishable', 'pass_places'],
  example: { body: { rule: 'FREQ=WEEKLY;BYDAY=TU,FR;COUNT=10', run: 'Night Shift' } },
});
