import * as z from 'zod/mini';

/** How people attend an event. mixed: at its place and online, as each of them likes. Written with zod/mini for the browser; see person.ts. */
export const attendances = ['in-person', 'online', 'mixed'] as const;
export const attendanceSchema = z.enum(attendances);
export type Attendance = z.infer<typeof attendanceSchema>;

/** An address with a name or password in it would show them to everybody who holds a ticket, and browsers hide them. */
const joinUrlSchema = z.url({ protocol: /^https$/ }).check(
  z.maxLength(2000),
  z.refine(
    (address) => !/^https:\/*[^/?#\\]*@/i.test(address),
    'expected an https address without a name and password',
  ),
);

/** What the team says about attending online. */
export const onlineAccessInput = z.strictObject({
  attendance: attendanceSchema,
  /** Null: it comes later, or nobody attends online. */
  url: z._default(z.nullable(joinUrlSchema), null),
  /** What holders should know beside the link: a code of the room, when it opens. */
  note: z._default(z.string().check(z.trim(), z.maxLength(500)), ''),
});

/** What a holder of a valid ticket sees. */
export const joinSchema = z.object({ url: z.nullable(z.string()), note: z.string() });
export type Join = z.infer<typeof joinSchema>;
