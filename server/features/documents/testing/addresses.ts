import type { InvoiceAddress, Seller } from '../../../../contract/parties.ts';

export const seller: Seller = {
  legalName: 'Kesselhaus Veranstaltungs GmbH',
  line1: 'Knaackstraße 97',
  line2: null,
  postcode: '10435',
  city: 'Berlin',
  country: 'DE',
  vatId: 'DE987654321',
  registration: 'HRB 12345 B, Amtsgericht Charlottenburg',
  taxNote: null,
  numberPrefix: 'KH-',
};

export const company: InvoiceAddress = {
  name: 'Analytical Engines Ltd',
  line1: '12 St James’s Square',
  line2: 'Third floor',
  postcode: 'SW1Y 4LB',
  city: 'London',
  country: 'GB',
  vatId: 'GB123456789',
  reference: 'PO 4711',
};
