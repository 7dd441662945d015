import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { namesETag } from '../../http/etags.ts';
import type { FindReady } from '../../http/ready-answers.ts';
import { memoPer } from '../../memo.ts';
import { type RoomRow, showQueue } from './waiting-room.ts';

type GetCall = Pick<Call<{ eventId: EventId }, undefined, undefined, 'public'>, 'params' | 'header'>;

/** Tells everybody the same about a queue. It is encoded once for each change. */
export async function getQueue(app: App, { params, header }: GetCall): Promise<Raw> {
  const { etag, whole, notModified } = answersOf(await app.rooms.open(params.eventId));
  return namesETag(header('if-none-match'), etag) ? notModified : whole;
}

/** The same without waiting, for a queue that this process knows now. */
export const findQueueAnswer =
  ({ rooms }: Pick<App, 'rooms'>): FindReady =>
  (eventId) => {
    const room = rooms.known(eventId as EventId);
    return room && answersOf(room);
  };

const answersOf = memoPer((room: RoomRow) => {
  const etag = `"${room.version}"`;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'public, max-age=1',
    etag,
  };
  return {
    etag,
    whole: new Raw(JSON.stringify(showQueue(room)), headers),
    notModified: new Raw('', headers, 304),
  };
});
