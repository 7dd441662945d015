import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';

/** Pictures that an organiser uploads for the covers of events. */

/** The media types that can be uploaded. What a file is follows from its content and not from this name. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;
export const mostPictureBytes = 10 * 1024 * 1024;
/** A cover is shown 1,600 pixels wide on large screens, and half of that is the least that looks good on a phone. */
export const leastPictureWidth = 600;
export const leastPictureHeight = 300;
export const mostPicturePixels = 50_000_000;
/** How many times as wide as high a picture may be, and how many times as high as wide. A page would show a strip of others. */
export const mostPictureShape = { wide: 4, high: 2 };

export const pictureFaults = [
  'unknown_kind',
  'damaged',
  'too_many_pixels',
  'too_small',
  'odd_shape',
] as const;

export const pictureSchema = z
  .object({
    id: idSchema('picture'),
    url: z.string().meta({
      description:
        'Set it as `coverUrl` of an event, if you like with `?f=25-75`: the point 25% from the left and 75% from the top stays visible where a page cuts the picture. Each number is 0, 25, 50, 75 or 100.',
    }),
    width: z.int().meta({ description: 'In pixels, upright as the camera was held.' }),
    height: z.int(),
  })
  .meta({ id: 'Picture' });
export type Picture = z.infer<typeof pictureSchema>;

export const uploadPicture = operation({
  id: 'uploadPicture',
  method: 'POST',
  path: '/api/organisations/{organisationId}/pictures',
  tag: 'Organise',
  summary: 'Upload a picture for covers of events',
  description:
    'The body is the file. Admit finds out by the content what it is, turns it upright, and writes it anew in the widths that pages use, without the metadata: where and with what a photo was taken is not published. `picture_refused` carries `fault`: `unknown_kind` (neither JPEG, PNG, WebP nor AVIF), `damaged` (or made to take more memory or time than a picture needs), `too_many_pixels` (more than 50 million), `too_small` (less than 600 × 300) or `odd_shape` (more than four times as wide as high, or twice as high as wide). The same file gives the same picture. A picture that no event uses is deleted after a week.',
  access: 'team',
  needs: 'events.edit',
  params: z.object({ organisationId: idSchema('organisation') }),
  bytes: pictureTypes,
  bodyLimit: mostPictureBytes,
  rateLimit: { max: 60, seconds: 600 },
  status: 201,
  reply: pictureSchema,
  errors: [
    'picture_refused',
    'pictures_full',
    'pictures_busy',
    'pictures_out_of_room',
    'pictures_unavailable',
  ],
});
