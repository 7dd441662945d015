import * as z from 'zod/mini';

const deviceClasses = ['phone', 'tablet', 'desktop'] as const;

/** Where a visitor or an order comes from. It names no person. */
export const sourceFields = {
  /** The `via`, `ref` or `utm_source` of the link that led to the event. */
  link: z.optional(z.string().check(z.regex(/^[\w .:@+-]{1,60}$/))),
  device: z.optional(z.enum(deviceClasses)),
  /** The IANA time zone of the browser. The server keeps only the country that it lies in. */
  timeZone: z.optional(z.string().check(z.maxLength(60))),
};
export const sourceSchema = z.strictObject(sourceFields);
export type Source = z.infer<typeof sourceSchema>;
