import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, type LinkProps, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useRef, useState } from 'react';
import {
  createLibraryPlan,
  getLibraryPlan,
  saveLibraryPlan,
} from '../../../../client/endpoints.generated.ts';
import type { OrganisationId, SeatPlanId } from '../../../../contract/ids.ts';
import type { LibraryPlan } from '../../../../contract/seat-plans.ts';
import { emptyPlan } from '../../../../seat-map/make-objects.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/session.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { chosenOrganisation } from '../organise/chosen.ts';
import { OrganisationPage } from '../organise/OrganisationPage.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { LibraryList } from '../seat-library/LibraryList.tsx';
import { libraryPlanQuery, libraryQuery } from '../seat-library/queries.ts';
import { t } from '../seat-library/words.ts';
import { Designer } from './Designer.tsx';
import { PlanPicture } from './PlanPicture.tsx';
import type { PlanPlace } from './use-autosave.ts';

const route = getRouteApi('/organise/seat-plans');

/** The seat plans of an organisation, or the designer with the one that the address names. */
export function LibraryPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const { org, plan } = route.useSearch();
  const organisation = chosenOrganisation(me, org);
  if (plan && organisation && me)
    return (
      <LibraryPlanPage
        key={plan}
        userId={me.id}
        organisationId={organisation.id}
        planId={plan as SeatPlanId}
      />
    );
  return (
    <OrganisationPage title={t('title')} needs={{ capability: 'events.read', refusal: t('mayNot') }}>
      {({ id }) => <Library organisationId={id} />}
    </OrganisationPage>
  );
}

function Library({ organisationId }: { organisationId: OrganisationId }) {
  const may = useMay(organisationId);
  return (
    <>
      <p className="mt-2 text-muted">{t('text')}</p>
      <LibraryList organisationId={organisationId} mayEdit={may('events.edit')} onUse={null} />
      {may('events.edit') && <NewPlan organisationId={organisationId} />}
    </>
  );
}

function NewPlan({ organisationId }: { organisationId: OrganisationId }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () =>
      call(createLibraryPlan, {
        params: { organisationId },
        body: { name: name.trim(), plan: emptyPlan() },
      }),
    onSuccess: async ({ id }) => {
      void client.invalidateQueries({ queryKey: libraryQuery(organisationId).queryKey, exact: true });
      await navigate({ to: paths.seatPlans, search: { org: organisationId, plan: id } });
    },
  });
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (name.trim() !== '' && !create.isPending) create.mutate();
  };
  return (
    <form onSubmit={submit} className="mt-6 grid gap-3 border-t border-line pt-4">
      <Field
        label={t('newName')}
        value={name}
        maxLength={80}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      {create.error && (
        <Notice tone="bad" live>
          {sayProblem(create.error)}
        </Notice>
      )}
      <Button type="submit" look="quiet" className="justify-self-start" busy={create.isPending}>
        {t('create')}
      </Button>
    </form>
  );
}

interface PlanProps {
  userId: string;
  organisationId: OrganisationId;
  planId: SeatPlanId;
}

function LibraryPlanPage({ userId, organisationId, planId }: PlanProps) {
  const { data: start, error } = useQuery(libraryPlanQuery(organisationId, planId));
  useTitle(start ? `${t('title')} · ${start.name}` : t('title'));
  const may = useMay(organisationId);
  const back: LinkProps = { to: paths.seatPlans, search: { org: organisationId } };
  if (start && may('events.edit'))
    return <OnDesk key={planId} {...{ userId, organisationId, start, back }} />;
  return (
    <Subpage back={back} backText={t('title')} title={start?.name ?? t('title')}>
      {error && (
        <Notice tone="bad" live className="my-6">
          {sayProblem(error)}
        </Notice>
      )}
      {start ? (
        <>
          <Notice className="my-6">{t('mayNotDraw')}</Notice>
          <PlanPicture plan={start.plan} label={start.name} />
        </>
      ) : (
        !error && <Skeleton className="mt-6 h-96" />
      )}
    </Subpage>
  );
}

/** The designer of a plan of the library. It saves when the person says so, because each saving is a version. */
function OnDesk({
  userId,
  organisationId,
  start,
  back,
}: Pick<PlanProps, 'userId' | 'organisationId'> & {
  start: LibraryPlan;
  back: LinkProps;
}) {
  const client = useQueryClient();
  // A session that ends while somebody draws must not take the drawing off the desk.
  const [owner] = useState({ userId, drawingId: start.id });
  // Somebody else may rename the plan while this page is open. A saving must not take that back.
  const name = useRef(start.name);
  const place = useMemo<PlanPlace>(() => {
    const params = { organisationId, planId: start.id };
    return {
      owner,
      whenAsked: true,
      save: async (plan, version) => {
        const body = { name: name.current, plan };
        const saved = await call(saveLibraryPlan, { params, ifMatch: version, body });
        void client.invalidateQueries({ queryKey: libraryQuery(organisationId).queryKey, exact: true });
        return saved.version;
      },
      read: async () => {
        const theirs = await call(getLibraryPlan, { params, query: {} });
        name.current = theirs.name;
        return theirs;
      },
    };
  }, [client, organisationId, owner, start.id]);
  return (
    <Designer
      title={start.name}
      back={back}
      event={null}
      organisationId={organisationId}
      start={start}
      place={place}
      saleMap={null}
      onEvent={() => {}}
    />
  );
}
