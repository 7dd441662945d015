import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { updateProfile } from '../../../../client/endpoints.generated.ts';
import type { Me, Profile } from '../../../../contract/accounts.ts';
import { type Language, languages } from '../../../../contract/languages.ts';
import { profileFields } from '../../../../contract/person.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { categories } from '../explore/categories.ts';
import { t as exploreWord } from '../explore/words.ts';
import { Unsaved } from '../forms/Unsaved.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { profileQuery } from './queries.ts';
import { t } from './words.ts';

type Category = Profile['interests'][number];
type ProfileChange = Partial<Pick<Profile, 'name' | 'homeCity' | 'interests' | 'language'>>;

const chosenIn = (form: HTMLFormElement) => new FormData(form).getAll('interests') as Category[];

const languageIn = (form: HTMLFormElement) => new FormData(form).get('language') as Language;

/** Name, home city, language and interests, which recommendations use. */
export function ProfileForm({ me }: { me: Me }) {
  const client = useQueryClient();
  const { data: profile } = useSuspenseQuery(profileQuery);
  /** What the form started from, or what it saved last. */
  const [base, setBase] = useState(profile);
  const { name, homeCity, interests, language } = base;
  const form = useContractForm(profileFields, { name, homeCity: homeCity ?? '' });
  const element = useRef<HTMLFormElement>(null);
  /** The fields that the person changed. Another tab may have changed the others meanwhile. */
  const changes = (values: Pick<Profile, 'name' | 'homeCity'>): ProfileChange => {
    const chosen = element.current ? chosenIn(element.current) : interests;
    const spoken = element.current ? languageIn(element.current) : language;
    return {
      ...(spoken !== language && { language: spoken }),
      ...(values.name !== name && { name: values.name }),
      ...((values.homeCity || null) !== homeCity && { homeCity: values.homeCity || null }),
      ...(chosen.toSorted().join() !== interests.toSorted().join() && { interests: chosen }),
    };
  };
  const save = useMutation({
    mutationFn: (body: ProfileChange) => call(updateProfile, { body }),
    onSuccess: (changed) => {
      setBase(changed);
      client.setQueryData(profileQuery.queryKey, changed);
      client.removeQueries({ queryKey: ['recommended'] });
      client.setQueryData(meQuery.queryKey, (known) => known && { ...known, name: changed.name });
    },
    onError: form.showRefusal,
  });
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('profile')}</h2>
      <form
        ref={element}
        noValidate
        className="mt-4 grid gap-4"
        onSubmit={form.handleSubmit((values) => {
          if (!save.isPending) save.mutate(changes(values));
        })}
      >
        <Unsaved isDirty={() => Object.keys(changes(form.getValues())).length > 0} />
        <Field
          label={t('name')}
          autoComplete="name"
          {...form.register('name')}
          error={form.wrong('name', t('nameWrong'))}
        />
        <Field label={t('email')} type="email" autoComplete="email" value={me.email ?? ''} readOnly />
        <Field
          label={t('homeCity')}
          autoComplete="address-level2"
          hint={t('homeCityHint')}
          {...form.register('homeCity')}
          error={form.wrong('homeCity', t('cityWrong'))}
        />
        <Select
          name="language"
          label={t('mailLanguage')}
          hint={t('mailLanguageHint')}
          defaultValue={language}
        >
          {(Object.keys(languages) as Language[]).map((each) => (
            <option key={each} value={each} lang={each}>
              {languages[each].name}
            </option>
          ))}
        </Select>
        <Interests chosen={interests} />
        {save.isError && (
          <Notice tone="bad" live>
            {sayProblem(save.error)}
          </Notice>
        )}
        <p className="flex items-center gap-4">
          <Button type="submit" look="quiet" busy={save.isPending}>
            {t('save')}
          </Button>
          <span role="status" className="text-good">
            {save.isSuccess && t('saved')}
          </span>
        </p>
      </form>
    </section>
  );
}

function Interests({ chosen }: { chosen: Category[] }) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-semibold">{t('interests')}</legend>
      <div className="flex flex-wrap gap-2">
        {(Object.keys(categories) as Category[]).map((category) => (
          <label
            key={category}
            className="inline-flex min-h-11 items-center gap-1.5 rounded-full border border-line px-4 text-[0.9375rem] font-medium transition-colors select-none hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="checkbox"
              name="interests"
              value={category}
              defaultChecked={chosen.includes(category)}
              className="peer sr-only"
            />
            <Icon name="check" size={18} className="hidden peer-checked:block" />
            {exploreWord(categories[category])}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
