import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Language } from '../../../shared/domain/vocabulary.ts';
import type { ApiError } from '../api/error.ts';
import type { Act } from '../api/hooks.ts';
import type { Reason } from '../api/types.ts';
import { here, signIn } from '../auth/actions.ts';
import { fullDate } from '../lib/time.ts';
import { whoAddress } from '../lib/who-address.ts';
import { WarnIcon } from './icons.tsx';

export const useLanguage = (): Language => (useTranslation().i18n.language === 'en' ? 'en' : 'zh');

/** Codes we have a sentence for ourselves: what the gateway or the line answers, and the common ones. */
const SAID = [
  'offline',
  'too-many',
  'unreadable',
  'not-signed-in',
  'person-unknown',
  'forbidden',
  'not-found',
  'busy',
  'changed-meanwhile',
  'invalid-input',
] as const;

/** The sentence of an error: the service's own, else ours for its code. Only a page knows that it has looked again by itself. */
export function useSentence(): (error: ApiError) => string {
  const { t } = useTranslation();
  return (error) =>
    (error.code === 'changed-meanwhile' ? undefined : error.sentence) ??
    t(`error.code.${SAID.find((code) => code === error.code) ?? 'other'}`);
}

const SLOW_MS = 4_000;

/** Grey cards where the content will be; said aloud once, and once more when it takes long. Without lines only said. */
export function Loading({ lines = 3 }: { readonly lines?: number }) {
  const { t } = useTranslation();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(setSlow, SLOW_MS, true);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={lines > 0 || isSlow ? 'loading' : 'sr-only'} role="status">
      {isSlow ? <p>{t('common.slow')}</p> : <span className="sr-only">{t('common.loading')}</span>}
      {Array.from({ length: lines }, (_, n) => `line-${n}`).map((name) => (
        <div key={name} className="loading-card" aria-hidden="true" />
      ))}
    </div>
  );
}

/** The room of a line that is not known yet. */
export const ComingLine = () => <span className="loading-line" aria-hidden="true" />;

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <svg width="72" height="48" viewBox="0 0 72 48" aria-hidden="true">
        <path d="M4 34c10-9 20-9 32 0s22 9 32 0" fill="none" stroke="#f2a48d" strokeWidth="3" strokeLinecap="round" />
        <path d="M12 43c8-6 15-6 24 0s16 6 24 0" fill="none" stroke="#f8c6b6" strokeWidth="3" strokeLinecap="round" />
        <path d="M36 4c5 6 8 9.500 8 13.500a8 8 0 0 1-16 0C28 13.500 31 10 36 4Z" fill="#fde3da" />
      </svg>
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** What failed to load, why, and what can be done. A session that ended is signed in again, and comes back here. */
export function LoadError({ error, retry }: { readonly error: ApiError; readonly retry?: () => void }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  return (
    <div className="notice notice-bad" role="alert">
      <WarnIcon />
      <div>
        <p>{sentence(error)}</p>
        {error.instance && error.status >= 500 && <p className="small">{t('error.quote', { id: error.instance })}</p>}
        {error.code === 'person-unknown' ? (
          <LinkButton to={whoAddress(here())}>{t('nav.who')}</LinkButton>
        ) : error.code === 'not-signed-in' ? (
          <Button onClick={() => void signIn()}>{t('nav.signIn')}</Button>
        ) : (
          retry && (
            <Button variant="default" onClick={retry}>
              {t('common.retry')}
            </Button>
          )
        )}
      </div>
    </div>
  );
}

/** Each reason with its rule, its source and the day from which it no longer holds. */
export function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ul className="reasons">
      {reasons.map((reason) => (
        <li key={`${reason.code} ${reason.rule ?? ''}`}>
          <span>{reason.sentence}</span>
          {reason.source && (
            <span className="small muted">
              {[reason.rule, reason.source].filter(Boolean).join(' · ')}
              {reason.mark && <MarkOf mark={reason.mark} />}
            </span>
          )}
          {reason.from && (
            <span className="small strong">{t('error.from', { date: fullDate(reason.from, language) })}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** How sure the source of a figure is. */
export function MarkOf({ mark }: { readonly mark: string }) {
  const { t } = useTranslation();
  const said = mark === 'C' || mark === 'C†' || mark === 'R' ? t(`mark.${mark}`) : mark;
  return <span className={mark === 'R' ? 'mark mark-r' : 'mark'}>{said}</span>;
}

/** Why an action did not succeed; takes the focus, so that nobody misses it. */
export function ActionError({ error, children }: { readonly error: ApiError; readonly children?: ReactNode }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new error takes the focus again
  useEffect(() => {
    box.current?.focus();
  }, [error]);
  const { pathname, search } = useLocation();
  return (
    <div className="notice notice-bad" role="alert" tabIndex={-1} ref={box}>
      <WarnIcon />
      <div>
        {error.reasons.length > 0 ? <Reasons reasons={error.reasons} /> : <p>{sentence(error)}</p>}
        {error.instance && error.status >= 500 && <p className="small">{t('error.quote', { id: error.instance })}</p>}
        {error.code === 'person-unknown' && <LinkButton to={whoAddress(pathname + search)}>{t('nav.who')}</LinkButton>}
        {(error.code === 'not-signed-in' || error.code === 'identity-rejected') && (
          <Button onClick={() => void signIn(pathname + search)}>{t('nav.signIn')}</Button>
        )}
        {children}
      </div>
    </div>
  );
}

/** What an action under way is doing: shown and said while the client tries again. */
export function Progress({ act }: { readonly act: Pick<Act<never>, 'busy' | 'attempt'> }) {
  const { t } = useTranslation();
  return (
    <p className="progress" role="status">
      {act.busy && act.attempt !== undefined ? t('common.trying', { attempt: act.attempt }) : ''}
    </p>
  );
}

export type FieldProblem = { readonly field: string; readonly message: string };

/** The errors of a form, first on the page, each a link to its field. */
export function ErrorSummary({ problems }: { readonly problems: readonly FieldProblem[] }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef('');
  const isAskedAgain = useRef(false);
  useEffect(() => {
    const submitted = (): void => {
      isAskedAgain.current = true;
    };
    document.addEventListener('submit', submitted, { capture: true });
    return () => document.removeEventListener('submit', submitted, { capture: true });
  }, []);
  // New errors take the focus, and the same ones when the form was sent again; a key pressed meanwhile stays in its field.
  useEffect(() => {
    const said = problems.map(({ field, message }) => `${field} ${message}`).join('\n');
    const takesFocus = said !== shown.current || isAskedAgain.current;
    shown.current = said;
    if (said === '' || !takesFocus) return;
    isAskedAgain.current = false;
    box.current?.focus();
  }, [problems]);
  if (problems.length === 0) return null;
  return (
    <div className="notice notice-bad" role="alert" tabIndex={-1} ref={box}>
      <WarnIcon />
      <div>
        <h2 className="notice-title">{t('error.summary')}</h2>
        <ul className="plain">
          {problems.map(({ field, message }) => (
            <li key={field + message}>
              <a
                href={`#${field}`}
                onClick={(event) => {
                  event.preventDefault();
                  const target = document.getElementById(field);
                  target?.focus();
                  target?.scrollIntoView({ block: 'center' });
                }}
              >
                {message}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

export function Good({ children }: { readonly children: ReactNode }) {
  return (
    <div className="notice notice-good" role="status">
      {children}
    </div>
  );
}

/** A page's own link that looks like a button. */
export function LinkButton({
  to,
  children,
  variant = 'filled',
  label,
}: {
  readonly to: string;
  readonly children: ReactNode;
  readonly variant?: 'filled' | 'default' | 'subtle' | 'light';
  readonly label?: string;
}) {
  return (
    <Button component={Link} to={to} variant={variant} {...(label && { 'aria-label': label })}>
      {children}
    </Button>
  );
}

/** Question and answer pairs, each with its way to change it. */
export function Answers({
  rows,
}: {
  readonly rows: readonly { term: string; value: ReactNode; change?: { to: string; label: string } | undefined }[];
}) {
  const { t } = useTranslation();
  return (
    <dl className="answers">
      {rows.map(({ term, value, change }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
          {change && (
            <dd className="answers-change">
              <Link to={change.to}>
                {t('common.change')}
                <span className="sr-only"> {change.label}</span>
              </Link>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
