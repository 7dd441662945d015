import { Link } from '@tanstack/react-router';
import { isProblem } from '../../../../client/problem.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

/** Shows the error. If the action needs a fresh session, it links to the sign-in. */
export function SignInAgain({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <Notice tone="bad" live className="mt-3">
      <p>{sayProblem(error)}</p>
      {isProblem(error, 'sign_in_again') && (
        <Link
          to={paths.signIn}
          search={{ next: paths.account }}
          className={buttonClass('quiet', 'small', 'mt-2')}
        >
          {t('signIn')}
        </Link>
      )}
    </Notice>
  );
}
