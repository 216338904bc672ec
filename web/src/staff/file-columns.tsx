import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { lastFourOf, tidy } from '../../../shared/domain/files/cells.ts';
import {
  type ColumnMeaning,
  columnsMissing,
  columnsOf,
  FIELDS_OF,
  fieldTaken,
  headerKey,
  isNoData,
  isOfUnits,
  takesWholeNumbers,
} from '../../../shared/domain/files/fields.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput, Person, Site } from '../api/types.ts';
import type { TableFault } from '../files/limits.ts';
import type { Table, TableRow } from '../files/table.ts';
import { WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, ErrorSummary, type FieldProblem, LinkButton, LoadError, Loading } from '../ui/states.tsx';
import { type Chosen, choose, chosenFile } from './file-chosen.ts';
import { FileSites, siteNamesOf, useSiteWords } from './file-sites.tsx';
import { useMySites, Work } from './frame.tsx';

/** Which column is what. */
export function FileColumnsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('files.map.title')}>
      {(me) => <Columns me={me} />}
    </Work>
  );
}

type Mapping = CallOutput<'GET /api/files/{siteId}/mappings/{kind}'>;
type Opened = { readonly table: Table; readonly first: readonly TableRow[]; readonly header: TableRow | undefined };

/** The libraries that read tables come with the first file. */
const reader = async () => ({
  ...(await import('../files/table.ts')),
  ...(await import('../files/reduce.ts')),
  ...(await import('../files/limits.ts')),
});

function Columns({ me }: { readonly me: Person }) {
  const { t } = useTranslation('work');
  const { siteId = '' } = useParams();
  const [chosen] = useState(chosenFile);
  const back = `/staff/${siteId}/files/new`;
  return (
    <Page title={t('files.map.title')} back={back} wide>
      {chosen ? (
        <Read siteId={siteId} chosen={chosen} me={me} />
      ) : (
        <div className="notice">
          <p>{t('files.map.lost')}</p>
          <LinkButton to={back}>{t('files.choose.title')}</LinkButton>
        </div>
      )}
    </Page>
  );
}

function Read({ siteId, chosen, me }: { readonly siteId: string; readonly chosen: Chosen; readonly me: Person }) {
  const { t } = useTranslation('work');
  const { sites, query } = useMySites(me);
  const mapping = useApi('GET /api/files/{siteId}/mappings/{kind}', { params: { siteId, kind: chosen.kind } });
  const [opened, setOpened] = useState<Opened>();
  const [fault, setFault] = useState<TableFault>();
  useEffect(() => {
    let isWanted = true;
    const open = async (): Promise<void> => {
      const { openTable, seeRows, TableError } = await reader();
      try {
        const table = await openTable(chosen.file, chosen.kind);
        const seen = await seeRows(table, chosen.kind);
        if (isWanted) setOpened({ table, ...seen });
      } catch (error) {
        if (isWanted) setFault(error instanceof TableError ? error.why : 'broken');
      }
    };
    void open();
    return () => {
      isWanted = false;
    };
  }, [chosen]);
  if (fault) {
    return (
      <div className="notice notice-bad" role="alert">
        <WarnIcon />
        <div>
          <p>{t(`files.tableFault.${fault}`)}</p>
          <LinkButton to={`/staff/${siteId}/files/new`}>{t('files.choose.title')}</LinkButton>
        </div>
      </div>
    );
  }
  if (query.error) return <LoadError error={query.error} retry={() => void query.refetch()} />;
  if (mapping.error) return <LoadError error={mapping.error} retry={() => void mapping.refetch()} />;
  if (!opened || !mapping.data || !sites) return <Loading lines={5} />;
  return <Form siteId={siteId} chosen={chosen} opened={opened} mapping={mapping.data} sites={sites} />;
}

/** The length that most of the first numbers have, as a proposal. */
function usualLength(rows: readonly TableRow[], column: number): string {
  const lengths = rows
    .map(({ cells }) => tidy(cells[column] ?? '').replaceAll(/[\s-]/g, '').length)
    .filter((it) => it >= 6);
  const usual = lengths.toSorted(
    (a, b) => lengths.filter((it) => it === b).length - lengths.filter((it) => it === a).length,
  )[0];
  return usual === undefined ? '' : String(usual);
}

/** What is kept of it for the next file: what no site's own name says by itself is the most of it. */
const remembered = (names: ReadonlyMap<string, string>, sites: readonly Site[]): Record<string, string> =>
  Object.fromEntries(
    [...names].filter(([word, siteId]) => word.length <= 80 && sites.some((site) => site.siteId === siteId)),
  );

function Form({
  siteId,
  chosen,
  opened,
  mapping,
  sites,
}: {
  readonly siteId: string;
  readonly chosen: Chosen;
  readonly opened: Opened;
  readonly mapping: Mapping;
  /** The caller's own. */
  readonly sites: readonly Site[];
}) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const { kind, file } = chosen;
  const { table, first } = opened;
  const [header, setHeader] = useState(opened.header);
  const headers = header?.cells ?? [];
  const rowsBelow = (above: TableRow | undefined): readonly TableRow[] =>
    first.filter(({ row, cells }) => above && row > above.row && !isNoData(cells, above.cells));
  const guessed = (above: TableRow | undefined): ColumnMeaning[] =>
    columnsOf(
      kind,
      above?.cells ?? [],
      mapping.columns,
      rowsBelow(above).map(({ cells }) => cells),
    );
  const [columns, setColumns] = useState(() => guessed(header));
  const [hospital, setHospital] = useState(mapping.hospital ?? '');
  const [bare, setBare] = useState(mapping.bareDins);
  const data = rowsBelow(header);
  const dinColumn = columns.indexOf('din');
  const [typedLength, setLength] = useState(mapping.dinLength === undefined ? undefined : String(mapping.dinLength));
  const length = typedLength ?? (dinColumn >= 0 ? usualLength(data, dinColumn) : '');
  const words = useSiteWords(table, header, columns.indexOf('site'));
  const [siteChosen, setSiteChosen] = useState<Readonly<Record<string, string>>>({});
  const siteNames = siteNamesOf(words ?? [], sites, siteChosen, mapping.siteNames);
  const needsLength = mapping.scheme === 'opaque' && dinColumn >= 0;
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const [step, setStep] = useState<'idle' | 'preparing' | 'uploading' | 'lost'>('idle');
  const [done, setDone] = useState(0);
  const [fault, setFault] = useState<TableFault>();
  const begin = useAct('POST /api/files/{siteId}', `import:${siteId}`, { unwritten: true });
  const check = useAct('POST /api/files/{siteId}/{importId}/check', `import-check:${siteId}`);
  const mapped = columns.flatMap((meaning) => fieldTaken(kind, meaning) ?? []);
  const namesHospital = kind === 'usage' && !mapped.includes('hospital');
  const isRemembered = headers.some((each) => mapping.columns[headerKey(each)] !== undefined);

  const faultsNow = (): FieldProblem[] => {
    if (!header) return [{ field: 'header', message: t('files.map.error.header') }];
    const repeated = mapped.filter((field, n) => mapped.indexOf(field) < n);
    return [
      ...columnsMissing(kind, mapped, namesHospital ? hospital.trim() : undefined).map((field) =>
        field === 'hospital'
          ? { field: 'hospital', message: t('files.map.error.hospital') }
          : {
              field: 'column-0',
              message:
                field === 'donorNo'
                  ? t('files.map.error.donorNo')
                  : t('files.map.error.missing', { field: t(`files.field.${field}`) }),
            },
      ),
      ...[...new Set(repeated)].map((field) => ({
        field: `column-${columns.findLastIndex((meaning) => fieldTaken(kind, meaning) === field)}`,
        message: t('files.map.error.repeated', { field: t(`files.field.${field}`) }),
      })),
      ...(needsLength && !(Number(length) >= 6 && Number(length) <= 20)
        ? [{ field: 'length', message: t('files.map.error.length') }]
        : []),
    ];
  };

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    begin.reset();
    setFault(undefined);
    const faults = faultsNow();
    setProblems(faults);
    if (faults.length > 0 || !header) return;
    setStep('preparing');
    setDone(0);
    const { reduce, TableError } = await reader();
    try {
      const reduced = await reduce(table, header, { kind, columns, siteNames }, setDone);
      setStep('uploading');
      const begun = await begin.run({
        params: { siteId },
        body: {
          kind,
          fileName: file.name.slice(-120) || 'file',
          bytes: reduced.content.size,
          sha256: reduced.sha256,
          rows: reduced.rows,
          fields: [...reduced.fields],
          epoch: table.epoch,
          bareDins: mapping.scheme === 'isbt128' && bare,
          ...(needsLength && { dinLength: Number(length) }),
          ...(namesHospital && { hospital: hospital.trim() }),
          ...(siteNames.size > 0 && { siteNames: remembered(siteNames, sites) }),
          columns: Object.fromEntries(
            headers.flatMap((each, n) => {
              const key = headerKey(each).slice(0, 120);
              return key ? [[key, columns[n] ?? 'none']] : [];
            }),
          ),
        },
      });
      if (!begun) return setStep('idle');
      const { importId } = begun.import;
      const put = await fetch(begun.upload.url, {
        method: 'PUT',
        headers: begun.upload.headers,
        body: reduced.content,
      });
      if (!put.ok) return setStep('lost');
      if (!(await check.run({ params: { siteId, importId }, body: {} }))) return setStep('idle');
      choose(undefined);
      await navigate(`/staff/${siteId}/files/${importId}`);
    } catch (error) {
      if (error instanceof TableError) {
        setFault(error.why);
        return setStep('idle');
      }
      setStep('lost');
    }
  };

  const { form } = table;
  const busy = step === 'preparing' || step === 'uploading';
  const error = begin.error ?? check.error;
  return (
    <form noValidate className="question" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={problems} />
      <p>
        {form.kind === 'text'
          ? t('files.map.read.text', {
              name: file.name,
              encoding: form.encoding.toUpperCase(),
              delimiter: t(`files.map.delimiter.${form.delimiter}`),
            })
          : t('files.map.read.workbook', { name: file.name, sheet: form.sheet })}
        {isRemembered && <> {t('files.map.remembered')}</>}
      </p>
      <NativeSelect
        id="header"
        className="choose-header"
        label={t('files.map.header')}
        description={t('files.map.headerHint')}
        value={header ? String(header.row) : ''}
        data={[
          { value: '', label: '—' },
          ...first.map(({ row, cells }) => ({
            value: String(row),
            label: `${row}: ${cells.filter(Boolean).join(' | ').slice(0, 60)}`,
          })),
        ]}
        onChange={(event) => {
          const next = first.find(({ row }) => String(row) === event.currentTarget.value);
          setHeader(next);
          setColumns(guessed(next));
        }}
      />
      {headers.length > 0 && (
        <table className="board map-board">
          <thead>
            <tr>
              <th scope="col">{t('files.map.column')}</th>
              <th scope="col">{t('files.map.sample')}</th>
              <th scope="col">{t('files.map.takes')}</th>
            </tr>
          </thead>
          <tbody>
            {headers
              .map((text, at) => ({ text, at }))
              .map(({ text, at: n }) => {
                const meaning = columns[n] ?? 'none';
                return (
                  <tr key={n}>
                    <th scope="row" id={`header-${n}`}>
                      {text || '—'}
                    </th>
                    <td className="muted map-sample">
                      {meaning === 'patient'
                        ? '•••'
                        : data
                            .slice(0, 3)
                            .map(({ cells }) =>
                              meaning === 'identity' ? `•••${lastFourOf(cells[n] ?? '')}` : (cells[n] ?? ''),
                            )
                            .filter(Boolean)
                            .join(' · ')
                            .slice(0, 80)}
                    </td>
                    <td>
                      {meaning === 'patient' ? (
                        <span className="tag">{t('files.map.patient')}</span>
                      ) : (
                        <NativeSelect
                          id={`column-${n}`}
                          aria-labelledby={`header-${n}`}
                          value={meaning}
                          data={[
                            { value: 'none', label: t('files.map.nothing') },
                            ...FIELDS_OF[kind].map((value) => ({ value, label: t(`files.field.${value}`) })),
                            ...(isOfUnits(kind) || takesWholeNumbers(kind)
                              ? []
                              : [{ value: 'identity', label: t('files.map.identity') }]),
                          ]}
                          onChange={(event) => {
                            const value = event.currentTarget.value as ColumnMeaning;
                            setColumns((before) => headers.map((_, at) => (at === n ? value : (before[at] ?? 'none'))));
                          }}
                        />
                      )}
                    </td>
                  </tr>
                );
              })}
          </tbody>
        </table>
      )}
      {columns.includes('group') && !columns.includes('rhd') && <p className="muted">{t('files.map.half')}</p>}
      {words && (
        <FileSites
          words={words}
          sites={sites}
          names={siteNames}
          onChoose={(word, to) => setSiteChosen((before) => ({ ...before, [word]: to }))}
        />
      )}
      {takesWholeNumbers(kind) && mapped.includes('identity') && <p className="muted">{t('files.map.sealed')}</p>}
      {namesHospital && (
        <TextInput
          id="hospital"
          label={t('files.map.hospital')}
          description={t('files.map.hospitalHint')}
          value={hospital}
          maxLength={80}
          error={problems.find((each) => each.field === 'hospital')?.message}
          onChange={(event) => setHospital(event.currentTarget.value)}
        />
      )}
      {needsLength && (
        <TextInput
          id="length"
          inputMode="numeric"
          label={t('files.map.length')}
          description={t('files.map.lengthHint')}
          value={length}
          error={problems.find((each) => each.field === 'length')?.message}
          onChange={(event) => setLength(event.currentTarget.value)}
        />
      )}
      {mapping.scheme === 'isbt128' && dinColumn >= 0 && (
        <Checkbox
          className="choice"
          label={t('files.map.bare')}
          checked={bare}
          onChange={(event) => setBare(event.currentTarget.checked)}
        />
      )}
      {fault && (
        <p className="notice notice-bad" role="alert">
          {t(`files.tableFault.${fault}`)}
        </p>
      )}
      {step === 'lost' && (
        <p className="notice notice-bad" role="alert">
          {t('files.map.uploadFailed')}
        </p>
      )}
      {error && step === 'idle' && <ActionError error={error} />}
      <Button type="submit" loading={busy || words === undefined}>
        {t('files.map.next')}
      </Button>
      <p className="progress" role="status">
        {step === 'preparing' && t('files.map.preparing', { rows: done })}
        {step === 'uploading' && t('files.map.uploading')}
      </p>
    </form>
  );
}
