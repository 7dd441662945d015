import { z } from 'zod';

/**
 * What people write into forms about themselves. The operations take their bodies from here and the web app
 * checks its forms with the same schemas, so this module is small: it travels to the browser.
 */
export const personNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^\P{Cc}*$/u, 'expected no control characters');
export const emailSchema = z.email().max(254);
export const newPasswordSchema = z.string().min(8).max(128);
/** One that was chosen before, perhaps by other rules. */
export const ownPasswordSchema = z.string().min(1).max(128);
export const citySchema = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^\P{Cc}*$/u, 'expected no control characters');

export const signUpFields = z.strictObject({
  name: personNameSchema,
  email: emailSchema,
  password: newPasswordSchema,
});
/** The profile as a form has it: an empty city is none. */
export const profileFields = z.object({ name: personNameSchema, homeCity: citySchema.or(z.literal('')) });
export const signInFields = z.strictObject({ email: emailSchema, password: ownPasswordSchema });
export const emailFields = z.strictObject({ email: emailSchema });
export const newPasswordFields = z.strictObject({ newPassword: newPasswordSchema });
export const passwordChangeFields = z.strictObject({
  currentPassword: ownPasswordSchema,
  newPassword: newPasswordSchema,
});
export const ownPasswordFields = z.strictObject({ password: ownPasswordSchema });
export const codeFields = z.strictObject({ code: z.string().regex(/^\d{6}$/, 'expected six digits') });
export const backupCodeFields = z.strictObject({
  code: z.string().regex(/^[A-Za-z0-9]{5}-[A-Za-z0-9]{5}$/, 'expected a backup code'),
});
/** An empty password is none: the first minutes of a session need it not. */
export const deletionFields = z.strictObject({
  password: ownPasswordSchema.or(z.literal('')),
  ticketsLeaveMe: z.boolean(),
});
