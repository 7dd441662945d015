import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Select, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { useAct } from './Act.tsx';
import { t } from './words.ts';

interface Given {
  ground: 'law' | 'terms';
  statement: string;
}

interface Choice {
  label: string;
  look?: 'primary' | 'quiet' | 'danger';
  act: (reasons: Given) => Promise<unknown>;
}

const least = 10;

/** The statement of reasons, and the decisions that it can belong to. */
export function Reasons({
  title,
  asksGround = true,
  isInternal = false,
  choices,
  children,
}: {
  title: string;
  asksGround?: boolean;
  /** Only admins read the reason. */
  isInternal?: boolean;
  choices: Choice[];
  children?: ReactNode;
}) {
  const [given, setGiven] = useState<Given>({ ground: 'terms', statement: '' });
  const [isMissing, setMissing] = useState(false);
  const made = useAct((choice: Choice) => choice.act({ ...given, statement: given.statement.trim() }));
  const decide = (choice: Choice) => {
    const lacks = given.statement.trim().length < least;
    setMissing(lacks);
    if (!lacks && !made.isPending) made.mutate(choice);
  };
  return (
    <details className="mt-3">
      <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium underline underline-offset-4">
        {title}
      </summary>
      <div className="mt-3 grid max-w-xl gap-4">
        {children}
        {asksGround && (
          <Select
            label={t('ground')}
            value={given.ground}
            onChange={({ target }) =>
              setGiven((before) => ({ ...before, ground: target.value as Given['ground'] }))
            }
          >
            <option value="terms">{t('terms')}</option>
            <option value="law">{t('law')}</option>
          </Select>
        )}
        <TextArea
          label={t(isInternal ? 'reason' : 'statement')}
          hint={isInternal ? t('reasonHint') : t('statementHint')}
          error={isMissing ? t('statementMissing') : undefined}
          value={given.statement}
          maxLength={isInternal ? 500 : 4000}
          onChange={({ target }) => {
            setMissing(false);
            setGiven((before) => ({ ...before, statement: target.value }));
          }}
        />
        {made.error && (
          <Notice tone="bad" live>
            {sayProblem(made.error)}
          </Notice>
        )}
        <div className="flex flex-wrap gap-3">
          {choices.map((choice) => (
            <Button
              key={choice.label}
              look={choice.look ?? 'quiet'}
              busy={made.isPending && made.variables === choice}
              onClick={() => decide(choice)}
            >
              {choice.label}
            </Button>
          ))}
        </div>
      </div>
    </details>
  );
}
