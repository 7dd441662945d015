import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { organisationPageFields } from './organisation-page-fields.ts';

/** The public page of an organisation, its look, and the sites that may show its widget (docs/branding.md, docs/widget.md). */

const ofOrganisation = z.object({ organisationId: idSchema('organisation') });

const linkSchema = z.object({ label: z.string(), url: z.string() });
const shades = z.object({
  accent: z.string().meta({ description: 'For links, and behind the text of buttons.' }),
  onAccent: z.string().meta({ description: 'For text on `accent`.' }),
});

/** What the public sees of a page. */
export const publicPageShape = {
  about: z.string().meta({ description: 'Plain text, up to 2,000 characters. Empty if there is none.' }),
  links: z.array(linkSchema),
  colors: z.object({ light: shades, dark: shades }).nullable().meta({
    description:
      'The color of the organisation for light and for dark pages: moved until text has a contrast of 4.5 (WCAG 2.2). Null if it chose none.',
  }),
  logoUrl: z.string().nullable(),
};

const shown = z.object({
  ...publicPageShape,
  version: z.int().meta({ description: 'Grows with every change. A change names it in If-Match.' }),
  color: z.string().nullable().meta({ description: 'As the organiser chose it, like `#4f3ddb`.' }),
  embedOrigins: z.array(z.string()).meta({
    description:
      'The sites that may show the widget, like `https://www.example.com`. If it is empty, any site may.',
  }),
});
export type OrganisationPage = z.infer<typeof shown>;

export const getOrganisationPage = operation({
  id: 'getOrganisationPage',
  method: 'GET',
  path: '/api/organisations/{organisationId}/page',
  tag: 'Organise',
  summary: 'Read the public page of an organisation, and which sites may show its widget',
  access: 'team',
  needs: 'events.read',
  params: ofOrganisation,
  status: 200,
  etag: 'version',
  reply: shown,
  errors: [],
});

export const putOrganisationPage = operation({
  id: 'putOrganisationPage',
  method: 'PUT',
  path: '/api/organisations/{organisationId}/page',
  tag: 'Organise',
  summary: 'Change the public page of an organisation, and which sites may show its widget',
  description:
    '`logoUrl` is the address of an uploaded picture (uploadPicture). If somebody else has changed the page since `version`, the answer is `version_mismatch` with the present version.',
  access: 'team',
  needs: 'events.edit',
  ifMatch: true,
  params: ofOrganisation,
  body: z.strictObject(organisationPageFields.shape),
  status: 200,
  etag: 'version',
  reply: shown,
  acts: ['organisation.page_changed'],
  errors: [],
  example: {
    body: {
      about: 'A boiler house by the river, with music on most nights.',
      links: [{ label: 'Our site', url: 'https://kesselhaus.example' }],
      color: '#0a7f5a',
      logoUrl: null,
      embedOrigins: ['https://kesselhaus.example'],
    },
  },
});
