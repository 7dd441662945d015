import { Refused } from '../../../contract/errors.ts';
import {
  type ImportField,
  type ImportKind,
  type ImportSource,
  importFields,
} from '../../../contract/import-fields.ts';
import type { Columns, Table } from './table.ts';

/*
 * Which column has which field, by its heading. Sources: pretix's exports "Order data" (OrderListExporter, sheet of positions, in
 * src/pretix/base/exporters/orderlist.py) and vouchers (VoucherList in src/pretix/control/views/vouchers.py), in English; headings in other
 * languages are what people usually write;
 * Eventbrite's attendee report (Order #, Order Date, First Name, Last Name, Email, Quantity, Price Tier, Ticket Type, Attendee #,
 * …, Attendee Status). Eventbrite documents no event report, so those headings are the names that its pages show.
 */

/** A heading without case, spaces and signs: `Order #` is `order`. It is cut first: normalizing many accents takes a time that grows with their square. */
const plain = (heading: string): string =>
  heading
    .slice(0, 200)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The headings of each field, the best first, as `plain` writes them. */
const headingsOf: Record<ImportKind, Partial<Record<ImportField, string>>> = {
  attendees: {
    orderId:
      'ordercode order orderid orderno ordernumber bestellnummer bestellcode bestellung commande pedido',
    status: 'attendeestatus status orderstatus bestellstatus statut estado',
    email:
      'attendeeemail teilnehmeremail email emailaddress emailadresse mail courriel correo correoelectronico البريدالالكتروني',
    buyerEmail: 'buyeremail orderemail purchaseremail',
    name: 'attendeename teilnehmername name fullname ticketholder nom nombre الاسم',
    firstName: 'attendeefirstname firstname vorname prenom',
    lastName: 'attendeelastname lastname surname nachname nomdefamille apellido apellidos',
    buyerName: 'invoiceaddressname buyername purchasername rechnungsadressename rechnungsadressname',
    ticketType:
      'tickettype ticket product produkt item ticketname tickettyp ticketart kategorie tarif billet entrada tipodeentrada نوعالتذكرة',
    variation: 'variation variante productvariation produktvariante',
    quantity: 'quantity ticketquantity anzahl menge quantite cantidad العدد',
  },
  codes: {
    code: 'vouchercode code gutscheincode discountcode promocode codigo الرمز',
    tag: 'tag schlagwort label etiqueta etiquette',
    effect: 'priceeffect preiseffekt auswirkungaufdenpreis preisauswirkung',
    value: 'value wert',
    percentOff: 'percentoff percent discountpercent percentdiscount rabattinprozent prozent',
    amountOff: 'amountoff amount discountamount amountdiscount rabatt',
    price: 'price preis prix precio',
    uses: 'maximumusages uses maxusages maximaleanzahl maximaleeinlosungen maximaleverwendungen limit quantity anzahl usos utilisations',
    used: 'redeemed used eingelost verwendet',
    ticketType: 'product tickettype produkt ticket ticketart',
    keepsPlaces: 'reservequota keepsplaces kontingentreservieren platzereservieren',
    validUntil: 'validuntil gultigbis enddate expires ends validohasta valablejusqua',
  },
  events: {
    eventId: 'eventid id slug',
    title: 'eventname title name eventtitle titel veranstaltung titre titulo العنوان',
    startsOn: 'starts startsat eventstartdate startdate start datefrom date beginn datum debut inicio',
    startTime: 'eventstarttime starttime time uhrzeit',
    endsOn: 'ends endsat eventenddate enddate end dateto ende fin',
    endTime: 'eventendtime endtime',
    timeZone: 'timezone eventtimezone zeitzone',
    venue: 'venuename venue eventlocation location ort veranstaltungsort lieu lugar',
    address: 'venueaddress address adresse direccion',
    city: 'venuecity city stadt ville ciudad',
    country: 'venuecountry country land pays pais',
    summary: 'summary eventsummary kurzbeschreibung',
    description: 'description eventdescription beschreibung descripcion',
    currency: 'currency wahrung devise moneda',
    ticketType: 'tickettype ticketname ticket ticketart billet entrada',
    price: 'ticketprice price preis prix precio',
    capacity: 'capacity ticketcapacity quantity quantitytotal kapazitat kontingent capacite capacidad aforo',
  },
};

/** In pretix's orders the address without another word is the buyer's. */
const ofPretix: Partial<Record<ImportField, string>> = {
  email: 'attendeeemail emaildesteilnehmers teilnehmeremail',
  buyerEmail: 'email emailadresse',
};

/** Decision: where a file comes from, by its headings. */
export function sourceOf(headings: string[]): ImportSource {
  const known = new Set(headings.map(plain));
  const has = (...names: string[]) => names.every((name) => known.has(name));
  if (has('ordercode', 'positionid') || has('vouchercode', 'priceeffect')) return 'pretix';
  if (has('bestellnummer', 'positionsid') || has('gutscheincode', 'reservequota')) return 'pretix';
  if (has('order', 'tickettype', 'attendee') || has('tickettype', 'attendeestatus')) return 'eventbrite';
  if (has('eventname', 'eventid', 'eventstartdate') || has('eventname', 'eventstatus')) return 'eventbrite';
  return 'csv';
}

/** Decision: the column of each field: the one that was named, or else the one with the best heading. */
export function columnsOf(
  kind: ImportKind,
  { headings, source }: Table,
  named: Partial<Record<string, string | null>>,
): Columns {
  const places = new Map<string, number>();
  for (const [at, heading] of headings.entries())
    if (!places.has(plain(heading))) places.set(plain(heading), at);
  const columns: Columns = {};
  for (const field of importFields[kind]) {
    const own = named[field];
    if (own === null) columns[field] = null;
    else if (own !== undefined) columns[field] = placeOf(headings, field, own);
    else {
      const aliases =
        (source === 'pretix' && kind === 'attendees' && ofPretix[field]) || headingsOf[kind][field];
      const found = (aliases ?? '').split(' ').find((alias) => places.has(alias));
      columns[field] = found === undefined ? null : (places.get(found) ?? null);
    }
  }
  return columns;
}

function placeOf(headings: string[], field: string, heading: string): number {
  const at = headings.indexOf(heading);
  if (at >= 0) return at;
  const issue = {
    path: `body.columns.${field}`,
    message: `the file has no column ${JSON.stringify(heading)}`,
  };
  throw new Refused('invalid_request', { detail: `${issue.path}: ${issue.message}`, issues: [issue] });
}

/** The headings of the columns, for the answer. */
export const shownColumns = ({ headings }: Table, columns: Columns): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(columns).map(([field, at]) => [field, at === null ? null : (headings[at] ?? null)]),
  );
