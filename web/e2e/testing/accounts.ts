import { demoPassword } from '../../../server/demo/accounts.ts';
import type { Person } from './browsers.ts';

/** Signs in on the page that asks for it, and waits until the next page is shown. */
export async function signIn(person: Person, email: string, password = demoPassword): Promise<void> {
  await person.fill('E-mail', email);
  await person.fill('Password', password);
  await person.page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await person.page.waitForURL((url) => url.pathname !== '/sign-in');
}
