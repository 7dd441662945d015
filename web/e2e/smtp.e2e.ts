import { expect, test } from 'vitest';
import { readPdfText, readQrCodes } from '../../server/features/tickets/testing/read-pdf.ts';
import { cards, codesOf, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse({ smtp: true });

test('with a mail server the tickets arrive over SMTP, as a PDF whose codes a stranger can read', async () => {
  const guest = await house.person();
  const buyer = newBuyer('Zoë Ångström');
  await findEvent(guest, 'Night Shift');
  await guest.press('More: Regular');
  await guest.press('More: Regular');
  await guest.press(/^Continue · €44/);
  await giveDetails(guest, buyer);
  await payWith(guest, cards.good);
  const orderId = await seesTickets(guest, 2);

  const mail = await house.mailTo(buyer.email);
  expect(mail.subject).toBe('Your tickets: Night Shift');
  expect(mail.from?.address).toBe('tickets@localhost');
  expect(mail.text).toContain('Thank you, Zoë Ångström.');
  expect(mail.html).toContain(`${house.url}/orders/${orderId}`);
  const types = mail.attachments.map(({ mimeType }) => mimeType);
  expect(types).toEqual(['application/pdf', 'text/calendar']);
  const [pdf, calendar] = mail.attachments.map(({ content }) => Buffer.from(content as ArrayBuffer));
  expect(readQrCodes(pdf as Buffer)).toEqual(await codesOf(guest, orderId));
  expect(readPdfText(pdf as Buffer)).toContain('Night Shift');
  expect(String(calendar)).toContain('SUMMARY:Night Shift');

  guest.expects({ status: 404, path: '/api/mailbox' });
  await guest.open('/mailbox');
  await guest.sees('heading', 'This page isn’t here');
});
