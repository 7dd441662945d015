import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createLibraryPlan, saveLibraryPlan } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { mostFileCharacters, type PlanFileNote } from '../../../../seat-map/plan-file.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { libraryQuery } from '../seat-library/queries.ts';
import { t as library } from '../seat-library/words.ts';
import type { Desk } from './desk.ts';
import type { PlanCamera } from './plan-camera.ts';
import { openPlanFile, planFiles } from './plan-files.ts';
import { sceneOf } from './scene.ts';
import { putOnDesk } from './TemplateDialog.tsx';
import { t } from './words.ts';

interface Props {
  desk: Desk;
  camera: PlanCamera;
  title: string;
  organisationId: OrganisationId;
  /** False for a plan of the library itself, which has its own button. */
  inEvent: boolean;
  onClose: () => void;
}

/** Opens and saves files, and puts the plan into the library. */
export function FileDialog({ desk, camera, title, organisationId, inEvent, onClose }: Props) {
  return (
    <Dialog title={t('files')} closeLabel={t('close')} onClose={onClose}>
      <div className="grid gap-6">
        <Import desk={desk} camera={camera} />
        <section aria-labelledby="export" className="grid gap-3 border-t border-line pt-4">
          <h3 id="export" className="font-bold">
            {t('exportTitle')}
          </h3>
          <div className="flex flex-wrap gap-2">
            {(Object.keys(planFiles) as (keyof typeof planFiles)[]).map((kind) => (
              <Button key={kind} look="quiet" size="small" onClick={() => download(desk, kind, title)}>
                {t(`export.${kind}`)}
              </Button>
            ))}
          </div>
        </section>
        {inEvent && <SaveInLibrary desk={desk} title={title} organisationId={organisationId} />}
      </div>
    </Dialog>
  );
}

function Import({ desk, camera }: { desk: Desk; camera: PlanCamera }) {
  const [done, setDone] = useState<string | null>(null);
  const [notes, setNotes] = useState<PlanFileNote[]>([]);
  const [wrong, setWrong] = useState<string[]>([]);
  const open = async (file: File) => {
    setDone(null);
    setNotes([]);
    setWrong([]);
    if (file.size > mostFileCharacters)
      return setWrong([t('importLarge', { most: mostFileCharacters / 1_000_000 })]);
    const opened = await openPlanFile(await file.text());
    if ('wrong' in opened)
      return setWrong(
        opened.wrong
          .slice(0, 5)
          .map(({ path, code }) =>
            t('importWrong', { where: path || file.name, problem: t(`fault.${code}`) }),
          ),
      );
    putOnDesk(desk, camera, opened.plan, '');
    setNotes(opened.notes);
    setDone(t('imported', { name: file.name, count: sceneOf(opened.plan).count }));
  };
  return (
    <section aria-labelledby="import" className="grid gap-3">
      <h3 id="import" className="font-bold">
        {t('importTitle')}
      </h3>
      <p className="text-sm text-muted">{t('importText')}</p>
      <label className="inline-flex min-h-11 cursor-pointer items-center justify-center justify-self-start rounded-full border border-line bg-raised px-4 text-sm font-semibold focus-within:outline-3 focus-within:outline-accent hover:bg-sunken">
        {t('importChoose')}
        <input
          type="file"
          accept=".json,.svg,application/json,image/svg+xml"
          className="sr-only"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) void open(file);
          }}
        />
      </label>
      {wrong.length > 0 && (
        <Notice tone="bad" live>
          {wrong.map((each) => (
            <p key={each} className="wrap-anywhere">
              {each}
            </p>
          ))}
        </Notice>
      )}
      {done && (
        <Notice tone="good" live>
          <p className="wrap-anywhere">{done}</p>
          {notes.length > 0 && (
            <>
              <p className="mt-1">{t('importNotes')}</p>
              <ul className="list-disc ps-5">
                {notes.slice(0, 20).map(({ code, what, count }) => (
                  <li key={`${code} ${what}`} className="wrap-anywhere">
                    {t(`note.${code}`)} <bdi dir="ltr">{`${what} × ${count}`}</bdi>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Notice>
      )}
    </section>
  );
}

/** Puts the drawing into the library: as a plan of its own, or as the next version of one that is there. */
function SaveInLibrary({ desk, title, organisationId }: Pick<Props, 'desk' | 'title' | 'organisationId'>) {
  const client = useQueryClient();
  const { data } = useQuery(libraryQuery(organisationId));
  const [name, setName] = useState(title.slice(0, 80));
  const [target, setTarget] = useState('');
  const entry = data?.items.find(({ id }) => id === target);
  const save = useMutation({
    mutationFn: () => {
      const plan = desk.document;
      return entry
        ? call(saveLibraryPlan, {
            params: { organisationId, planId: entry.id },
            ifMatch: entry.version,
            body: { name: entry.name, plan },
          })
        : call(createLibraryPlan, { params: { organisationId }, body: { name: name.trim(), plan } });
    },
    // After a failure too: the next press then saves behind the version that came in between.
    onSettled: () =>
      client.invalidateQueries({ queryKey: libraryQuery(organisationId).queryKey, exact: true }),
  });
  return (
    <section aria-labelledby="library-save" className="grid gap-3 border-t border-line pt-4">
      <h3 id="library-save" className="font-bold">
        {t('library')}
      </h3>
      {data && data.items.length > 0 && (
        <Select
          label={library('saveAs')}
          value={target}
          onChange={(event) => {
            setTarget(event.target.value);
            save.reset();
          }}
        >
          <option value="">{library('newPlan')}</option>
          {data.items.map((each) => (
            <option key={each.id} value={each.id}>
              {library('versionOf', { name: each.name })}
            </option>
          ))}
        </Select>
      )}
      {!entry && (
        <Field
          label={t('libraryName')}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      {save.error && (
        <Notice tone="bad" live>
          {entry && isProblem(save.error, 'version_mismatch')
            ? library('versionChanged', { name: entry.name })
            : sayProblem(save.error)}
        </Notice>
      )}
      {save.isSuccess && (
        <Notice tone="good" live>
          {t('librarySaved')}
        </Notice>
      )}
      <Button
        look="quiet"
        className="justify-self-start"
        busy={save.isPending}
        disabledBecause={!entry && name.trim() === '' && t('needed')}
        onClick={() => save.mutate()}
      >
        {t('librarySave')}
      </Button>
    </section>
  );
}

/** Hands the plan to the browser as a file. */
function download(desk: Desk, kind: keyof typeof planFiles, title: string): void {
  const { ending, type, write } = planFiles[kind];
  const url = URL.createObjectURL(new Blob([write(desk.document, title)], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60) || 'plan'}.${ending}`;
  link.click();
  URL.revokeObjectURL(url);
}
