import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EXPORT_FIELDS, type ExportField, MOST_EXPORT_DAYS } from '../../../../shared/domain/hours-export.ts';
import { CATEGORY_NAMES } from '../../../../shared/domain/service-categories.ts';
import { SERVICE_CATEGORIES, type ServiceCategory } from '../../../../shared/domain/vocabulary.ts';
import { useAct } from '../../api/hooks.ts';
import { call } from '../../api/index.ts';
import { dateOf } from '../../lib/params.ts';
import { addDays, dateHere } from '../../lib/time.ts';
import { useSaveText } from '../../lib/use-save-text.ts';
import { Question } from '../../ui/question.tsx';
import { ActionError, type FieldProblem, Good, LoadError, Loading, Progress, useLanguage } from '../../ui/states.tsx';
import { HoursPage } from './pages.tsx';
import { type Settings, useHoursSettings } from './settings.tsx';

export function HoursExportPage() {
  const { t } = useTranslation('work');
  return (
    <HoursPage title={t('hours.file.title')} lead={t('hours.file.lead')}>
      {(organisationId) => <Loaded organisationId={organisationId} />}
    </HoursPage>
  );
}

function Loaded({ organisationId }: { readonly organisationId: string }) {
  const { t } = useTranslation('work');
  const settings = useHoursSettings(organisationId);
  const [isChanged, setChanged] = useState(false);
  if (settings.error && !settings.data) {
    return <LoadError error={settings.error} retry={() => void settings.refetch()} />;
  }
  if (!settings.data) return <Loading />;
  return (
    <>
      <p className="small muted">{t('hours.file.identity')}</p>
      <Download organisationId={organisationId} isChanged={isChanged} />
      <Form organisationId={organisationId} settings={settings.data} changed={setChanged} />
    </>
  );
}

function Download({ organisationId, isChanged }: { readonly organisationId: string; readonly isChanged: boolean }) {
  const { t } = useTranslation('work');
  const today = dateHere();
  const [from, setFrom] = useState(`${today.slice(0, 7)}-01`);
  const [to, setTo] = useState(today);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const saving = useSaveText();
  const { busy, error } = saving;
  const save = async (): Promise<void> => {
    const [first, last] = [dateOf(from), dateOf(to)];
    const isWrong = !first || !last || last < first || last >= addDays(first, MOST_EXPORT_DAYS);
    setProblems(isWrong ? [{ field: 'from', message: t('hours.file.rangeWrong') }] : []);
    if (isWrong) return;
    await saving.save(
      async () =>
        await call('GET /api/organisations/{organisationId}/hours/export.csv', {
          params: { organisationId },
          query: { from: first, to: last },
        }),
      `${organisationId}-${first}-${last}.csv`,
    );
  };
  return (
    <Question problems={problems} submit={() => void save()}>
      <div className="pair">
        <TextInput
          id="from"
          type="date"
          label={t('hours.file.from')}
          value={from}
          error={problems[0]?.message}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          id="to"
          type="date"
          label={t('hours.file.to')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      {isChanged && <p className="bad">{t('hours.file.unsaved')}</p>}
      {error && <ActionError error={error} />}
      <div>
        <Button type="submit" loading={busy}>
          {t('hours.file.download')}
        </Button>
      </div>
      <p className="small muted">{t('hours.file.audited')}</p>
    </Question>
  );
}

type Column = { readonly key: number; header: string; field: ExportField; text: string };
const MOST_COLUMNS = 24;

/** The columns as the platform wants them; what is typed stays when a newer edition of the settings comes. */
function Form({
  organisationId,
  settings,
  changed,
}: {
  readonly organisationId: string;
  readonly settings: Settings;
  readonly changed: (isChanged: boolean) => void;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const act = useAct('PUT /api/organisations/{organisationId}/hours/settings', `columns:${organisationId}`);
  const [columns, setColumns] = useState<Column[]>(() =>
    settings.columns.map(({ header, field, text = '' }, key) => ({ key, header, field, text })),
  );
  const [words, setWords] = useState(settings.language);
  const [names, setNames] = useState<{ [K in ServiceCategory]?: string | undefined }>(() => ({
    ...settings.categories,
  }));
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const [done, setDone] = useState(false);
  const edit = (after: Column[]): void => {
    setColumns(after);
    setDone(false);
    changed(true);
  };
  const put = (n: number, more: Partial<Column>): void =>
    edit(columns.map((column, at) => (at === n ? { ...column, ...more } : column)));
  const save = async (): Promise<void> => {
    act.reset();
    setDone(false);
    const found = columns.flatMap(({ key, header, field, text }, n): FieldProblem[] => [
      ...(header.trim() ? [] : [{ field: `header-${key}`, message: t('hours.file.headerMissing', { n: n + 1 }) }]),
      ...(field !== 'fixed' || text.trim()
        ? []
        : [{ field: `text-${key}`, message: t('hours.file.textMissing', { n: n + 1 }) }]),
    ]);
    setProblems(found);
    if (found.length > 0) return;
    const { responsible, handler, contact, version } = settings;
    const saved = await act.run({
      params: { organisationId },
      body: {
        ...(responsible && { responsible }),
        ...(handler && { handler }),
        ...(contact && { contact }),
        columns: columns.map(({ header, field, text }) => ({
          header: header.trim(),
          field,
          ...(field === 'fixed' && { text: text.trim() }),
        })),
        language: words,
        categories: Object.fromEntries(
          SERVICE_CATEGORIES.flatMap((category) => {
            const name = names[category]?.trim();
            return name ? [[category, name]] : [];
          }),
        ),
        version,
      },
    });
    if (!saved) return;
    setDone(true);
    changed(false);
  };
  const errorOf = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;
  return (
    <section aria-labelledby="columns">
      <h2 id="columns">{t('hours.file.columns')}</h2>
      <Question problems={problems} submit={() => void save()}>
        {done && <Good>{t('hours.file.saved')}</Good>}
        <NativeSelect
          label={t('hours.file.language')}
          value={words}
          data={(['zh', 'en'] as const).map((value) => ({ value, label: t(`hours.file.${value}`) }))}
          onChange={(event) => {
            setWords(event.currentTarget.value === 'en' ? 'en' : 'zh');
            setDone(false);
            changed(true);
          }}
        />
        {columns.map(({ key, header, field, text }, n) => (
          <fieldset key={key} className="hours-column">
            <legend>{t('hours.file.column', { n: n + 1 })}</legend>
            <TextInput
              id={`header-${key}`}
              label={t('hours.file.header')}
              value={header}
              maxLength={40}
              error={errorOf(`header-${key}`)}
              onChange={(event) => put(n, { header: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('hours.file.field')}
              value={field}
              data={EXPORT_FIELDS.map((value) => ({ value, label: t(`hours.file.fields.${value}`) }))}
              onChange={(event) =>
                put(n, { field: EXPORT_FIELDS.find((each) => each === event.currentTarget.value) ?? 'empty' })
              }
            />
            {field === 'fixed' && (
              <TextInput
                id={`text-${key}`}
                label={t('hours.file.text')}
                value={text}
                maxLength={60}
                error={errorOf(`text-${key}`)}
                onChange={(event) => put(n, { text: event.currentTarget.value })}
              />
            )}
            <div className="row">
              {n > 0 && (
                <Button
                  variant="subtle"
                  aria-label={t('hours.file.up', { n: n + 1 })}
                  onClick={() => {
                    const after = [...columns];
                    after.splice(n - 1, 2, columns[n] as Column, columns[n - 1] as Column);
                    edit(after);
                  }}
                >
                  {t('hours.file.upShort')}
                </Button>
              )}
              {columns.length > 1 && (
                <Button
                  variant="subtle"
                  aria-label={t('hours.file.remove', { n: n + 1 })}
                  onClick={() => edit(columns.filter((_, at) => at !== n))}
                >
                  {t('hours.file.removeShort')}
                </Button>
              )}
            </div>
          </fieldset>
        ))}
        {columns.length < MOST_COLUMNS && (
          <Button
            variant="default"
            onClick={() =>
              edit([
                ...columns,
                { key: Math.max(-1, ...columns.map(({ key }) => key)) + 1, header: '', field: 'empty', text: '' },
              ])
            }
          >
            {t('hours.file.addColumn')}
          </Button>
        )}
        <details>
          <summary>{t('hours.file.kindNames')}</summary>
          <p className="small muted">{t('hours.file.kindNamesHint')}</p>
          {SERVICE_CATEGORIES.map((category) => (
            <TextInput
              key={category}
              label={CATEGORY_NAMES[category][language]}
              value={names[category] ?? ''}
              maxLength={30}
              onChange={(event) => {
                setNames({ ...names, [category]: event.currentTarget.value });
                setDone(false);
                changed(true);
              }}
            />
          ))}
        </details>
        {act.error && <ActionError error={act.error} />}
        <Button type="submit" loading={act.busy}>
          {t('hours.file.save')}
        </Button>
        <Progress act={act} />
      </Question>
    </section>
  );
}
