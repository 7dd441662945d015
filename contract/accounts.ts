import { z } from 'zod';
import { categories, categorySchema } from './event-fields.ts';
import { idSchema } from './ids.ts';
import { type Language, languages } from './languages.ts';
import { operation } from './operation.ts';
import { citySchema, membershipFields, organisationFields, personNameSchema } from './person.ts';
import { ownsAllEvents, teamRoles } from './team-roles.ts';

/** Roles on the platform. A user who opens an organisation becomes an organizer. Only an admin makes another admin. */
export const userRoles = ['user', 'organizer', 'admin'] as const;
export type UserRole = (typeof userRoles)[number];

/** A role in an organisation, and the events that it counts for. */
const membershipShape = {
  role: z.enum(teamRoles),
  events: z
    .array(idSchema('event'))
    .nullable()
    .meta({ description: 'The events that the role counts for; null if it counts for all.' }),
};

export const meSchema = z
  .object({
    id: idSchema('user'),
    name: z.string(),
    email: z.string().nullable(),
    emailVerified: z.boolean(),
    isGuest: z.boolean(),
    /** True if signing in with the password asks for a code as well. */
    twoFactor: z.boolean(),
    role: z.enum(userRoles),
    organisations: z.array(z.object({ id: idSchema('organisation'), name: z.string(), ...membershipShape })),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meSchema>;

export const getMe = operation({
  id: 'getMe',
  method: 'GET',
  path: '/api/me',
  tag: 'Accounts',
  summary: 'Read who is signed in, and the organisations they work for',
  access: 'signed-in',
  status: 200,
  reply: meSchema,
  errors: [],
});

/** Each category once and in the catalogue's order, so that equal choices are equal lists. */
const interestsSchema = z
  .array(categorySchema)
  .max(50)
  .transform((chosen) => categories.filter((category) => chosen.includes(category)));

const languageSchema = z.enum(Object.keys(languages) as [Language, ...Language[]]);

export const profileSchema = z
  .object({
    name: z.string(),
    homeCity: z.string().nullable(),
    interests: z.array(categorySchema),
    language: languageSchema.meta({
      description: 'Of mails that are about no order of yours: to your team, or about your account.',
    }),
    mails: z.object({
      reminders: z
        .boolean()
        .meta({ description: 'A mail on the day before an event that you have tickets for.' }),
      signIns: z.boolean().meta({ description: 'A mail when somebody signs in from a new browser.' }),
      news: z.boolean().meta({ description: 'News of organisers whose events you have tickets for.' }),
      exports: z.boolean().meta({ description: 'Files that a team of yours has scheduled for you.' }),
    }),
  })
  .meta({ id: 'Profile' });
export type Profile = z.infer<typeof profileSchema>;

export const getProfile = operation({
  id: 'getProfile',
  method: 'GET',
  path: '/api/me/profile',
  tag: 'Accounts',
  summary: 'Read your name, home city, interests, and which mails you want',
  access: 'signed-in',
  status: 200,
  reply: profileSchema,
  errors: [],
});

/** The editable fields of a profile. The web app's forms use this schema too. */
export const profileChangeSchema = z.strictObject({
  name: z.optional(personNameSchema),
  homeCity: z.nullable(citySchema).optional(),
  interests: interestsSchema.optional(),
  language: languageSchema.optional(),
  mails: z
    .strictObject({
      reminders: z.boolean().optional(),
      signIns: z.boolean().optional(),
      news: z.boolean().optional(),
      exports: z.boolean().optional(),
    })
    .optional(),
});

export const updateProfile = operation({
  id: 'updateProfile',
  method: 'PATCH',
  path: '/api/me/profile',
  tag: 'Accounts',
  summary: 'Change your profile; fields that are left out stay as they are',
  description: 'Mails about your own orders cannot be switched off.',
  access: 'signed-in',
  body: profileChangeSchema,
  status: 200,
  reply: profileSchema,
  rateLimit: { max: 60, seconds: 60 },
  bodyLimit: 4096,
  errors: [],
  example: { body: { homeCity: 'Lisbon', interests: ['music', 'theatre'] } },
});

export const createOrganisation = operation({
  id: 'createOrganisation',
  method: 'POST',
  path: '/api/organisations',
  tag: 'Organise',
  summary: 'Open an organisation; you become its owner',
  access: 'signed-in',
  body: z.strictObject(organisationFields.shape),
  status: 201,
  reply: z.object({ id: idSchema('organisation'), name: z.string(), slug: z.string() }),
  acts: ['organisation.created'],
  errors: ['email_not_verified', 'forbidden'],
  example: { body: { name: 'Kesselhaus' } },
});

const organisationParam = z.object({ organisationId: idSchema('organisation') });
const memberParams = z.object({ organisationId: idSchema('organisation'), userId: idSchema('user') });
const memberSchema = z.object({
  userId: idSchema('user'),
  name: z.string(),
  email: z.string(),
  ...membershipShape,
});

export const listMembers = operation({
  id: 'listMembers',
  method: 'GET',
  path: '/api/organisations/{organisationId}/members',
  tag: 'Organise',
  summary: 'List the members of a team',
  access: 'team',
  needs: 'team.read',
  params: organisationParam,
  status: 200,
  reply: z.object({ items: z.array(memberSchema) }),
  errors: [],
});

export const changeMemberRole = operation({
  id: 'changeMemberRole',
  method: 'PUT',
  path: '/api/organisations/{organisationId}/members/{userId}',
  tag: 'Organise',
  summary: 'Change the role of a team member, and the events that it counts for',
  description:
    'The new role takes effect at once. Without `events` it counts for all events. Nobody becomes an owner this way: invite the person as an owner, and they must accept. The last owner stays an owner.',
  access: 'team',
  needs: 'team.edit',
  params: memberParams,
  body: z
    .strictObject(membershipFields.shape)
    .refine(ownsAllEvents, { path: ['events'], message: 'an owner has all events' }),
  status: 200,
  reply: memberSchema,
  acts: ['member.role_changed'],
  errors: ['forbidden', 'owner_must_accept', 'unknown_event'],
  example: { body: { role: 'manager' } },
});

export const removeMember = operation({
  id: 'removeMember',
  method: 'DELETE',
  path: '/api/organisations/{organisationId}/members/{userId}',
  tag: 'Organise',
  summary: 'Remove a member from the team',
  description:
    'Also withdraws the open invitations that this member sent, and an open one that was sent to them.',
  access: 'team',
  needs: 'team.edit',
  repeatable: false,
  params: memberParams,
  status: 204,
  reply: null,
  acts: ['member.removed'],
  errors: ['forbidden'],
});

const userParam = z.object({ userId: idSchema('user') });
const adminUserSchema = z.object({
  id: idSchema('user'),
  name: z.string(),
  email: z.string().nullable(),
  role: z.enum(userRoles),
  suspended: z.boolean(),
});

export const suspendUser = operation({
  id: 'suspendUser',
  method: 'POST',
  path: '/api/admin/users/{userId}/suspension',
  tag: 'Admin',
  summary: 'Suspend an account: it loses access at once, everywhere',
  access: 'admin',
  params: userParam,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  status: 200,
  reply: adminUserSchema,
  acts: ['account.suspended'],
  errors: ['forbidden'],
  example: { body: { reason: 'Resells tickets above face value' } },
});

export const restoreUser = operation({
  id: 'restoreUser',
  method: 'DELETE',
  path: '/api/admin/users/{userId}/suspension',
  tag: 'Admin',
  summary: 'Lift a suspension',
  access: 'admin',
  params: userParam,
  status: 200,
  reply: adminUserSchema,
  acts: ['account.restored'],
  errors: [],
});

export const setUserRole = operation({
  id: 'setUserRole',
  method: 'PUT',
  path: '/api/admin/users/{userId}/role',
  tag: 'Admin',
  summary: 'Give an account a role on the platform',
  access: 'admin',
  params: userParam,
  body: z.strictObject({ role: z.enum(userRoles) }),
  status: 200,
  reply: adminUserSchema,
  acts: ['account.role_changed'],
  errors: ['forbidden', 'email_not_verified'],
  example: { body: { role: 'organizer' } },
});
