import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { coverAddress, pictureAddress, pictureWidths } from '../../../contract/picture-address.ts';
import { createPictureEncoder } from '../../adapters/pictures/encoder.ts';
import type { Client } from '../../testing/client.ts';
import { days } from '../../testing/clock.ts';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';
import { layout } from '../seat-plans/testing/draw.ts';
import { forgetPictures } from './forget-pictures.ts';
import { uploadPicture } from './testing/upload-picture.ts';

let world: World;
let house: Organiser;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
});
afterAll(() => world.close());

/** A picture whose left half is red and right half is green, so that it shows which way is up. */
async function photo(of: { width?: number; height?: number; red?: number } = {}): Promise<Sharp> {
  const { width = 1800, height = 1200, red = 220 } = of;
  const half = await sharp({
    create: { width: width / 2, height, channels: 3, background: { r: red, g: 0, b: 0 } },
  })
    .png()
    .toBuffer();
  return sharp({ create: { width, height, channels: 3, background: { r: 0, g: 160, b: 0 } } }).composite([
    { input: half, left: 0, top: 0 },
  ]);
}
const jpeg = async (of = {}) => (await photo(of)).jpeg().toBuffer();

const send = (bytes: Buffer, type = 'image/jpeg', client: Client = house.client, organiser = house) =>
  client.send('POST', `/api/organisations/${organiser.organisationId}/pictures`, {
    body: bytes,
    headers: { 'content-type': type },
  });
const onDisk = () => {
  const folder = join(world.app.config.filesDir, 'pictures');
  return existsSync(folder) ? readdirSync(folder) : [];
};
const read = (path: string, accept = 'image/webp,*/*') => world.client().get(path, { accept });
const pixel = async (bytes: Buffer, share: number) => {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width * share)) * info.channels;
  return data[at]! > data[at + 1]! ? 'red' : 'green';
};

test('a picture comes back in every width, upright, without metadata, and as AVIF once that is made', async () => {
  const sent = await (await photo())
    .rotate(90)
    .withMetadata({
      orientation: 8,
      exif: {
        IFD0: { Make: 'Camera', Artist: 'Ada Osei' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' },
      },
    })
    .jpeg()
    .toBuffer();
  expect((await sharp(sent).metadata()).orientation).toBe(8);
  const { status, body } = await send(sent);
  expect(status).toBe(201);
  expect(body).toEqual({ id: body.id, url: `/pictures/${body.id}/1600`, width: 1800, height: 1200 });
  for (const width of pictureWidths) {
    const { bytes, headers } = await read(`/pictures/${body.id}/${width}`);
    const found = await sharp(bytes).metadata();
    expect([found.format, found.width, found.height, found.exif, found.xmp, found.icc]).toEqual([
      'webp',
      width,
      Math.round(width / 1.5),
      undefined,
      undefined,
      undefined,
    ]);
    expect(bytes.includes('Ada')).toBe(false);
    expect([await pixel(bytes, 0.1), await pixel(bytes, 0.9)]).toEqual(['red', 'green']);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('vary')).toContain('accept');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  }
  const preview = await read(`/pictures/${body.id}/1200.jpg`);
  expect((await sharp(preview.bytes).metadata()).format).toBe('jpeg');
  // The AVIF is not made yet: whoever takes it gets WebP, and asks again soon.
  const early = await read(`/pictures/${body.id}/720`, 'image/avif,image/webp');
  expect([early.headers.get('content-type'), early.headers.get('cache-control')]).toEqual([
    'image/webp',
    'public, max-age=3600',
  ]);
  await world.drain();
  const late = await read(`/pictures/${body.id}/720`, 'image/avif,image/webp');
  expect(late.headers.get('content-type')).toBe('image/avif');
  expect((await sharp(late.bytes).metadata()).width).toBe(720);
  expect((await read(`/pictures/${body.id}/720`)).headers.get('content-type')).toBe('image/webp');
  // Only these files can be read.
  for (const path of ['721', '720.webp', '1600.avif', '..%2f..%2fsecrets', '720.jpg', '%2e%2e'])
    expect((await read(`/pictures/${body.id}/${path}`)).status, path).toBe(404);
  expect((await read('/pictures/pic_00000000000000000000000000/720')).status).toBe(404);
  expect((await read('/pictures/..%2f..%2f/720')).status).toBe(404);
});

/** A PNG that says it has so many pixels. Its data are zeros, which compress to nearly nothing. */
function bomb(width: number, height: number, rows: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(data.length, 0);
    body.copy(whole, 4);
    whole.writeUInt32BE(crc32(body), whole.length - 4);
    return whole;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc((width * 3 + 1) * rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><script>alert(1)</script></svg>`;

test.each<[string, () => Buffer | Promise<Buffer>, string]>([
  ['an SVG with a script', () => Buffer.from(svg), 'unknown_kind'],
  [
    'an SVG that begins like a JPEG',
    () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(svg)]),
    'damaged',
  ],
  ['a page', () => Buffer.from('<!doctype html><script>alert(1)</script>'), 'unknown_kind'],
  ['a PDF', () => Buffer.from('%PDF-1.7\n1 0 obj'), 'unknown_kind'],
  ['a GIF', async () => (await photo()).gif().toBuffer(), 'unknown_kind'],
  ['a TIFF', async () => (await photo()).tiff().toBuffer(), 'unknown_kind'],
  ['nothing', () => Buffer.alloc(0), 'unknown_kind'],
  ['a decompression bomb', () => bomb(30_000, 30_000, 10), 'too_many_pixels'],
  ['a bomb just under its limit that ends early', () => bomb(7000, 7000, 10), 'damaged'],
  ['half a JPEG', async () => (await jpeg()).subarray(0, 5000), 'damaged'],
  ['a strip', () => jpeg({ width: 6000, height: 1400 }), 'odd_shape'],
  ['a column', () => jpeg({ width: 800, height: 1700 }), 'odd_shape'],
  ['a picture of a stamp', () => jpeg({ width: 400, height: 250 }), 'too_small'],
])('%s is refused, and nothing stays on the disk', async (_, make, fault) => {
  const before = onDisk();
  // The name that the client gives it does not matter.
  const { status, body } = await send(await make(), 'image/png');
  expect([status, body.code, body.fault]).toEqual([422, 'picture_refused', fault]);
  expect(onDisk()).toEqual(before);
});

test('ten megabytes and another media type are refused before they are read', async () => {
  const large = await send(Buffer.alloc(10 * 1024 * 1024 + 1));
  expect([large.status, large.body.code]).toEqual([413, 'payload_too_large']);
  const svgSent = await send(Buffer.from(svg), 'image/svg+xml');
  expect([svgSent.status, svgSent.body.code]).toEqual([415, 'unsupported_media_type']);
  expect(svgSent.body.detail).toContain('image/jpeg');
});

test('the same file is the same picture, also when it is sent twice at once, and only members may send it', async () => {
  const bytes = await jpeg({ red: 201 });
  const sent = await Promise.all([send(bytes), send(bytes)]);
  expect(new Set(sent.map(({ body }) => body.id)).size).toBe(1);
  expect(sent.map(({ status }) => status)).toEqual([201, 201]);
  const rows = await world.app.db.query(`select id from pictures`);
  expect(onDisk()).toHaveLength(rows.length);
  const other = await world.organiser();
  expect((await send(bytes, 'image/jpeg', other.client)).status).toBe(404);
  const theirs = await send(bytes, 'image/jpeg', other.client, other);
  expect(theirs.body.id).not.toBe(sent[0]?.body.id);
  const door = await world.member(house, 'door');
  expect((await send(bytes, 'image/jpeg', door.client)).status).toBe(403);
});

test('an event shows a picture of its organisation and no other, and says what it shows', async () => {
  const picture = (await send(await jpeg({ red: 190 }))).body;
  const other = await world.organiser();
  const foreign = (await send(await jpeg({ red: 190 }), 'image/jpeg', other.client, other)).body;
  const event = await world.event({ organiser: house });
  const version = async () =>
    (await house.client.get(`/api/events/${event.id}/management`)).body.version as number;
  const change = async (fields: object) =>
    house.client.patch(`/api/events/${event.id}`, fields, { 'if-match': `"${await version()}"` });
  const shown = await change({ coverUrl: `${picture.url}?f=25-100`, coverAlt: 'A red and a green wall' });
  expect([shown.status, shown.body.coverUrl, shown.body.coverAlt]).toEqual([
    200,
    `${picture.url}?f=25-100`,
    'A red and a green wall',
  ]);
  for (const coverUrl of [
    foreign.url,
    '/pictures/pic_00000000000000000000000000/1600',
    `${picture.url}?f=1-1`,
    `/pictures/${picture.id}/480`,
    `${picture.url}?f=25-100"><script>`,
    '/api/me',
    'javascript:alert(1)',
    '/pictures/../x',
  ]) {
    const refused = await change({ coverUrl });
    expect([refused.status, refused.body.issues?.[0]?.path], coverUrl).toEqual([400, 'body.coverUrl']);
  }
  await expect(world.event({ organiser: house, fields: { coverUrl: foreign.url } })).rejects.toThrow(
    'body.coverUrl',
  );
});

test('both expressions read the same addresses of pictures', () => {
  const id = 'pic_01M8PB0000000000000000ABCD';
  for (const [end, fits] of [
    ['1600', true],
    ['1600?f=0-100', true],
    ['1600?f=50-25', true],
    ['1600?f=050-25', false],
    ['1600?f=', false],
    ['720', false],
    ['1600/..', false],
  ] as const) {
    expect(pictureAddress.test(`/pictures/${id}/${end}`), end).toBe(fits);
    expect(coverAddress.test(`/pictures/${id}/${end}`), end).toBe(fits);
  }
});

test('a picture that no event shows is forgotten after a week, and so are files that a crash left', async () => {
  const organiser = await world.organiser();
  const [kept, unused] = [
    (await send(await jpeg({ red: 180 }), 'image/jpeg', organiser.client, organiser)).body,
    (await send(await jpeg({ red: 181 }), 'image/jpeg', organiser.client, organiser)).body,
  ];
  await world.event({ organiser, fields: { coverUrl: kept.url } });
  const left = 'pic_01M8PB0000000000000000LEFT';
  await world.app.files.write(`pictures/${left}/720.webp`, Buffer.from('left'));
  // The disk knows only the machine's clock, so a file of now is as old as the difference of both clocks.
  const later = new Date(Math.max(world.clock.now().getTime(), Date.now()) + days(8));
  await forgetPictures(world.app, new Date(world.clock.now().getTime() + days(6)));
  expect(onDisk()).toEqual(expect.arrayContaining([kept.id, unused.id]));
  await forgetPictures(world.app, later);
  expect(onDisk()).toContain(kept.id);
  expect(onDisk()).not.toContain(unused.id);
  expect(onDisk()).not.toContain(left);
  expect((await read(kept.url)).status).toBe(200);
  expect((await read(unused.url)).status).toBe(404);
});

test('photos of the view in a seat layout stay as long as an event shows them, and must be the organisation’s', async () => {
  const organiser = await world.organiser();
  const [view, seat, later] = [
    await uploadPicture(organiser, 170),
    await uploadPicture(organiser, 171),
    await uploadPicture(organiser, 172),
  ];
  const withPhotos = (photo: string) => {
    const [section] = layout().sections;
    const rows = section!.rows.map((row) => ({ ...row, notes: [{ at: 0, photo: seat }] }));
    return { ...layout(), sections: [{ ...section, photo, rows }] };
  };
  const event = await world.event({
    organiser,
    publish: false,
    fields: {
      seatLayout: withPhotos(view),
      pools: [],
      ticketTypes: [{ name: 'Gold', priceMinor: 2000, zone: 'gold' }],
    },
  });
  const patch = (photo: string) =>
    organiser.client.patch(
      `/api/events/${event.id}`,
      { seatLayout: withPhotos(photo) },
      { 'if-match': `"${event.version}"` },
    );
  const theirs = await uploadPicture(await world.organiser(), 173);
  expect((await patch(theirs)).body).toMatchObject({
    code: 'invalid_request',
    issues: [{ path: 'body.seatLayout' }],
  });
  expect((await patch(later)).status).toBe(200);
  const startsAt = new Date(world.clock.now().getTime() + days(60)).toISOString();
  expect((await organiser.client.post(`/api/events/${event.id}/copies`, { startsAt })).status).toBe(201);
  // The copy shows the photos also when the original is gone.
  expect(
    (await organiser.client.delete(`/api/events/${event.id}`, { 'if-match': `"${event.version + 1}"` }))
      .status,
  ).toBe(204);
  await forgetPictures(world.app, new Date(Math.max(world.clock.now().getTime(), Date.now()) + days(8)));
  expect(onDisk()).toEqual(expect.arrayContaining([seat, later]));
  expect(onDisk()).not.toContain(theirs);
});

test('a decoder that dies or hangs ends only its own process', async () => {
  const encoder = createPictureEncoder();
  const running = encoder.encode(await jpeg({ width: 6000, height: 6000 }), 'a');
  const victim = await childOf(process.pid, 'encode-process');
  process.kill(victim, 'SIGKILL');
  expect(await running).toEqual({ fault: 'damaged' });
  expect(await encoder.encode(await jpeg(), 'a')).toMatchObject({ width: 1800, height: 1200 });
  const ask = (sender: string) => encoder.encode(Buffer.from('x'), sender).then(Object.keys, (e) => e.code);
  // One sender does not keep the others waiting.
  const asked = [...['a', 'a', 'a'], ...Array.from({ length: 7 }, (_, n) => `other ${n}`)].map(ask);
  const answers = await Promise.all(asked);
  expect(answers.slice(0, 4)).toEqual([['fault'], ['fault'], 'pictures_busy', ['fault']]);
  expect(answers.filter((each) => each === 'pictures_busy')).toHaveLength(2);
});

test('a decoder that takes more memory than it may is ended', async () => {
  // Node itself takes as much.
  const encoder = createPictureEncoder({ mostMemoryMb: 30 });
  expect(await encoder.encode(await jpeg({ width: 6000, height: 4000 }), 'a')).toEqual({ fault: 'damaged' });
});

test('an organisation sends a hundred pictures a day, and none to a disk that is nearly full', async () => {
  const organiser = await world.organiser();
  const bytes = await jpeg({ red: 170 });
  const { files } = world.app;
  Object.assign(world.app, { files: { ...files, hasRoom: async () => false } });
  const refused = await send(bytes, 'image/jpeg', organiser.client, organiser);
  Object.assign(world.app, { files });
  expect([refused.status, refused.body.code]).toEqual([503, 'pictures_out_of_room']);
  const sent = await send(bytes, 'image/jpeg', organiser.client, organiser);
  expect(sent.status).toBe(201);
  await world.app.db.run(
    `insert into pictures (id, organisation_id, sha256, width, height, created_at)
     select 'pic_' || lpad(n::text, 26, '0'), $1, sha256(n::text::bytea), 1000, 1000, $2 from generate_series(1, 99) as n`,
    [organiser.organisationId, world.clock.now()],
  );
  const full = await send(await jpeg({ red: 90 }), 'image/jpeg', organiser.client, organiser);
  expect([full.status, full.body.code]).toEqual([409, 'pictures_full']);
  // What is there already can be used again.
  expect((await send(bytes, 'image/jpeg', organiser.client, organiser)).body.id).toBe(sent.body.id);
});

/** The id of a process that this one started, once it runs. */
async function childOf(parent: number, name: string): Promise<number> {
  for (;;) {
    const list = spawn('ps', ['-o', 'pid=,args=', '--ppid', String(parent)]);
    let text = '';
    for await (const chunk of list.stdout) text += chunk;
    const line = text.split('\n').find((each) => each.includes(name));
    if (line) return Number(line.trim().split(/\s+/)[0]);
  }
}
