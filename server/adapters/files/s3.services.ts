import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import { forgetPictures } from '../../features/pictures/forget-pictures.ts';
import { createClient } from '../../testing/client.ts';
import { days } from '../../testing/clock.ts';
import { type S3Server, startS3 } from '../../testing/s3-server.ts';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';

/* Runs against a server of S3's API that checks signatures (tools/system-packages.ts). Each test has a server of its own. */
const folder = process.env.ADMIT_MOTO;
if (!folder) process.stderr.write('s3.services.ts is left out: moto cannot be had on this machine\n');

describe.skipIf(!folder)('pictures in a bucket', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function open(
    env: Record<string, string> = {},
  ): Promise<{ s3: S3Server; world: World; house: Organiser }> {
    const s3 = await startS3(folder as string);
    closers.push(s3.close);
    const world = await createWorld({ ...s3.env, LOG_LEVEL: 'silent', ...env });
    closers.push(world.close);
    return { s3, world, house: await world.organiser() };
  }
  const photo = (red: number) =>
    sharp({ create: { width: 1000, height: 700, channels: 3, background: { r: red, g: 90, b: 40 } } })
      .jpeg()
      .toBuffer();
  const send = async (house: Organiser, red = 200) =>
    house.client.send('POST', `/api/organisations/${house.organisationId}/pictures`, {
      body: await photo(red),
      headers: { 'content-type': 'image/jpeg' },
    });

  test('a picture is written, read by several processes, and deleted when no event shows it', async () => {
    const { s3, world, house } = await open();
    const other = await world.another();
    const kept = (await send(house, 200)).body;
    const unused = (await send(house, 201)).body;
    await world.event({ organiser: house, fields: { coverUrl: kept.url } });
    await world.drain();
    const names = [
      '1200.jpg',
      ...[480, 720, 1200, 1600].flatMap((width) => [`${width}.avif`, `${width}.webp`]),
    ];
    const keysOf = (id: string) => names.map((name) => `admit/pictures/${id}/${name}`);
    expect(await s3.keys()).toEqual([...keysOf(kept.id), ...keysOf(unused.id)].sort());
    for (const process of [world.client(), createClient(other.url)]) {
      const read = await process.get(`/pictures/${kept.id}/720`, { accept: 'image/avif,image/webp' });
      expect([read.status, read.headers.get('content-type')]).toEqual([200, 'image/avif']);
      expect((await sharp(read.bytes).metadata()).width).toBe(720);
    }
    expect((await world.client().get('/pictures/pic_00000000000000000000000000/720')).status).toBe(404);
    // Files that a crash left without a row. The server knows only the machine's clock.
    const left = 'pic_01M8PB0000000000000000LEFT';
    await world.app.files.write(`pictures/${left}/720.webp`, Buffer.from('left'));
    await forgetPictures(world.app, new Date(world.clock.now().getTime() + days(6)));
    expect(await s3.keys()).toHaveLength(2 * names.length + 1);
    await forgetPictures(world.app, new Date(Math.max(world.clock.now().getTime(), Date.now()) + days(8)));
    expect(await s3.keys()).toEqual(keysOf(kept.id).sort());
  });

  test('more folders than one page of a listing are all found, and one is removed whole', async () => {
    const { s3, world } = await open();
    const { files } = world.app;
    const folders = Array.from({ length: 1003 }, (_, n) => `pic_${String(n).padStart(4, '0')}`);
    for (let first = 0; first < folders.length; first += 40)
      await Promise.all(
        folders.slice(first, first + 40).map((name) => files.write(`many/${name}/a.webp`, Buffer.from(name))),
      );
    const listed: string[] = [];
    for await (const name of files.listFolders('many')) listed.push(name);
    expect(listed).toEqual(folders);
    expect(await files.changedAt('many/pic_0007')).toBeInstanceOf(Date);
    expect(await files.changedAt('many/pic_none')).toBe(null);
    await files.removeFolder('many/pic_0007');
    await files.removeFolder('many/pic_none');
    expect([await files.read('many/pic_0007/a.webp'), `${await files.read('many/pic_0008/a.webp')}`]).toEqual(
      [null, 'pic_0008'],
    );
    expect(await s3.keys()).not.toContain('admit/many/pic_0007/a.webp');
    for (const key of ['../secrets', 'a//b', 'a/../b', '/a'])
      await expect(files.read(key)).rejects.toThrow('key');
  });

  test('a wrong secret and a bucket that is not there are named errors, and nothing else stops', async () => {
    const wrongs: Record<string, string>[] = [
      { S3_SECRET_ACCESS_KEY: 'not the secret' },
      { S3_BUCKET: 'elsewhere' },
    ];
    for (const wrong of wrongs) {
      const { world, house } = await open(wrong);
      const refused = await send(house);
      expect([refused.status, refused.body.code]).toEqual([503, 'pictures_unavailable']);
      const read = await world.client().get('/pictures/pic_00000000000000000000000000/720');
      expect([read.status, read.body.code]).toEqual([503, 'pictures_unavailable']);
      expect((await world.client().get('/api/events')).status).toBe(200);
    }
  });

  test('while the server is gone, pages and sales go on and an upload says it; an AVIF is made afterwards', async () => {
    const { s3, world, house } = await open();
    const { body } = await send(house);
    const event = await world.event({ organiser: house, fields: { coverUrl: body.url } });
    s3.freeze();
    // The reader of a picture waits for a deadline. Everybody else does not.
    const reading = world.client().get(`/pictures/${body.id}/720`);
    expect((await world.client().get(`/api/events/${event.id}`)).body.coverUrl).toBe(body.url);
    const wanted = { items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }] };
    const { client } = await world.guest();
    expect((await client.post(`/api/events/${event.id}/holds`, wanted)).status).toBe(201);
    s3.thaw();
    expect((await reading).status).toBe(200);
    await s3.close();
    const [read, refused] = [await world.client().get(`/pictures/${body.id}/480`), await send(house, 77)];
    expect([read.status, read.body.code]).toEqual([503, 'pictures_unavailable']);
    expect([refused.status, refused.body.code]).toEqual([503, 'pictures_unavailable']);
    expect(refused.headers.get('retry-after')).toBe('10');
    const rows = await world.app.db.query('select id from pictures');
    expect(rows).toHaveLength(1);
  });
});
