import { z } from 'zod/mini';
import { pictureAddress } from './picture-address.ts';

/** The fields of an organisation's page, for forms too. It is apart from the operations, because pages load no large schemas. */

const pageBounds = { about: 2000, links: 8, label: 40, url: 500, origins: 20 } as const;

// As patterns, because the client is compiled without the types of a browser.
/** An address that a browser opens and no script. */
const webAddress = /^https:\/\/[^\s"'<>\\/?#@]+(?:[/?#][^\s"'<>\\]*)?$/i;

/** An origin exactly as browsers send it: a scheme, a host and a port that is not the usual one. */
const isOrigin = (text: string): boolean =>
  /^https?:\/\/(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::[1-9]\d{0,4})?$/.test(text) &&
  !/^http:.*[^:]:80$|^https:.*[^:]:443$/.test(text);

const linkField = z.strictObject({
  label: z.string().check(z.trim(), z.minLength(1), z.maxLength(pageBounds.label)),
  url: z
    .string()
    .check(z.trim(), z.maxLength(pageBounds.url), z.regex(webAddress, 'must begin with https://')),
});

export const organisationPageFields = z.strictObject({
  about: z.string().check(z.trim(), z.maxLength(pageBounds.about)),
  links: z.array(linkField).check(z.maxLength(pageBounds.links)),
  color: z.nullable(z.string().check(z.regex(/^#[0-9a-f]{6}$/, 'must be a color like #4f3ddb'))),
  logoUrl: z.nullable(z.string().check(z.regex(pictureAddress, 'must be an uploaded picture'))),
  embedOrigins: z
    .array(
      z
        .string()
        .check(z.maxLength(200), z.refine(isOrigin, 'must be an origin like https://www.example.com')),
    )
    .check(z.maxLength(pageBounds.origins)),
});
export type OrganisationPageFields = z.infer<typeof organisationPageFields>;
