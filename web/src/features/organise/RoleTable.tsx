import { type Capability, capabilityNames, may, teamRoles } from '../../../../contract/team-roles.ts';
import { t } from './words.ts';

/** What each role may do, from the table by which the server decides. */
export function RoleTable() {
  return (
    <details className="mt-8">
      <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium underline">
        {t('whatRolesMay')}
      </summary>
      {teamRoles.map((role) => (
        <section key={role} className="mt-4">
          <h3 className="font-semibold">{t(role)}</h3>
          <ul className="mt-1 list-disc ps-6 text-sm text-muted">
            {capabilityNames
              .filter((capability) => may(role, capability))
              .map((capability: Capability) => (
                <li key={capability}>{t(`may.${capability}`)}</li>
              ))}
          </ul>
        </section>
      ))}
    </details>
  );
}
