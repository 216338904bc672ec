import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useApi, usePages } from '../api/hooks.ts';
import { call } from '../api/index.ts';
import type { CallOutput } from '../api/types.ts';
import { dateOf } from '../lib/params.ts';
import { dateIn, moment, timeOf } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { DateBar } from './date-bar.tsx';
import { Work } from './frame.tsx';

type Entry = CallOutput<'GET /api/audit'>['items'][number];
type Who = Entry['by'];

export function AuditPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="auditor" title={t('audit.title')}>
      {() => <Log />}
    </Work>
  );
}

const NAMED = 3;
/** What no site owns, by dates in UTC. */
const SHARED = ['people', 'messages', 'hours'] as const;

function Log() {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const [search, setSearch] = useSearchParams();
  const sites = useApi('GET /api/sites', {}, { staleTime: 60_000 });
  const shared = SHARED.find((scope) => scope === search.get('site'));
  const found = sites.data?.items.find(({ siteId }) => siteId === search.get('site')) ?? sites.data?.items[0];
  const site = shared ? { siteId: shared, zone: 'UTC' } : found;
  const today = dateIn(site?.zone ?? 'UTC', new Date());
  const date = dateOf(search.get('date')) ?? today;
  const action = search.get('kind') ?? '';
  // Whom it is narrowed to is nobody's business but this page's: it stands in no address.
  const [by, setBy] = useState<Who>();
  const [subject, setSubject] = useState<Who>();
  const query = {
    siteId: site?.siteId ?? '',
    date,
    limit: 50,
    ...(action && { action }),
    ...(by && { by: by.personId }),
    ...(subject && { subject: subject.personId }),
  };
  const entries = usePages('GET /api/audit', { query }, { enabled: site !== undefined });
  const nameOf = useNameOf();
  const saidOf = useSaid();
  const kinds = t('audit.action', { returnObjects: true }) as Record<string, string>;
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  const failed = sites.error ?? (entries.data ? undefined : entries.error);
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')} wide>
      <div className="desk-tools">
        <NativeSelect
          label={t('audit.site')}
          value={site?.siteId ?? ''}
          onChange={(event) => set('site', event.currentTarget.value)}
          data={[
            ...(sites.data?.items ?? []).map(({ siteId, name }) => ({ value: siteId, label: name[language] })),
            ...SHARED.map((scope) => ({ value: scope, label: t(`audit.shared.${scope}`) })),
          ]}
        />
        <DateBar date={date} today={today} />
        <NativeSelect
          label={t('audit.kind')}
          value={action}
          onChange={(event) => set('kind', event.currentTarget.value)}
          data={[
            { value: '', label: t('audit.all') },
            ...Object.entries(kinds).map(([value, label]) => ({ value, label })),
          ]}
        />
        {site && <Save query={query} zone={site.zone} kinds={kinds} />}
      </div>
      {site && <Seal key={`${site.siteId} ${date}`} siteId={site.siteId} date={date} zone={site.zone} />}
      {(by ?? subject) && (
        <p role="status">
          {[by, subject]
            .filter((it) => it !== undefined)
            .map((it) => t('audit.showing', { name: nameOf(it) }))
            .join(' · ')}{' '}
          <Button
            size="sm"
            variant="default"
            onClick={() => {
              setBy(undefined);
              setSubject(undefined);
            }}
          >
            {t('audit.clear')}
          </Button>
        </p>
      )}
      {failed ? (
        <LoadError error={failed} retry={() => void entries.refetch()} />
      ) : !entries.data || !site ? (
        <Loading lines={5} />
      ) : entries.items.length === 0 ? (
        <Empty title={t(entries.hasNextPage ? 'audit.further' : 'audit.empty')} />
      ) : (
        <table className="board">
          <caption className="sr-only">{t('audit.title')}</caption>
          <thead>
            <tr>
              {(['at', 'by', 'action', 'subjects', 'change'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`audit.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entries.items.map((entry) => (
              <tr key={`${entry.at} ${entry.by.personId} ${entry.action} ${entry.subjects.length}`}>
                <td className="board-time">{timeOf(entry.at, site.zone)}</td>
                <th scope="row">
                  <Narrow who={entry.by} choose={setBy} />
                </th>
                <td>{kinds[entry.action] ?? entry.action}</td>
                <td>
                  {entry.subjects.length > NAMED ? (
                    t('audit.people', {
                      names: entry.subjects.slice(0, NAMED).map(nameOf).join(' '),
                      count: entry.subjects.length,
                    })
                  ) : (
                    <span className="board-acts">
                      {entry.subjects.map((who) => (
                        <Narrow key={who.personId} who={who} choose={setSubject} />
                      ))}
                    </span>
                  )}
                </td>
                <td className="small">{saidOf(entry)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {entries.hasNextPage && (
        <Button variant="default" loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
          {t('pages:common.more')}
        </Button>
      )}
    </Page>
  );
}

/** Holds the day against what was sealed of it, when that is asked for: each check is recorded. */
function Seal({ siteId, date, zone }: { readonly siteId: string; readonly date: string; readonly zone: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const [asked, setAsked] = useState(false);
  const found = useApi('GET /api/audit/seal', { query: { siteId, date } }, { enabled: asked, staleTime: Infinity });
  const kinds: Readonly<Record<string, string>> = t('audit.action', { returnObjects: true });
  const nameOf = useNameOf();
  const it = found.data;
  if (!asked) {
    return (
      <div>
        <Button size="sm" variant="default" onClick={() => setAsked(true)}>
          {t('audit.seal.check')}
        </Button>
      </div>
    );
  }
  if (found.error) return <LoadError error={found.error} retry={() => void found.refetch()} />;
  if (!it) return <Loading lines={1} />;
  const bad = it.state === 'differs' || it.state === 'missing';
  return (
    <div className={bad ? 'notice notice-bad' : 'notice'} role={bad ? 'alert' : 'status'}>
      <div>
        <p className="strong">{t(`audit.seal.${it.state}`, { count: it.entries })}</p>
        {it.sealedAt && (
          <p className="small">
            {t('audit.seal.sealedAt', { when: moment(it.sealedAt, zone, language) })}{' '}
            <span className="mono seal-head">{it.head}</span>
          </p>
        )}
        {it.state === 'differs' && !it.chained && <p>{t('audit.seal.broken')}</p>}
        {it.differing > 0 && (
          <>
            <p>{t('audit.seal.differing', { count: it.differing })}</p>
            <ul>
              {it.differences.map(({ kind, at, action, by }) => (
                <li key={kind + at + action}>
                  {t(`audit.seal.kind.${kind}`)}: {timeOf(at, zone)} · {nameOf(by)} · {kinds[action] ?? action}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

function useNameOf(): (who: Who) => string {
  const { t } = useTranslation('work');
  return ({ personId, name }) => name || t(personId === 'rule' ? 'audit.rule' : 'audit.nobody');
}

/** A name that narrows the list to whoever has it. */
function Narrow({ who, choose }: { readonly who: Who; readonly choose: (who: Who) => void }) {
  const { t } = useTranslation('work');
  const name = useNameOf()(who);
  return (
    <Button size="compact-sm" variant="subtle" onClick={() => choose(who)} aria-label={t('audit.only', { name })}>
      {name}
    </Button>
  );
}

/** What was changed, in words where there are any, else as it was recorded. */
function useSaid(): (entry: Entry) => string {
  const { t } = useTranslation('work');
  const names: Readonly<Record<string, string>> = t('audit.change', { returnObjects: true });
  const values: Readonly<Record<string, string>> = t('audit.value', { returnObjects: true });
  const word = (value: string | number): string =>
    String(value)
      .split(' ')
      .map((part) => values[part] ?? part)
      .join(' ');
  return ({ change = {} }) =>
    Object.entries(change)
      .map(([name, value]) => `${names[name] ?? name}: ${name === 'reason' ? value : word(value)}`)
      .join('; ');
}

/** The whole of what is shown, every page of it, as a file. */
function Save({
  query,
  zone,
  kinds,
}: {
  readonly query: { readonly siteId: string; readonly date: string; readonly limit: number };
  readonly zone: string;
  readonly kinds: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation('work');
  const nameOf = useNameOf();
  const saidOf = useSaid();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const lines = [(['at', 'by', 'action', 'subjects', 'change'] as const).map((name) => t(`audit.columns.${name}`))];
      let cursor: string | undefined;
      do {
        const page = await call('GET /api/audit', { query: { ...query, limit: 100, ...(cursor && { cursor }) } });
        for (const entry of page.items) {
          lines.push([
            `${query.date} ${timeOf(entry.at, zone)} (${entry.at})`,
            `${nameOf(entry.by)} ${entry.by.personId}`,
            kinds[entry.action] ?? entry.action,
            entry.subjects.map((who) => `${nameOf(who)} ${who.personId}`).join(' '),
            saidOf(entry),
          ]);
        }
        cursor = page.cursor;
      } while (cursor);
      download(`audit-${query.siteId}-${query.date}.csv`, lines);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button variant="default" loading={busy} onClick={() => void save()}>
      {t('audit.save')}
    </Button>
  );
}

/** With a mark that tells spreadsheets how it is written, and nothing in a cell that they would take for a formula. */
function download(name: string, lines: readonly (readonly string[])[]): void {
  const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const text = `\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
