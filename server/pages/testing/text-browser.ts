import type { FastifyInstance } from 'fastify';

/** A page as a browser without JavaScript has it. */
export interface TextPage {
  status: number;
  /** The address, after all redirects. */
  path: string;
  html: string;
  /** The text that a reader sees, in one line. */
  text: string;
  headers: Record<string, unknown>;
}

export interface TextBrowser {
  cookies: Map<string, string>;
  open(path: string, headers?: Record<string, string>): Promise<TextPage>;
  /**
   * Sends the form of a page that has the button with this text, with these fields filled in. Every name must be a field of
   * the form. `headers` replace what a browser would send.
   */
  submit(
    page: TextPage,
    button: string,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<TextPage>;
}

/** A browser that keeps cookies, follows redirects and fills in forms, and does nothing else. */
export function createTextBrowser(http: FastifyInstance, language = 'en'): TextBrowser {
  const cookies = new Map<string, string>();
  const visit = async (
    method: 'GET' | 'POST',
    path: string,
    { payload, headers }: { payload?: string; headers?: Record<string, string> } = {},
  ): Promise<TextPage> => {
    const answer = await http.inject({
      method,
      url: path,
      ...(payload !== undefined && { payload }),
      headers: {
        'accept-encoding': 'identity',
        'accept-language': language,
        ...(cookies.size > 0 && {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        }),
        ...headers,
      },
    });
    for (const { name, value } of answer.cookies) cookies.set(name, encodeURIComponent(value));
    const { location } = answer.headers;
    if (answer.statusCode === 303) return visit('GET', String(location));
    const html = answer.body;
    return { status: answer.statusCode, path, html, text: textOf(html), headers: answer.headers };
  };
  return {
    cookies,
    open: (path, headers = {}) => visit('GET', path, { headers }),
    submit(page, button, fields = {}, headers = {}) {
      const form = [...page.html.matchAll(/<form method="post" action="([^"]*)">(.*?)<\/form>/gs)].find(
        ([, , content]) => buttonsIn(content ?? '').some(({ text }) => text === button),
      );
      if (!form) throw new Error(`no form of ${page.path} has the button "${button}": ${page.text}`);
      const [, action = '', content = ''] = form;
      const values = new URLSearchParams(valuesIn(content));
      for (const [name, value] of Object.entries(fields)) {
        if (!values.has(name)) throw new Error(`the form has no field "${name}", only ${[...values.keys()]}`);
        values.set(name, value);
      }
      const pressed = buttonsIn(content).find(({ text }) => text === button)?.value;
      if (pressed !== undefined) values.set('action', pressed);
      return visit('POST', unescaped(action), {
        payload: values.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      });
    },
  };
}

function valuesIn(form: string): [string, string][] {
  const inputs = [...form.matchAll(/<input[^>]* name="([^"]*)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [unescaped(name), unescaped(value)],
  );
  const selects = [...form.matchAll(/<select[^>]* name="([^"]*)"[^>]*>(.*?)<\/select>/gs)].map(
    ([, name = '', options = '']): [string, string] => {
      const chosen =
        /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options);
      return [unescaped(name), unescaped(chosen?.[1] ?? '')];
    },
  );
  return [...inputs, ...selects];
}

const buttonsIn = (form: string) =>
  [...form.matchAll(/<button[^>]*?(?: name="action" value="([^"]*)")?>(.*?)<\/button>/gs)].map(
    ([, value, text = '']) => ({ value, text: textOf(text) }),
  );

const textOf = (html: string): string =>
  unescaped(html.replaceAll(/<head>.*?<\/head>/gs, '').replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim();

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
