import type { FastifyInstance, FastifyReply } from 'fastify';
import { Refused } from '../../../contract/errors.ts';
import { idSchema } from '../../../contract/ids.ts';
import { pictureWidths, previewWidth } from '../../../contract/picture-address.ts';
import * as contract from '../../../contract/pictures.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { fileOf } from './pictures.ts';
import { uploadPicture } from './upload-picture.ts';

/** Register it in a scope of its own: the body of an upload is a file. */
export function uploadRoutes(http: FastifyInstance, app: App): void {
  http.addContentTypeParser(
    [...contract.pictureTypes],
    { parseAs: 'buffer' },
    (request, body: Buffer, done) => {
      request.rawBody = body;
      done(null, undefined);
    },
  );
  http.addContentTypeParser('*', (_request, _body, done) =>
    done(
      new Refused('unsupported_media_type', {
        detail: `Send the file as ${contract.pictureTypes.join(', ')}.`,
      }),
    ),
  );
  bind(http, app, contract.uploadPicture, uploadPicture);
}

const widths = new Set(pictureWidths.map(String));
const mediaTypes = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' } as const;

/** Serves the files of pictures. They are public, never change, and are part of a page and not of the API. */
export function pictureFileRoutes(http: FastifyInstance, app: App): void {
  http.get<{ Params: { pictureId: string; name: string } }>(
    '/pictures/:pictureId/:name',
    async ({ params, headers }, reply) => {
      const id = idSchema('picture').safeParse(params.pictureId);
      if (!id.success) throw new Refused('not_found');
      if (params.name === `${previewWidth}.jpg`) {
        const bytes = await app.files.read(fileOf(id.data, params.name));
        if (bytes) return send(reply, 'jpg', bytes);
      } else if (widths.has(params.name)) {
        reply.header('vary', 'accept');
        const kinds = headers.accept?.includes('image/avif')
          ? (['avif', 'webp'] as const)
          : (['webp'] as const);
        for (const kind of kinds) {
          const bytes = await app.files.read(fileOf(id.data, `${params.name}.${kind}`));
          if (bytes) return send(reply, kind, bytes, { isFinal: kind === kinds[0] });
        }
      }
      throw new Refused('not_found');
    },
  );
}

/** Until the AVIF is made, a browser that takes it gets WebP, and asks again after an hour. */
function send(
  reply: FastifyReply,
  kind: keyof typeof mediaTypes,
  bytes: Buffer,
  { isFinal } = { isFinal: true },
) {
  const { page } = reply.server.securityHeaders;
  for (const name of Object.keys(page)) if (name !== 'x-content-type-options') reply.removeHeader(name);
  return reply
    .header('cache-control', isFinal ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cross-origin-resource-policy', 'cross-origin')
    .type(mediaTypes[kind])
    .send(bytes);
}
