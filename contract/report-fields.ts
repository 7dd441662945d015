import * as z from 'zod/mini';
import { emailSchema } from './email.ts';
import { idSchema } from './ids.ts';

/* What people enter about a report. The web app's forms use these schemas too, so they are written with zod/mini. */

/** What is wrong with an event. */
export const reportCategories = [
  'fraud',
  'impersonation',
  'hate',
  'danger',
  'minors',
  'rights',
  'other',
] as const;
export type ReportCategory = (typeof reportCategories)[number];

const textSchema = z.string().check(z.trim(), z.minLength(3), z.maxLength(4000));
/** The facts and reasons of a decision. */
export const statementSchema = z.string().check(z.trim(), z.minLength(10), z.maxLength(4000));

export const reportFields = z.strictObject({
  category: z.enum(reportCategories),
  text: textSchema,
  /** Where on the page it is. */
  place: z.optional(z.string().check(z.trim(), z.maxLength(500))),
  name: z.optional(
    z.string().check(z.trim(), z.maxLength(80), z.regex(/^\P{Cc}*$/u, 'expected no control characters')),
  ),
  email: z.optional(emailSchema),
  /** That the person believes in good faith that what they say is accurate and complete. */
  goodFaith: z.literal(true),
});

export const secretAppealFields = z.strictObject({
  secret: z.string().check(z.regex(/^[\w-]{32}$/, 'expected the secret of the mail')),
  /** The report that the mail was about, for those who reported. */
  report: z.optional(idSchema('report')),
  text: textSchema,
});
