import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { type DefaultValues, type FieldValues, type Path, useForm } from 'react-hook-form';
import type { ZodMiniType } from 'zod/mini';
import { sayFields } from '../problems/say-problem.ts';

/**
 * A form that is held to a schema of the contract: nothing that the server would refuse for its shape is sent.
 * What is wrong is said at the field after a try, and the first wrong one has the focus. Not as soon as a field is
 * left: the words would move the button from under the finger that is about to press it.
 */
export function useContractForm<Values extends FieldValues, Sent>(
  schema: ZodMiniType<Sent, Values>,
  defaultValues: DefaultValues<Values>,
) {
  const form = useForm<Values, unknown, Sent>({
    resolver: standardSchemaResolver(schema),
    defaultValues,
  });
  const { errors } = form.formState;
  return {
    ...form,
    /** What is wrong with a field: what the server said of it, else the form's own words. */
    wrong(name: Path<Values>, words: string): string | undefined {
      const error = errors[name];
      return error && (error.type === 'server' ? String(error.message) : words);
    },
    saysNothing: () => Object.keys(errors).length === 0,
    refuse(name: Path<Values>, message: string): void {
      form.setError(name, { type: 'server', message }, { shouldFocus: true });
    },
    /** Puts what the server says is wrong at its fields; false where it names none that the form has. */
    showRefusal(error: unknown): boolean {
      const said = Object.entries(sayFields(error)).filter(([name]) => name in form.getValues());
      for (const [name, message] of said)
        form.setError(name as Path<Values>, { type: 'server', message }, { shouldFocus: true });
      return said.length > 0;
    },
  };
}
