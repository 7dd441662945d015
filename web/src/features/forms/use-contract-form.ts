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
 * A form that validates against a schema of the contract, so that it sends nothing that the server would refuse for
 * its shape. After an attempt to send, each error is shown at its field and the first wrong field gets the focus.
 * Errors do not appear when a field loses the focus: they would move the button away from the finger that is about to
 * press it.
 *
 * If the form's fields differ from the body, `fieldOf` maps a part of the body to its field.
 */
export function useContractForm<Values extends FieldValues, Sent>(
  schema: ZodMiniType<Sent, Values>,
  defaultValues: DefaultValues<Values>,
  fieldOf: (path: string) => string = same,
) {
  const form = useForm<Values, unknown, Sent>({ resolver: resolverOf(schema, fieldOf), defaultValues });
  const { errors } = form.formState;
  /** The fields of the form that the refusal names. */
  const refused = (error: unknown) =>
    Object.entries(sayFields(error))
      .map(([path, message]) => ({ path, message, name: fieldOf(path) as Path<Values> }))
      .filter(({ name }) => form.getValues(name) !== undefined);
  /** A field's error: its own text for it, or else the general one. */
  const wrong = (name: Path<Values>, words?: string): string | undefined => {
    const error: FieldError | undefined = get(errors, name);
    if (!error) return undefined;
    return error.type === 'refused' ? error.message : (words ?? sayFault(error));
  };
  return {
    ...form,
    wrong,
    /** The props of an input of this name. */
    field: (name: Path<Values>, words?: string, options?: RegisterOptions<Values, Path<Values>>) => ({
      ...form.register(name, options),
      error: wrong(name, words),
    }),
    saysNothing: () => Object.keys(errors).length === 0,
    refuse(name: Path<Values>, message: string): void {
      form.setError(name, { type: 'refused', message }, { shouldFocus: true });
    },
    /** True if a field shows the server's refusal. If not, it must be shown elsewhere. */
    standsFor: (error: unknown): boolean => refused(error).length > 0,
    /** Shows the server's errors at their fields and focuses the first. False if the form has no such field. */
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
