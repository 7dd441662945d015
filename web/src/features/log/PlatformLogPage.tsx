import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Act, actNames } from '../../../../contract/acts.ts';
import type { OrganisationId, UserId } from '../../../../contract/ids.ts';
import { Field } from '../../ui/Field.tsx';
import { useSettled } from '../organise/use-settled.ts';
import { AdminPage } from '../shell/AdminPage.tsx';
import { ActFilter, Entries } from './Entries.tsx';
import { type PlatformFilters, platformLogQuery } from './queries.ts';
import { t } from './words.ts';

/** The audit log of all organisations and of the platform itself, for admins. */
export function PlatformLogPage() {
  return (
    <AdminPage path="/admin/log" title={t('platformTitle')} backText={t('account')} refusal={t('noAdmin')}>
      <PlatformLog />
    </AdminPage>
  );
}

const anyId = /^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}$/;
const ofKind = (prefix: string) => new RegExp(anyId.source.replace('[a-z]{3}', prefix));
const exampleId = (prefix: string) => `${prefix}_01K9ZC4V7R8W3T5XN2M6QHJDEF`;

function PlatformLog() {
  const [act, setAct] = useState<Act>();
  const [about, setAbout] = useState('');
  const [actor, setActor] = useState('');
  const [aboutId, actorId] = [useSettled(about.trim(), 250), useSettled(actor.trim(), 250)];
  const log = useInfiniteQuery(platformLogQuery({ act, ...filterBy(aboutId, actorId) }));
  return (
    <>
      <p className="mt-2 text-muted">{t('platformText')}</p>
      <div className="mt-6 grid gap-4 sm:grid-cols-2">
        <ActFilter acts={actNames} value={act} onChange={setAct} />
        <IdField
          label={t('actorId')}
          hint={t('actorHint')}
          value={actor}
          example={exampleId('usr')}
          isWrong={actorId !== '' && !ofKind('usr').test(actorId)}
          onChange={setActor}
        />
        <IdField
          className="sm:col-span-2"
          label={t('about')}
          hint={t('aboutHint')}
          value={about}
          example={exampleId('evt')}
          isWrong={aboutId !== '' && !anyId.test(aboutId)}
          onChange={setAbout}
        />
      </div>
      <Entries log={log} showsOrganisation />
    </>
  );
}

/** An organisation's id finds everything that concerns it, and not only what was done to its own settings. */
function filterBy(about: string, actor: string): PlatformFilters {
  return {
    ...(ofKind('usr').test(actor) && { actor: actor as UserId }),
    ...(ofKind('org').test(about)
      ? { organisationId: about as OrganisationId }
      : anyId.test(about) && { subject: about }),
  };
}

function IdField({
  example,
  isWrong,
  hint,
  onChange,
  ...field
}: {
  label: string;
  hint: string;
  value: string;
  example: string;
  isWrong: boolean;
  className?: string;
  onChange: (typed: string) => void;
}) {
  return (
    <Field
      {...field}
      dir="ltr"
      type="search"
      autoComplete="off"
      spellCheck={false}
      maxLength={60}
      hint={hint}
      error={isWrong ? t('aboutWrong', { example }) : undefined}
      onChange={({ target: { value } }) => onChange(value)}
    />
  );
}
