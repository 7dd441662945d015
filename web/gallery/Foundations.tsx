import { type Language, languages } from '../../contract/languages.ts';
import { Icon, type IconName } from '../src/ui/Icon.tsx';
import { formatMoney } from '../src/ui/Money.tsx';
import { formatWhen } from '../src/ui/When.tsx';
import { Group, Row, Specimen } from './Specimen.tsx';

export function Foundations() {
  return (
    <Group title="Foundations">
      <Specimen name="Colours">
        <ul className="grid grid-cols-3 gap-3 sm:grid-cols-5">
          {colorTokens().map((token) => (
            <li key={token} className="min-w-0 text-xs">
              <span
                className="block h-10 rounded-field border border-line"
                style={{ background: `var(${token})` }}
              />
              <span className="mt-1 block truncate text-muted">{token.replace('--color-', '')}</span>
            </li>
          ))}
        </ul>
      </Specimen>
      <Specimen name="Text">
        <p className="text-display font-extrabold">Display</p>
        <p className="mt-2 text-title font-extrabold">Title</p>
        <p className="mt-2 text-2xl font-bold tracking-tight">Section</p>
        <p className="mt-2">Text of the page, and a quieter one:</p>
        <p className="text-muted">what it says is of less weight.</p>
        <p className="mt-2 numeric">0123456789 · 1,111.11 · 8,888.88</p>
        <p className="mt-2">
          A <bdi>ليلة القانون والعود</bdi> inside a line, and a{' '}
          <a href="#link" className="font-medium text-accent underline-offset-4 hover:underline">
            place to go
          </a>
          .
        </p>
      </Specimen>
      <Specimen name="Money and When, in every language">
        <dl className="grid gap-3">
          {(Object.keys(languages) as Language[]).map((spoken) => (
            <div key={spoken} lang={spoken} dir={languages[spoken].direction}>
              <dt className="text-sm text-muted">{languages[spoken].name}</dt>
              <dd>{inLanguage(spoken, figures)}</dd>
            </div>
          ))}
        </dl>
      </Specimen>
      <Specimen name="Icons">
        <Row>
          {(Object.keys(icons) as IconName[]).map((name) => (
            <span key={name} title={name}>
              <Icon name={name} size={24} />
            </span>
          ))}
        </Row>
      </Specimen>
    </Group>
  );
}

/** What styles.css declares: read from the page, so that none can be forgotten here. */
function colorTokens(): string[] {
  const names = new Set<string>();
  const collect = (rules: CSSRuleList) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule && rule.selectorText.includes(':root')) {
        for (const name of rule.style) if (name.startsWith('--color-')) names.add(name);
      } else if (rule instanceof CSSGroupingRule) {
        collect(rule.cssRules);
      }
    }
  };
  for (const sheet of document.styleSheets) collect(sheet.cssRules);
  return [...names];
}

const figures = (): string =>
  [
    formatMoney({ amount: 2450, currency: 'EUR' }),
    formatMoney({ amount: 123_456_700, currency: 'EUR' }),
    formatMoney({ amount: 1500, currency: 'JPY' }),
    formatWhen('2027-01-15T22:00:00Z', 'Europe/Berlin', 'long'),
    formatWhen('2027-01-15T22:00:00Z', 'Europe/Berlin', 'day'),
  ].join(' · ');

/** Formats follow the page's language, so the page speaks another one for as long as they take. */
function inLanguage(spoken: Language, say: () => string): string {
  const root = document.documentElement;
  const own = root.lang;
  root.lang = spoken;
  const said = say();
  root.lang = own;
  return said;
}

/** All of them: the compiler says which one is missing. */
const icons: Record<IconName, true> = {
  search: true,
  ticket: true,
  person: true,
  compass: true,
  calendar: true,
  pin: true,
  clock: true,
  check: true,
  cross: true,
  plus: true,
  minus: true,
  left: true,
  back: true,
  down: true,
  right: true,
  sun: true,
  moon: true,
  half: true,
  chair: true,
  wheelchair: true,
  camera: true,
  mail: true,
  download: true,
  out: true,
  card: true,
  lock: true,
  list: true,
  warning: true,
  info: true,
  share: true,
  bolt: true,
  globe: true,
  whole: true,
  house: true,
};
