import * as z from 'zod/mini';

/**
 * What people write into forms about themselves. The operations take their bodies from here and the web app
 * checks its forms with the same schemas. They travel to the browser, so they are written with Zod's small
 * half: 6 KB compressed instead of 23.
 */
export const personNameSchema = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(80), z.regex(/^\P{Cc}*$/u, 'expected no control characters'));
export const emailSchema = z.email().check(z.maxLength(254));
/**
 * A password as it is hashed: in Unicode's form NFKC, which NIST SP 800-63B names first. With NFC alone a password that
 * was chosen with full-width letters could not be typed on another keyboard.
 */
export const normalizePassword = (password: string): string => password.normalize('NFKC');
/** In code points, as NIST counts: an emoji is one of them and two units of UTF-16. */
const passwordLength = (password: string): number => [...normalizePassword(password)].length;
/** Longer than 128 code points are in any form. What is longer is not even normalised. */
const longestText = 1024;
export const newPasswordSchema = z.string().check(
  z.refine(
    (password) =>
      password.length <= longestText && passwordLength(password) >= 8 && passwordLength(password) <= 128,
    'expected 8 to 128 characters',
  ),
  z.meta({ minLength: 8, maxLength: 128 }),
);
/** One that was chosen before, perhaps by other rules. */
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
/** The profile as a form has it: an empty city is none. */
export const profileFields = z.object({ name: personNameSchema, homeCity: z.union([none, citySchema]) });
/** An empty password is none: the first minutes of a session need it not. */
export const deletionFields = z.strictObject({
  password: z.union([none, ownPasswordSchema]),
  ticketsLeaveMe: z.boolean(),
});

/** Whose name stands on an order or on a ticket: not only people have accounts, and theirs may be longer. */
const ticketNameSchema = z.string().check(z.trim(), z.minLength(1), z.maxLength(120));
/** Who buys and, where the organiser asks, who comes: one person per place, in the order of the lines. */
export const detailsFields = z.strictObject({
  buyer: z.strictObject({ name: ticketNameSchema, email: emailSchema }),
  attendees: z.optional(z.array(z.strictObject({ name: ticketNameSchema })).check(z.maxLength(100))),
});

/** Roles in an organisation, each with the powers of those after it: owner, manager, door. */
export const teamRoles = ['owner', 'manager', 'door'] as const;
export const invitationFields = z.strictObject({ email: emailSchema, role: z.enum(teamRoles) });
export const organisationFields = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
});
