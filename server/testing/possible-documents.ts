import { putSellerDetails } from '../../contract/documents.ts';
import { putOrganisationPage } from '../../contract/organisation-page.ts';
import { buy } from '../features/tickets/testing/buy.ts';
import type { Cast } from './cast.ts';
import type { World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

let buyers = 0;

/** Buys a ticket of the cast's organisation and returns the order with its receipt. */
async function documented({ world, cast }: Stage): Promise<{ params: Record<string, string> }> {
  const { holder } = cast.people;
  const buyer = { name: 'Ada Osei', email: `documented-${++buyers}@possible.example` };
  const { orderId } = await buy(world, holder, await world.event({ organiser: cast.house }), { buyer });
  const { body } = await holder.client.get(`/api/orders/${orderId}/documents`);
  return { params: { orderId, documentId: body.items[0].id } };
}

let names = 0;
let days = 0;

/** The version that the owner of the cast's organisation sees. */
async function versionOf({ cast: { house } }: Stage, settings: string): Promise<number> {
  return (await house.client.get(`/api/organisations/${house.organisationId}/${settings}`)).body.version;
}

/** For possible.ts: what the operations of documents, of record keeping and of an organisation's page need. */
export const documentPreparations = {
  listOrderDocuments: documented,
  putInvoiceAddress: documented,
  getDocumentPdf: documented,
  // Each call of these is a change.
  putRecordKeeping: async (stage: Stage) => ({
    version: await versionOf(stage, 'record-keeping'),
    body: { country: 'DE', namesKeptDays: 100 + (++days % 100) },
  }),
  putOrganisationPage: async (stage: Stage) => ({
    version: await versionOf(stage, 'page'),
    body: { ...(putOrganisationPage.example?.body as object), about: `Kesselhaus ${++names}` },
  }),
  putSellerDetails: async (stage: Stage) => ({
    version: await versionOf(stage, 'seller-details'),
    body: { ...(putSellerDetails.example?.body as object), legalName: `Kesselhaus ${++names} GmbH` },
  }),
};
