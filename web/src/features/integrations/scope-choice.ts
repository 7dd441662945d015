import { type ApiKeyScope, apiKeyScopes } from '../../../../contract/api-key-scopes.ts';
import { t } from './words.ts';

type AreaOf<S extends string> = S extends `${infer Area}:${string}` ? Area : never;
export type Area = AreaOf<ApiKeyScope>;
export type Right = 'read' | 'write';

export const areas = [...new Set(apiKeyScopes.map((scope) => scope.split(':')[0] as Area))];

/** The rights that there are in an area. */
export const rightsIn = (area: Area): Right[] =>
  (['read', 'write'] as const).filter((right) => apiKeyScopes.some((scope) => scope === `${area}:${right}`));

export const areaName = (area: Area): string => t(`area.${area}`);

/** `Orders: Read and change`. The right to write includes the right to read. */
export const sayScopes = (scopes: readonly ApiKeyScope[]): string[] =>
  areas.flatMap((area) => {
    const right = (['write', 'read'] as const).find((each) =>
      scopes.some((scope) => scope === `${area}:${each}`),
    );
    return right ? [`${areaName(area)}: ${t(right)}`] : [];
  });
