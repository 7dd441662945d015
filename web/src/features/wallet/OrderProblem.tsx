import { useMutation } from '@tanstack/react-query';
import { type ErrorComponentProps, Link, useLocation } from '@tanstack/react-router';
import { mailOrderLink } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import { orderLinkFields } from '../../../../contract/person.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { ProblemPage } from '../shell/ProblemPage.tsx';
import { t } from './words.ts';

/** In place of an order that this browser may not see: the ways to it. */
export function OrderProblem(props: ErrorComponentProps) {
  return isProblem(props.error, 'order_link_invalid', 'not_found', 'unauthenticated') ? (
    <FindOrder ended={isProblem(props.error, 'order_link_invalid') ? props.error : null} />
  ) : (
    <ProblemPage {...props} />
  );
}

function FindOrder({ ended }: { ended: Error | null }) {
  useTitle(t('findTitle'));
  const here = useLocation({ select: (location) => location.pathname });
  // The number is the end of the order's id.
  const number = /ord_\w*(\w{8})$/.exec(here)?.[1] ?? '';
  const form = useContractForm(orderLinkFields, { number, email: '' });
  const ask = useMutation({
    mutationFn: (body: { number: string; email: string }) => call(mailOrderLink, { body }),
  });
  return (
    <div className="page max-w-md py-12 sm:py-20">
      <h1 tabIndex={-1} className="text-title font-extrabold">
        {t('findTitle')}
      </h1>
      {ended && (
        <Notice tone="warn" className="mt-4">
          {sayProblem(ended)}
        </Notice>
      )}
      <p className="mt-2 text-muted">{t('findText')}</p>
      <form
        noValidate
        className="mt-8 grid gap-4"
        onSubmit={form.handleSubmit((body) => {
          if (!ask.isPending) ask.mutate(body);
        })}
      >
        {ask.isSuccess && (
          <Notice tone="good" live>
            {t('findSent', { email: ask.variables.email })}
          </Notice>
        )}
        {ask.isError && (
          <Notice tone="bad" live>
            {sayProblem(ask.error)}
          </Notice>
        )}
        <Field label={t('findNumber')} autoComplete="off" {...form.field('number', t('findNumberWrong'))} />
        <Field
          label={t('email')}
          type="email"
          autoComplete="email"
          {...form.field('email', undefined, { setValueAs: (value: string) => value.trim() })}
        />
        <Button type="submit" size="large" busy={ask.isPending}>
          {t('findSend')}
        </Button>
      </form>
      <p className="mt-8 text-muted">{t('findAccount')}</p>
      <Link to={paths.signIn} search={{ next: here }} className={buttonClass('quiet', undefined, 'mt-3')}>
        {t('signIn')}
      </Link>
    </div>
  );
}
