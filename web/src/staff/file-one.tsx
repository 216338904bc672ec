import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { isOfUnits } from '../../../shared/domain/files/fields.ts';
import type { ApiError } from '../api/error.ts';
import { useAct, useApi, usePages } from '../api/hooks.ts';
import { call } from '../api/index.ts';
import type { CallOutput } from '../api/types.ts';
import { moment } from '../lib/time.ts';
import { WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, Good, LinkButton, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { Bar, type Import, isRunning, WATCH_MS } from './files.tsx';
import { Work } from './frame.tsx';

/** One import: its dry run, what was applied of it, and every row that was refused. */
export function FilePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('files.title')}>
      {() => <One />}
    </Work>
  );
}

function One() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId = '', importId = '' } = useParams();
  const [every, setEvery] = useState(WATCH_MS);
  const found = useApi('GET /api/files/{siteId}/{importId}', { params: { siteId, importId } }, { every });
  const item = found.data;
  // Nothing more comes of one that has ended.
  const wanted = item && !isRunning(item) && item.status !== 'discarding' ? 15_000 : WATCH_MS;
  if (wanted !== every) setEvery(wanted);
  return (
    <Page
      title={item ? t(`files.kind.${item.kind}`) : t('files.title')}
      back={`/staff/${siteId}/files`}
      lead={item && `${item.fileName} · ${t('files.one.when', { when: moment(item.createdAt, item.zone, language) })}`}
    >
      {found.error && !item ? (
        <LoadError error={found.error} retry={() => void found.refetch()} />
      ) : !item ? (
        <Loading lines={4} />
      ) : (
        <Shown item={item} />
      )}
    </Page>
  );
}

function Shown({ item }: { readonly item: Import }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId, importId, status } = item;
  // Deleted by now, or within the minute.
  const isKept = item.keptUntil !== undefined && Date.parse(item.keptUntil) > Date.now();
  const apply = useAct('POST /api/files/{siteId}/{importId}/apply', `import-apply:${importId}`);
  const fresh = item.checked?.fresh ?? 0;
  return (
    <>
      <p role="status" className="counts">
        {t(`files.status.${status}`)}
      </p>
      {item.fault && (
        <div className="notice notice-bad" role="alert">
          <WarnIcon />
          <p>{t(`files.fault.${item.fault}`)}</p>
        </div>
      )}
      {status === 'uploading' && <Unfinished item={item} />}
      {(status === 'discarded' || status === 'expired') && (
        <div className="notice">
          <p>{t('files.one.gone')}</p>
        </div>
      )}
      {item.checked && (
        <section className="card import-pass">
          <h2>{t('files.one.checked')}</h2>
          {!item.applied && <p className="muted">{t('files.one.checkedLead')}</p>}
          <Bar item={{ ...item, applied: undefined, status: status === 'checking' ? 'checking' : 'checked' }} />
        </section>
      )}
      {item.applied && (
        <section className="card import-pass">
          <h2>{t('files.one.applied')}</h2>
          <Bar item={item} />
        </section>
      )}
      {isRunning(item) && <p className="muted">{t('files.one.leave')}</p>}
      {status === 'checked' && fresh === 0 && <Good>{t('files.one.nothing')}</Good>}
      {status === 'checked' && fresh > 0 && isKept && (
        <div className="stack">
          {apply.error && <ActionError error={apply.error} />}
          <p>{t(`files.one.applyNote.${isOfUnits(item.kind) ? item.kind : 'history'}`)}</p>
          <div>
            <Button loading={apply.busy} onClick={() => void apply.run({ params: { siteId, importId }, body: {} })}>
              {t('files.one.apply', { count: fresh })}
            </Button>
          </div>
          <Progress act={apply} />
        </div>
      )}
      {status === 'stopped' && isKept && <Resume item={item} />}
      {isRunning(item) && <Stop item={item} />}
      {item.keptUntil && !isRunning(item) && isKept && (
        <>
          <p className="muted">{t('files.one.kept', { when: moment(item.keptUntil, item.zone, language) })}</p>
          <Discard item={item} />
        </>
      )}
      {!isRunning(item) && <Refused item={item} />}
      {!isRunning(item) && (
        <div>
          <LinkButton to={`/staff/${siteId}/files/new`} variant="default">
            {t('files.one.again')}
          </LinkButton>
        </div>
      )}
    </>
  );
}

/** Begun and not tried: the upload broke off, or the tab was closed right after it. */
function Unfinished({ item: { siteId, importId, uploaded } }: { readonly item: Import }) {
  const { t } = useTranslation('work');
  const check = useAct('POST /api/files/{siteId}/{importId}/check', `import-check:${importId}`);
  if (!uploaded) {
    return (
      <div className="notice">
        <p>{t('files.map.lost')}</p>
      </div>
    );
  }
  return (
    <div className="stack">
      <p>{t('files.one.uploaded')}</p>
      {check.error && <ActionError error={check.error} />}
      <div>
        <Button loading={check.busy} onClick={() => void check.run({ params: { siteId, importId }, body: {} })}>
          {t('files.one.check')}
        </Button>
      </div>
      <Progress act={check} />
    </div>
  );
}

function Resume({ item: { siteId, importId, checked, applied, rows } }: { readonly item: Import }) {
  const { t } = useTranslation('work');
  const resume = useAct('POST /api/files/{siteId}/{importId}/resume', `import-resume:${importId}`);
  const counts = applied ?? checked;
  // Stopped before anything was read of it: what is uploaded, if all of it is, nobody has seen.
  if (!counts) return null;
  return (
    <div className="stack">
      <p>{t('files.one.resumeLead', { done: counts.done, all: rows })}</p>
      {resume.error && <ActionError error={resume.error} />}
      <div>
        <Button loading={resume.busy} onClick={() => void resume.run({ params: { siteId, importId }, body: {} })}>
          {t('files.one.resume')}
        </Button>
      </div>
      <Progress act={resume} />
    </div>
  );
}

function Stop({ item: { siteId, importId } }: { readonly item: Import }) {
  const stop = useAct('POST /api/files/{siteId}/{importId}/stop', `import-stop:${importId}`);
  return <Asked what="stop" act={stop} run={async () => await stop.run({ params: { siteId, importId }, body: {} })} />;
}

function Discard({ item: { siteId, importId } }: { readonly item: Import }) {
  const discard = useAct('POST /api/files/{siteId}/{importId}/discard', `import-discard:${importId}`);
  return (
    <Asked
      what="discard"
      act={discard}
      run={async () => await discard.run({ params: { siteId, importId }, body: {} })}
    />
  );
}

/** What is asked for once more before it is done. */
function Asked({
  what,
  act,
  run,
}: {
  readonly what: 'stop' | 'discard';
  readonly act: Pick<ReturnType<typeof useAct<'POST /api/files/{siteId}/{importId}/stop'>>, 'busy' | 'error'>;
  readonly run: () => Promise<unknown>;
}) {
  const { t } = useTranslation('work');
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <div>
        <Button variant="default" onClick={() => setAsked(true)}>
          {t(`files.one.${what}`)}
        </Button>
      </div>
    );
  }
  return (
    <div className="notice notice-warn" role="alert">
      <div>
        <p>
          <b>{t(`files.one.${what}Ask`)}</b> {t(`files.one.${what}Note`)}
        </p>
        {act.error && <ActionError error={act.error} />}
        <div className="actions">
          <Button loading={act.busy} onClick={() => void run()}>
            {t(`files.one.${what}Yes`)}
          </Button>
          <Button variant="default" onClick={() => setAsked(false)}>
            {t(`files.one.${what}No`)}
          </Button>
        </div>
      </div>
    </div>
  );
}

const SHOWN = 50;
type Row = CallOutput<'GET /api/files/{siteId}/{importId}/refused'>['items'][number];

function Refused({ item }: { readonly item: Import }) {
  const { t } = useTranslation('work');
  const { siteId, importId } = item;
  const count = (item.applied ?? item.checked)?.refused ?? 0;
  const rows = usePages(
    'GET /api/files/{siteId}/{importId}/refused',
    { params: { siteId, importId }, query: { limit: 10 } },
    { enabled: count > 0 },
  );
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  if (count === 0) return null;
  const said = ({ field, why }: Row) => ({
    column: field ? t(`files.field.${field}`) : '',
    reason: t(`files.why.${why}`),
  });
  const download = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const all = await everyRow(siteId, importId);
      const lines = [
        [t('files.one.row'), t('files.one.fieldName'), t('files.one.reason')],
        ...all.map((row) => [String(row.row), said(row).column, said(row).reason]),
      ];
      save(lines, `${item.fileName.replace(/\.\w+$/, '')}-${t('files.counts.refused')}.csv`);
    } catch (caught) {
      setError(caught as ApiError);
    } finally {
      setBusy(false);
    }
  };
  const shown = rows.items.slice(0, SHOWN);
  return (
    <section>
      <h2>{t('files.one.refused', { count })}</h2>
      <p className="muted">{t('files.one.refusedLead')}</p>
      {(error ?? rows.error) && <LoadError error={(error ?? rows.error) as ApiError} />}
      <div>
        <Button variant="default" loading={busy} onClick={() => void download()}>
          {busy ? t('files.one.downloading') : t('files.one.download')}
        </Button>
      </div>
      {shown.length > 0 && (
        <table className="board refused-board">
          <thead>
            <tr>
              <th scope="col">{t('files.one.row')}</th>
              <th scope="col">{t('files.one.fieldName')}</th>
              <th scope="col">{t('files.one.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={`${row.row} ${row.field ?? ''} ${row.why}`}>
                <th scope="row" className="board-time">
                  {row.row}
                </th>
                <td>{said(row).column}</td>
                <td>{said(row).reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(rows.items.length > SHOWN || rows.hasNextPage) && (
        <p className="muted">{t('files.one.first', { count: SHOWN })}</p>
      )}
    </section>
  );
}

async function everyRow(siteId: string, importId: string): Promise<Row[]> {
  const all: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await call('GET /api/files/{siteId}/{importId}/refused', {
      params: { siteId, importId },
      query: { limit: 100, ...(cursor && { cursor }) },
    });
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor);
  return all;
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** With a byte order mark, without which Excel takes Chinese for something else. */
function save(lines: readonly (readonly string[])[], name: string): void {
  const content = new Blob([`\uFEFF${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`], {
    type: 'text/csv',
  });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
