import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { putOrganisationPage } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import { exampleColor } from '../../../../contract/brand-colors.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import type { OrganisationPage } from '../../../../contract/organisation-page.ts';
import type { OrganisationPageFields } from '../../../../contract/organisation-page-fields.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { moveOnto } from '../forms/move-onto.ts';
import { OthersSaved } from '../forms/OthersSaved.tsx';
import { Unsaved } from '../forms/Unsaved.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { ColorPreview } from './ColorPreview.tsx';
import { LogoField } from './LogoField.tsx';
import { bodyOf, draftOf, type PageDraft, type PageField } from './page-draft.ts';
import { pageQuery } from './queries.ts';
import { t } from './words.ts';

/** The desk of an organisation's public page, and of the sites that may show its widget. */
export function Brand({ organisationId }: { organisationId: OrganisationId }) {
  const page = useQuery(pageQuery(organisationId));
  return (
    <section aria-labelledby="brand" className="mt-12 border-t border-line pt-6">
      <h2 id="brand" className="text-xl font-bold tracking-tight">
        {t('pageTitle')}
      </h2>
      <p className="mt-2 text-muted">
        {t('pageText')}{' '}
        <Link
          to={paths.organiser}
          params={{ organiser: organisationId }}
          className="inline-flex min-h-11 items-center font-medium underline"
        >
          {t('pageSee')}
        </Link>
      </p>
      {page.error && (
        <Notice tone="bad" live className="mt-6">
          {sayProblem(page.error)}
        </Notice>
      )}
      {page.isPending && <Skeleton className="mt-6 h-96" />}
      {page.data && <Form organisationId={organisationId} saved={page.data} />}
    </section>
  );
}

const says = {
  about: 'aboutHint',
  links: 'linksWrong',
  color: 'colorWrong',
  logoUrl: 'logoKind',
  sites: 'sitesWrong',
} as const;
const labels = { about: 'about', links: 'links', color: 'color', logoUrl: 'logo', sites: 'sites' } as const;

function Form({ organisationId, saved }: { organisationId: OrganisationId; saved: OrganisationPage }) {
  const client = useQueryClient();
  /** What the form started from, or what it saved last. */
  const [base, setBase] = useState(saved);
  const [typed, setTyped] = useState(() => draftOf(saved));
  const [wrong, setWrong] = useState<PageField[]>([]);
  /** What somebody else set in the fields that this person changed. */
  const [contested, setContested] = useState<Partial<PageDraft>>({});
  const form = useRef<HTMLFormElement>(null);
  const isDirty = () => JSON.stringify(typed) !== JSON.stringify(draftOf(base));
  const save = useMutation({
    mutationFn: ({ body }: { body: OrganisationPageFields; sent: PageDraft }) =>
      call(putOrganisationPage, { params: { organisationId }, ifMatch: base.version, body }),
    onSuccess: (page, { sent }) => {
      client.setQueryData(pageQuery(organisationId).queryKey, page);
      void client.invalidateQueries({ queryKey: ['organiser'] });
      setBase(page);
      // What was typed while the answer was on its way stays.
      setTyped((now) => moveOnto(sent, now, draftOf(page)).values);
      setContested({});
    },
    onError: async (error) => {
      if (!isProblem(error, 'version_mismatch')) return;
      const newest = await client.fetchQuery({ ...pageQuery(organisationId), staleTime: 0 });
      const moved = moveOnto(draftOf(base), typed, draftOf(newest));
      setContested(moved.contested);
      setBase(newest);
      setTyped(moved.values);
    },
  });
  const put = (changed: Partial<PageDraft>) => {
    save.reset();
    setWrong((before) => before.filter((field) => !(field in changed)));
    setTyped((before) => ({ ...before, ...changed }));
  };
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (save.isPending) return;
    const read = bodyOf(typed);
    if ('body' in read) return save.mutate({ body: read.body, sent: typed });
    setWrong(read.wrong);
    const first = (Object.keys(labels) as PageField[]).find((field) => read.wrong.includes(field));
    (form.current?.elements.namedItem(first ?? '') as HTMLElement | null)?.focus();
  };
  const field = (name: PageField) => ({
    label: t(labels[name]),
    name,
    value: typed[name],
    error: wrong.includes(name) ? t(says[name]) : undefined,
  });
  return (
    <form ref={form} noValidate className="mt-6 grid gap-6" onSubmit={submit}>
      <Unsaved isDirty={isDirty} />
      <TextArea
        {...field('about')}
        hint={t('aboutHint')}
        rows={6}
        onChange={(event) => put({ about: event.target.value })}
      />
      <TextArea
        {...field('links')}
        hint={t('linksHint')}
        rows={3}
        onChange={(event) => put({ links: event.target.value })}
      />
      <div>
        <Field
          {...field('color')}
          hint={t('colorHint', { example: exampleColor })}
          dir="ltr"
          maxLength={9}
          onChange={(event) => put({ color: event.target.value })}
        />
        <ColorPreview color={typed.color.trim().toLowerCase()} />
      </div>
      <LogoField
        organisationId={organisationId}
        url={typed.logoUrl}
        wrong={wrong.includes('logoUrl')}
        onChange={(logoUrl) => put({ logoUrl })}
      />
      <TextArea
        {...field('sites')}
        hint={t('sitesHint')}
        dir="ltr"
        rows={3}
        onChange={(event) => put({ sites: event.target.value })}
      />
      {isProblem(save.error, 'version_mismatch') && (
        <OthersSaved
          contested={(Object.entries(contested) as [PageField, string][]).map(([name, value]) => ({
            label: t(labels[name]),
            value,
          }))}
        />
      )}
      {save.error && !isProblem(save.error, 'version_mismatch') && (
        <Notice tone="bad" live>
          {sayProblem(save.error)}
        </Notice>
      )}
      {save.isSuccess && !isDirty() && (
        <Notice tone="good" live>
          {t('saved')}
        </Notice>
      )}
      <div>
        <Button type="submit" busy={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
