import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createWorld, type Person, type TestEvent, testPassword, type World } from '../../testing/world.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { allTasks } from '../../work/tasks.ts';
import { runDueJobs } from '../../work/workers.ts';
import { confirmedMail, writeOrderMails } from '../orders/order-mails.ts';
import { buy } from '../tickets/testing/buy.ts';
import { readQrCodes } from '../tickets/testing/read-pdf.ts';
import type { MailJob } from './mail-job.ts';
import { sendMail } from './send-mail.ts';

const nasty = 'Rock & <b>Roll</b> "Night"\r\nBcc: everyone@example.com';

describe('the local mailbox', () => {
  let world: World;
  let buyer: Person;
  let event: TestEvent;

  beforeAll(async () => {
    world = await createWorld();
    buyer = await world.guest();
    event = await world.event({
      seats: [{ zone: 'stalls', rows: 3, perRow: 8, priceMinor: 4200 }],
      fields: { title: nasty },
    });
  });
  afterAll(() => world.close());

  const mailTo = async (address: string) =>
    (await world.client().get(`/api/mailbox?to=${encodeURIComponent(address)}`)).body.items;
  const openMail = async (id: string) => (await world.client().get(`/api/mailbox/${id}`)).body;

  test('a bought order is confirmed with its tickets as PDF and the event for the calendar', async () => {
    const address = 'Ada.Buys@example.com';
    const order = await buy(world, buyer, event, {
      quantity: 2,
      buyer: { name: 'Ada <script>', email: address },
    });
    const mails = await mailTo(address);
    expect(mails).toMatchObject([
      {
        to: address.toLowerCase(),
        subject: 'Your tickets: Rock & <b>Roll</b> "Night" Bcc: everyone@example.com',
        sentAt: world.clock.now().toISOString(),
        attachments: [
          { name: `tickets-${order.number}.pdf`, type: 'application/pdf' },
          { name: `${event.slug}.ics`, type: 'text/calendar' },
        ],
      },
    ]);
    const [mail] = mails;
    const { html, text, from } = await openMail(mail.id);
    expect(from).toBe('Admit <tickets@localhost>');
    for (const part of [html, text]) {
      expect(part).toContain(`${world.app.config.publicUrl}/orders/${order.orderId}`);
      expect(part).toContain('€84.00');
      expect(part).toMatch(/Stalls, row A, seat \d/);
    }
    expect(html).not.toMatch(/<script|<b>Roll/);
    expect(html).toContain('Ada &#60;script&#62;');

    const pdf = await world.client().get(`/api/mailbox/${mail.id}/attachments/0`);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(pdf.headers.get('content-security-policy')).toMatch('sandbox');
    expect(pdf.bytes.length).toBe(mail.attachments[0].bytes);
    expect(readQrCodes(pdf.bytes)).toEqual(order.tickets.map((ticket) => ticket.code));
    expect((await world.client().get(`/api/mailbox/${mail.id}/attachments/1`)).body).toMatch(
      /^BEGIN:VCALENDAR/,
    );
    expect((await world.client().get(`/api/mailbox/${mail.id}/attachments/2`)).status).toBe(404);
  });

  test('times are those at the venue', async () => {
    const tokyo = await world.event({
      fields: {
        title: 'Late in Tokyo',
        timeZone: 'Asia/Tokyo',
        startsAt: '2099-07-01T10:00:00Z',
        endsAt: '2099-07-01T13:00:00Z',
      },
    });
    await buy(world, buyer, tokyo, { buyer: { name: 'Ken', email: 'ken@example.com' } });
    const [mail] = await mailTo('ken@example.com');
    expect((await openMail(mail.id)).text).toMatch(
      /When: Wednesday, 1 July 2099, 19:00 – 22:00 (GMT\+9|JST)/,
    );
  });

  test('what is written about an order is in the language in which it was placed', async () => {
    const summer = await world.event({
      priceMinor: 123_450,
      fields: {
        title: 'Sommernacht',
        timeZone: 'Europe/Berlin',
        startsAt: '2099-07-01T17:00:00Z',
        endsAt: '2099-07-01T20:00:00Z',
      },
    });
    const email = 'jana@example.com';
    const order = await buy(world, buyer, summer, {
      buyer: { name: 'Jana', email },
      languages: 'nl, de-AT;q=0.9, en;q=0.8',
    });
    const [confirmed] = await mailTo(email);
    expect(confirmed.subject).toBe('Deine Tickets: Sommernacht');
    const { text, html } = await openMail(confirmed.id);
    for (const part of [text, html]) {
      expect(part).toContain('Danke, Jana. Dein Ticket ist als PDF im Anhang');
      expect(part).toContain('Mittwoch, 1. Juli 2099, 19:00 – 22:00 MESZ');
      expect(part).toContain('1.234,50\u00a0€');
    }
    expect(html).toMatch(/^<!doctype html><html lang="de" dir="ltr">/);
    // Also if the page is in another language by then, or if no page is involved.
    await buyer.client.post(`/api/orders/${order.orderId}/cancellation`, {}, { 'accept-language': 'fr' });
    await world.drain();
    const subjects = (await mailTo(email)).map((mail: { subject: string }) => mail.subject);
    expect(subjects.sort()).toEqual([
      'Deine Tickets: Sommernacht',
      'Geld ist unterwegs: Sommernacht',
      'Storniert: Sommernacht',
    ]);
  });

  test('a letter in Arabic runs from right to left, and names in it keep their own direction', async () => {
    const email = 'layla@example.com';
    await buy(world, buyer, event, { quantity: 2, buyer: { name: 'Layla', email }, languages: 'ar-EG' });
    const [mail] = await mailTo(email);
    expect(mail.subject).toMatch(/^تذاكرك: \u2068Rock/);
    const { html, text } = await openMail(mail.id);
    expect(html).toMatch(/^<!doctype html><html lang="ar" dir="rtl">/);
    expect(html).toContain('<div role="article" lang="ar" dir="rtl"');
    expect(html).toContain('text-align:right');
    expect(text).toContain('شكرًا لك \u2068Layla\u2069. تذكرتاك مرفقتان بصيغة PDF');
    expect(text).toMatch(/\u2068Stalls\u2069، الصف \u2068A\u2069، المقعد \u2068\d+\u2069/);
    expect(text).toContain('84.00\u00a0€');
  });

  test('a new sign-in is told in the language of the account, the mails that a person asks for in that of the request', async () => {
    const email = 'zoe@accounts.example';
    const person = { email, password: testPassword };
    const desk = { 'user-agent': 'Firefox/140.0', 'accept-language': 'fr-CA' };
    const phone = { 'user-agent': 'curl/8', 'accept-language': 'es' };
    const client = world.client();
    await client.post('/api/auth/sign-up/email', { name: 'Zoé', ...person }, desk);
    await client.post('/api/auth/request-password-reset', { email }, { 'accept-language': 'de' });
    await client.post('/api/auth/sign-in/email', person, phone);
    await world.drain();
    const mails: { id: string; subject: string }[] = await mailTo(email);
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      'Confirmez votre adresse e\u2011mail',
      'Nouvelle connexion à votre compte',
      'Wähle ein neues Passwort',
    ]);
    const verification = mails.find(({ subject }) => subject.startsWith('Confirmez'));
    expect((await openMail(verification?.id ?? '')).text).toContain('Bonjour Zoé,\n\nVeuillez confirmer');
  });

  test('a mail that is enqueued again is not sent again', async () => {
    const order = await buy(world, buyer, event, { buyer: { name: 'Once', email: 'once@example.com' } });
    await world.app.db.transaction(async (trx) =>
      writeOrderMails(trx, event.id, [confirmedMail(order.orderId)]),
    );
    await world.drain();
    await sendMail(world.app, { kind: 'order-confirmed', orderId: order.orderId });
    expect(await mailTo('once@example.com')).toHaveLength(1);
  });

  test('a cancellation and its refund are told; a dropped unpaid order is not', async () => {
    const email = 'back@example.com';
    const order = await buy(world, buyer, event, { buyer: { name: 'Back', email } });
    await buyer.client.post(`/api/orders/${order.orderId}/cancellation`);
    await world.drain();
    const mails = await mailTo(email);
    expect(mails.map((mail: { subject: string }) => mail.subject.split(':')[0]).sort()).toEqual([
      'Cancelled',
      'Refund sent',
      'Your tickets',
    ]);
    for (const { id, subject } of mails) {
      if (!subject.startsWith('Your tickets')) expect((await openMail(id)).text).toContain('Refund: €42.00');
    }

    const hold = await buyer.client.post(`/api/events/${event.id}/holds`, {
      bestAvailable: { ticketTypeId: event.ticketTypeId, quantity: 1 },
    });
    const dropped = await buyer.client.post('/api/orders', {
      holdId: hold.body.id,
      buyer: { name: 'No', email: 'no@example.com' },
    });
    await buyer.client.post(`/api/orders/${dropped.body.order.id}/cancellation`);
    await world.drain();
    expect(await mailTo('no@example.com')).toEqual([]);
  });

  test('money that came too late is explained', async () => {
    const order = await buy(world, buyer, event, { buyer: { name: 'Late', email: 'late@example.com' } });
    const refund = { amount: 4200, currency: 'EUR' as const };
    await sendMail(world.app, {
      kind: 'late-refund-sent',
      orderId: order.orderId,
      refundId: 'rfd_1',
      reason: 'places_gone',
      refund,
    });
    const mails: { id: string; subject: string }[] = await mailTo('late@example.com');
    const mail = mails.find(({ subject }) => subject.startsWith('No tickets, money back: '));
    const { text } = await openMail(mail?.id ?? '');
    expect(text).toContain('the places were taken by then');
    expect(text).toContain('Refund: €42.00');
  });

  test('verification and reset carry their link, once per link', async () => {
    const job: MailJob = {
      kind: 'verify-email',
      to: 'new@example.com',
      name: 'New',
      url: 'https://admit.example/verify?token=a&b=c',
    };
    await sendMail(world.app, job);
    await sendMail(world.app, job);
    await sendMail(world.app, { ...job, kind: 'reset-password', url: 'https://admit.example/reset?token=d' });
    const mails = await mailTo('NEW@example.com');
    expect(mails.map((mail: { subject: string }) => mail.subject).sort()).toEqual([
      'Choose a new password',
      'Confirm your e-mail address',
    ]);
    const confirm = mails.find((mail: { subject: string }) => mail.subject.startsWith('Confirm'));
    const verification = await openMail(confirm.id);
    expect(verification.html).toContain('href="https://admit.example/verify?token=a&#38;b=c"');
    expect(verification.text).toContain('https://admit.example/verify?token=a&b=c');
    const [{ found } = { found: 0 }] = await world.app.db.query<{ found: number }>(
      `select count(*) as found from messages where key like '%token%'`,
    );
    expect(found).toBe(0);
  });

  test('the HTML is a page of its own that runs nothing', async () => {
    const [{ id }] = (await world.client().get('/api/mailbox')).body.items;
    const { status, headers, body } = await world.client().get(`/api/mailbox/${id}/body.html`);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*sandbox/);
    expect(headers.get('content-security-policy')).not.toMatch(/script/);
    expect(body).toContain('<base target="_blank">');
    expect((await world.client().get('/api/mailbox/msg_01K9ZC4V7R8W3T5XN2M6QHJDEF/body.html')).status).toBe(
      404,
    );
    expect((await world.client().get('/api/mailbox/msg_01K9ZC4V7R8W3T5XN2M6QHJDEF')).status).toBe(404);
  });
});

describe('over SMTP', () => {
  let world: World;
  let server: SMTPServer;
  const received: Email[] = [];
  let refuseNext = 0;

  beforeAll(async () => {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', async () => {
          if (refuseNext-- > 0)
            return done(Object.assign(new Error('try again later'), { responseCode: 451 }));
          received.push(await PostalMime.parse(Buffer.concat(chunks)));
          done();
        });
      },
    });
    const port = await new Promise<number>((resolve) => {
      const listening = server.listen(0, '127.0.0.1', () =>
        resolve((listening.address() as AddressInfo).port),
      );
    });
    world = await createWorld({
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'Box office <tickets@admit.example>',
    });
  });
  afterAll(async () => {
    await world.close();
    await new Promise<void>((resolve) => server.close(resolve));
  });

  test('the confirmation arrives as HTML and text with PDF and calendar, and only once', async () => {
    const buyer = await world.guest();
    const event = await world.event({ fields: { title: 'Großes Fest 東京' } });
    received.length = 0;
    const order = await buy(world, buyer, event, {
      quantity: 2,
      buyer: { name: 'Zoë Łuk', email: 'zoe@example.com' },
    });
    expect(received).toHaveLength(1);
    const mail = received[0]!;
    expect(mail.subject).toBe('Your tickets: Großes Fest 東京');
    expect(mail.from).toMatchObject({ name: 'Box office', address: 'tickets@admit.example' });
    expect(mail.to).toMatchObject([{ name: 'Zoë Łuk', address: 'zoe@example.com' }]);
    expect(mail.messageId).toMatch(/^<[0-9a-f]{40}@admit\.example>$/);
    expect(mail.html).toContain('Großes Fest 東京');
    expect(mail.text).toContain(`/orders/${order.orderId}`);
    const [pdf, calendar] = mail.attachments;
    expect(mail.attachments.map((attachment) => attachment.mimeType)).toEqual([
      'application/pdf',
      'text/calendar',
    ]);
    expect(readQrCodes(Buffer.from(pdf!.content as ArrayBuffer))).toEqual(
      order.tickets.map((ticket) => ticket.code),
    );
    expect(Buffer.from(calendar!.content as ArrayBuffer).toString()).toContain('SUMMARY:Großes Fest 東京');

    // Nothing is drawn for a mail that was sent before.
    const print = vi.spyOn(world.app.printer, 'print');
    await sendMail(world.app, { kind: 'order-confirmed', orderId: order.orderId });
    expect(print).not.toHaveBeenCalled();
    print.mockRestore();
    expect(received).toHaveLength(1);
    // Nobody may read other people's mail if real mail is sent.
    expect((await world.client().get('/api/mailbox')).status).toBe(404);
  });

  test('of mails in one job those that were refused are sent again, and only those', async () => {
    received.length = 0;
    refuseNext = 1;
    const jobs = ['one', 'two', 'three'].map((name) => ({
      kind: 'verify-email' as const,
      to: `${name}@example.com`,
      name,
      url: `https://admit.example/v?token=${name}`,
    }));
    await enqueueJobs(world.app.db, [{ task: 'send-order-mails', payload: jobs }]);
    await runDueJobs(world.app.db, allTasks(world.app));
    const recipients = () => received.map((mail) => mail.to?.[0]?.address);
    // They are sent at once, so any of them may be the refused one.
    const first = recipients();
    expect(first).toHaveLength(2);
    await world.app.db.run('update graphile_worker._private_jobs set run_at = now()');
    await runDueJobs(world.app.db, allTasks(world.app));
    expect(recipients().slice(0, 2)).toEqual(first);
    expect(recipients().toSorted()).toEqual(['one@example.com', 'three@example.com', 'two@example.com']);
  });

  test('a server that refuses for now gets the mail later, under the same Message-ID', async () => {
    received.length = 0;
    refuseNext = 1;
    const job: MailJob = {
      kind: 'verify-email',
      to: 'slow@example.com',
      name: 'Slow',
      url: 'https://admit.example/v?token=slow',
    };
    await world.app.db.run(`select graphile_worker.add_job('send-mail', $1::json)`, [JSON.stringify(job)]);
    await runDueJobs(world.app.db, allTasks(world.app));
    expect(received).toHaveLength(0);
    await world.app.db.run('update graphile_worker._private_jobs set run_at = now()');
    await runDueJobs(world.app.db, allTasks(world.app));
    expect(received).toHaveLength(1);
    // Simulates a crash between sending and recording: the second copy has the same Message-ID.
    await world.app.db.run('delete from deliveries');
    await sendMail(world.app, job);
    expect(received).toHaveLength(2);
    expect(received[1]?.messageId).toBe(received[0]?.messageId);
  });
});
