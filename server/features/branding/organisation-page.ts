import { brandColors } from '../../../contract/brand-colors.ts';
import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { OrganisationPageFields } from '../../../contract/organisation-page-fields.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { lockOrganisation } from '../organisations/lock-organisation.ts';
import { keepLogo } from '../pictures/keep-cover.ts';
import { findPage, type PageRow, writePage } from './store.ts';

type OfOrganisation = { organisationId: OrganisationId };

/** What the public sees. */
const publicPageOf = ({ about, links, color, logoUrl }: PageRow) => ({
  about,
  links,
  colors: color === null ? null : brandColors(color),
  logoUrl,
});

export const readPublicPage = async (app: Pick<App, 'db'>, organisationId: OrganisationId) =>
  publicPageOf(await findPage(app.db, organisationId));

const show = (page: PageRow) => ({
  ...publicPageOf(page),
  version: page.version,
  color: page.color,
  embedOrigins: page.embedOrigins,
});

export const getOrganisationPage = async (app: Pick<App, 'db'>, call: { params: OfOrganisation }) =>
  show(await findPage(app.db, call.params.organisationId));

/**
 * Changes the page if its version is still the one that the caller saw; otherwise throws Refused('version_mismatch') with the
 * present version.
 */
export async function putOrganisationPage(
  app: App,
  call: ActingCall & Call<OfOrganisation, unknown, OrganisationPageFields, 'team'>,
) {
  const { organisationId } = call.params;
  return once(app, call, async (trx) => {
    await lockOrganisation(trx, organisationId);
    const { version, ...before } = await findPage(trx, organisationId);
    if (version !== call.ifMatch) throw new Refused('version_mismatch', { version });
    await keepLogo(trx, call.body.logoUrl, organisationId);
    const embedOrigins = [...new Set(call.body.embedOrigins)];
    const after = { ...call.body, embedOrigins, version: version + 1 };
    await writePage(trx, organisationId, after, app.clock.now());
    noteAct(app, trx, call, {
      act: 'organisation.page_changed',
      organisationId,
      subject: { type: 'organisation', id: organisationId },
      before: { ...before },
      after: { ...call.body, embedOrigins },
    });
    return show(after);
  });
}
