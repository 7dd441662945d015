import {
  type DefaultValues,
  type FieldError,
  type FieldErrors,
  type FieldValues,
  get,
  type Path,
  type RegisterOptions,
  type Resolver,
  set,
  useForm,
} from 'react-hook-form';
import type { ZodMiniType } from 'zod/mini';
import { sayFields } from '../problems/say-problem.ts';
import { faultOf, sayFault } from './faults.ts';

export type ContractForm<Values extends FieldValues> = ReturnType<typeof useContractForm<Values, unknown>>;

const same = (path: string) => path;

/**
 * A form that is held to a schema of the contract: nothing that the server would refuse for its shape is sent.
 * What is wrong is said at the field after a try, and the first wrong one has the focus. Not as soon as a field is
 * left: the words would move the button from under the finger that is about to press it.
 *
 * Where the form holds something else than what is sent, `fieldOf` says which field a part of the body comes from.
 */
export function useContractForm<Values extends FieldValues, Sent>(
  schema: ZodMiniType<Sent, Values>,
  defaultValues: DefaultValues<Values>,
  fieldOf: (path: string) => string = same,
) {
  const form = useForm<Values, unknown, Sent>({ resolver: resolverOf(schema, fieldOf), defaultValues });
  const { errors } = form.formState;
  /** What the refusal names, where the form has a field for it. */
  const refused = (error: unknown) =>
    Object.entries(sayFields(error))
      .map(([path, message]) => ({ path, message, name: fieldOf(path) as Path<Values> }))
      .filter(({ name }) => form.getValues(name) !== undefined);
  /** What is wrong with a field: the words it has for that, or else what is generally said of such a fault. */
  const wrong = (name: Path<Values>, words?: string): string | undefined => {
    const error: FieldError | undefined = get(errors, name);
    if (!error) return undefined;
    return error.type === 'refused' ? error.message : (words ?? sayFault(error));
  };
  return {
    ...form,
    wrong,
    /** Everything that an input of this name needs. */
    field: (name: Path<Values>, words?: string, options?: RegisterOptions<Values, Path<Values>>) => ({
      ...form.register(name, options),
      error: wrong(name, words),
    }),
    saysNothing: () => Object.keys(errors).length === 0,
    refuse(name: Path<Values>, message: string): void {
      form.setError(name, { type: 'refused', message }, { shouldFocus: true });
    },
    /** Whether what the server refused is said at a field; if not, it has to be said elsewhere. */
    standsFor: (error: unknown): boolean => refused(error).length > 0,
    /** Puts what the server says is wrong at its fields, the focus on the first; false where the form has none. */
    showRefusal(error: unknown): boolean {
      const said = refused(error);
      for (const [index, { path, name, message }] of said.entries()) {
        const text = path === name ? message : `${path}: ${message}`;
        form.setError(name, { type: 'server', message: text }, { shouldFocus: index === 0 });
      }
      return said.length > 0;
    },
  };
}

function resolverOf<Values extends FieldValues, Sent>(
  schema: ZodMiniType<Sent, Values>,
  fieldOf: (path: string) => string,
): Resolver<Values, unknown, Sent> {
  return (values) => {
    const checked = schema.safeParse(values);
    if (checked.success) return { values: checked.data, errors: {} };
    const errors: FieldErrors<Values> = {};
    for (const issue of checked.error.issues) {
      const name = fieldOf(issue.path.join('.')) || 'root';
      if (!get(errors, name)) set(errors, name, faultOf(issue, get(values, name)));
    }
    return { values: {}, errors };
  };
}
