import * as z from 'zod/mini';
import { emailSchema } from './email.ts';
import { idSchema } from './ids.ts';
import { mostMemberEvents, teamRoles } from './team-roles.ts';

/**
 * What people enter about themselves. The operations use these schemas for their bodies, and the web app for its forms.
 * They travel to the browser, so they are written with zod/mini: 6 KB compressed instead of 23.
 */
export const personNameSchema = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(80), z.regex(/^\P{Cc}*$/u, 'expected no control characters'));
export { emailSchema };
/**
 * A password in the form in which it is hashed: Unicode's NFKC, which NIST SP 800-63B names first. With NFC a password
 * with full-width letters could not be typed on another keyboard.
 */
export const normalizePassword = (password: string): string => password.normalize('NFKC');
/** Length in code points, as NIST counts: an emoji is one code point and two UTF-16 units. */
const passwordLength = (password: string): number => [...normalizePassword(password)].length;
/** A text of more UTF-16 units is longer than 128 code points in any form, so it is refused without normalising it. */
const longestText = 1024;
export const newPasswordSchema = z.string().check(
  z.refine(
    (password) =>
      password.length <= longestText && passwordLength(password) >= 8 && passwordLength(password) <= 128,
    'expected 8 to 128 characters',
  ),
  z.meta({ minLength: 8, maxLength: 128 }),
);
/** An existing password. It may have been chosen under other rules. */
export const ownPasswordSchema = z.string().check(z.minLength(1), z.maxLength(longestText));
export const citySchema = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(80), z.regex(/^\P{Cc}*$/u, 'expected no control characters'));

export const signUpFields = z.strictObject({
  name: personNameSchema,
  email: emailSchema,
  password: newPasswordSchema,
});
export const signInFields = z.strictObject({ email: emailSchema, password: ownPasswordSchema });
export const emailFields = z.strictObject({ email: emailSchema });
export const newPasswordFields = z.strictObject({ newPassword: newPasswordSchema });
export const passwordChangeFields = z.strictObject({
  currentPassword: ownPasswordSchema,
  newPassword: newPasswordSchema,
});
export const ownPasswordFields = z.strictObject({ password: ownPasswordSchema });
export const codeFields = z.strictObject({
  code: z.string().check(z.regex(/^\d{6}$/, 'expected six digits')),
});
export const backupCodeFields = z.strictObject({
  code: z.string().check(z.regex(/^[A-Za-z0-9]{5}-[A-Za-z0-9]{5}$/, 'expected a backup code')),
});

const none = z.literal('');
/** The profile in its form: an empty city means no city. */
export const profileFields = z.object({ name: personNameSchema, homeCity: z.union([none, citySchema]) });
/** An empty password means none: the first minutes of a session do not need it. */
export const deletionFields = z.strictObject({
  password: z.union([none, ownPasswordSchema]),
  ticketsLeaveMe: z.boolean(),
});

/** The name on an order or a ticket. It may be longer than that of an account: programs and companies buy too. */
export const ticketNameSchema = z.string().check(z.trim(), z.minLength(1), z.maxLength(120));
/** The buyer and, if the organiser asks, the attendees: one person per place, in the order of the lines. */
export const detailsFields = z.strictObject({
  buyer: z.strictObject({ name: ticketNameSchema, email: emailSchema }),
  attendees: z.optional(z.array(z.strictObject({ name: ticketNameSchema })).check(z.maxLength(100))),
});

/** To whom a ticket is passed on. A message with a link is refused, because the mail comes from us and not from the sender. */
export const transferFields = z.strictObject({
  email: emailSchema,
  message: z.optional(
    z
      .string()
      .check(
        z.trim(),
        z.maxLength(300),
        z.regex(/^(?!.*(?:\/\/|www\.))[^\p{Cc}]*(?:\n[^\p{Cc}]*)*$/isu, 'expected a text without links'),
      ),
  ),
});

/** By what the mail with an order's link is asked for. The number is the end of the order's id. */
export const orderLinkFields = z.strictObject({
  number: z
    .string()
    .check(
      z.trim(),
      z.toUpperCase(),
      z.regex(/^[0-9A-HJKMNP-TV-Z]{8}$/, 'expected the eight letters and digits of an order number'),
    ),
  email: emailSchema,
});

/** What a person may be on a team. An owner is one for all events. Without `events` the role counts for all events. */
export const membershipFields = z.strictObject({
  role: z.enum(teamRoles),
  events: z.optional(
    z.nullable(z.array(idSchema('event')).check(z.minLength(1), z.maxLength(mostMemberEvents))),
  ),
});
export const invitationFields = z.strictObject({ email: emailSchema, ...membershipFields.shape });
export const organisationFields = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
});
