import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { dialled } from '../../../shared/domain/phone.ts';
import { type DinRange, readRange } from '../../../shared/domain/unit-settings.ts';
import { COMPONENTS, type Component, DONATION_TESTS } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { useDraft } from '../lib/use-draft.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, ErrorSummary, type FieldProblem, LoadError, Loading, Progress } from '../ui/states.tsx';
import { Options } from './complete.tsx';
import { Work } from './frame.tsx';
import { toast } from './toast.ts';

type Settings = CallOutput<'GET /api/units/settings/{siteId}'>;

/** How a site follows its units: who is master, its hospitals, its own figures, the codes of its labels. */
export function UnitSettingsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('unitSettings.title')}>
      {() => <OfSite />}
    </Work>
  );
}

function OfSite() {
  const { t } = useTranslation('work');
  const { siteId = '' } = useParams();
  const settings = useApi('GET /api/units/settings/{siteId}', { params: { siteId } });
  return (
    <Page title={t('unitSettings.title')} lead={t('unitSettings.lead')} back={`/staff/${siteId}/batch`}>
      {settings.error && !settings.data ? (
        <LoadError error={settings.error} retry={() => void settings.refetch()} />
      ) : !settings.data ? (
        <Loading lines={5} />
      ) : (
        <Form key={settings.data.version} current={settings.data} />
      )}
    </Page>
  );
}

type Values = {
  readonly screening: string;
  readonly laboratory: string;
  readonly tests: readonly string[];
  readonly months: string;
  /** A range a line. */
  readonly numbers: string;
  readonly master: string;
  readonly system: string;
  readonly days: Readonly<Partial<Record<Component, string>>>;
  /** A hospital a line: its name, then its number. */
  readonly hospitals: string;
  readonly products: readonly { readonly code: string; readonly component: Component }[];
};

const valuesOf = (current: Settings): Values => ({
  screening: current.screening,
  laboratory: current.laboratory,
  tests: current.tests,
  months: String(current.usedWithinMonths),
  numbers: current.numbers.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join('\n'),
  master: current.master,
  system: current.system ?? '',
  days: Object.fromEntries(Object.entries(current.shelfLifeDays).map(([name, days]) => [name, String(days)])),
  hospitals: current.hospitals.map(({ name, phone }) => `${name} ${dialled(phone)}`).join('\n'),
  products: current.products,
});

/** `N7001`, or `330126000000-330126999999`: a range a line. */
export function rangesIn(text: string): (DinRange | undefined)[] {
  return text
    .normalize('NFKC')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [from = '', to = from, ...rest] = line.split(/\s*[-–—~至]\s*/);
      return rest.length > 0 ? undefined : readRange({ from, to });
    });
}

/** `第一医院 0571-88001234`: the number is what stands after the last space before it. */
export function hospitalsIn(text: string): ({ name: string; phone: string } | undefined)[] {
  return text
    .split('\n')
    .map((line) => line.normalize('NFKC').trim())
    .filter(Boolean)
    .map((line) => {
      const [, name, phone] = /^(.*?\S)[\s,]+(\+?[\d][\d\s()-]{3,})$/.exec(line) ?? [];
      return name && phone ? { name, phone: phone.trim() } : undefined;
    });
}

function Form({ current }: { readonly current: Settings }) {
  const { t } = useTranslation('work');
  const [value, set, clear] = useDraft<Values>(`units:${current.siteId}:${current.version}`, valuesOf(current));
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('PUT /api/units/settings/{siteId}', `units:${current.siteId}`);
  const errorOf = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const hospitals = hospitalsIn(value.hospitals);
    const days = COMPONENTS.flatMap((each) => (value.days[each] ? [[each, Number(value.days[each])] as const] : []));
    const found: FieldProblem[] = [];
    if (value.master === 'other' && !value.system.trim()) {
      found.push({ field: 'system', message: t('unitSettings.error.system') });
    }
    for (const [component, n] of days) {
      if (n < 1 || n > 3660) found.push({ field: `days-${component}`, message: t('unitSettings.error.days') });
    }
    const months = Number(value.months);
    if (!(months >= 1 && months <= 120)) found.push({ field: 'months', message: t('unitSettings.error.months') });
    const numbers = rangesIn(value.numbers);
    if (numbers.includes(undefined)) found.push({ field: 'numbers', message: t('unitSettings.error.numbers') });
    if (hospitals.includes(undefined)) found.push({ field: 'hospitals', message: t('unitSettings.error.hospitals') });
    for (const [n, { code }] of value.products.entries()) {
      if (!/^[A-Z0-9]{5}$/.test(code)) found.push({ field: `code-${n}`, message: t('unitSettings.error.code') });
    }
    setProblems(found);
    if (found.length > 0) return;
    const saved = await act.run({
      params: { siteId: current.siteId },
      body: {
        version: current.version,
        screening: value.screening === 'paper' ? 'paper' : 'required',
        laboratory: value.laboratory === 'elsewhere' ? 'elsewhere' : 'required',
        numbers: numbers.flatMap((each) => each ?? []),
        usedWithinMonths: months,
        tests: DONATION_TESTS.filter((code) => value.tests.includes(code)),
        master: value.master === 'other' ? 'other' : 'nuanliu',
        ...(value.system.trim() && { system: value.system.trim() }),
        shelfLifeDays: Object.fromEntries(days),
        hospitals: hospitals.flatMap((each) => (each ? [each] : [])),
        products: [...value.products],
      },
    });
    if (!saved) return;
    clear();
    toast(t('unitSettings.saved'));
  };
  const refused = (act.error?.fields ?? []).map(({ path, message }) => ({
    field: path.split('.')[1] === 'hospitals' || path.startsWith('hospitals') ? 'hospitals' : path,
    message: `${path}: ${message}`,
  }));
  return (
    <form noValidate className="question event-form settings-form" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={problems.length > 0 ? problems : refused} />
      <Options
        legend={t('unitSettings.master')}
        name="master"
        value={value.master}
        options={[
          { value: 'nuanliu', label: t('unitSettings.masterNuanliu') },
          { value: 'other', label: t('unitSettings.masterOther') },
        ]}
        choose={(master) => set({ ...value, master })}
      />
      <p className="small muted">{t('unitSettings.masterHint')}</p>
      {value.master === 'other' && (
        <TextInput
          id="system"
          label={t('unitSettings.system')}
          maxLength={60}
          value={value.system}
          error={errorOf('system')}
          onChange={(event) => set({ ...value, system: event.currentTarget.value })}
        />
      )}
      <Textarea
        id="hospitals"
        label={t('unitSettings.hospitals')}
        description={t('unitSettings.hospitalsHint')}
        autosize
        minRows={3}
        value={value.hospitals}
        error={errorOf('hospitals')}
        onChange={(event) => set({ ...value, hospitals: event.currentTarget.value })}
      />
      <fieldset>
        <legend>
          <h2>{t('unitSettings.days')}</h2>
        </legend>
        <p className="small muted">{t('unitSettings.daysHint')}</p>
        <div className="pair">
          {COMPONENTS.map((component) => (
            <TextInput
              key={component}
              id={`days-${component}`}
              label={t(`component.${component}`)}
              inputMode="numeric"
              maxLength={4}
              value={value.days[component] ?? ''}
              error={errorOf(`days-${component}`)}
              onChange={(event) =>
                set({
                  ...value,
                  days: {
                    ...value.days,
                    [component]: event.currentTarget.value.normalize('NFKC').replaceAll(/\D/g, ''),
                  },
                })
              }
            />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>
          <h2>{t('unitSettings.products')}</h2>
        </legend>
        <p className="small muted">{t('unitSettings.productsHint')}</p>
        {value.products.map(({ code, component }, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing else of its own while it is typed
          <div className="pair" key={n}>
            <TextInput
              id={`code-${n}`}
              label={t('unitSettings.code')}
              maxLength={5}
              classNames={{ input: 'mono' }}
              value={code}
              error={errorOf(`code-${n}`)}
              onChange={(event) => {
                const typed = event.currentTarget.value.normalize('NFKC').toUpperCase();
                set({
                  ...value,
                  products: value.products.map((each, m) => (m === n ? { ...each, code: typed } : each)),
                });
              }}
            />
            <NativeSelect
              id={`component-${n}`}
              label={t('unitSettings.component')}
              value={component}
              data={COMPONENTS.map((each) => ({ value: each, label: t(`component.${each}`) }))}
              onChange={(event) => {
                const chosen = COMPONENTS.find((each) => each === event.currentTarget.value) ?? component;
                set({
                  ...value,
                  products: value.products.map((each, m) => (m === n ? { ...each, component: chosen } : each)),
                });
              }}
            />
            <Button
              variant="default"
              aria-label={t('unitSettings.dropFor', { code })}
              onClick={() => set({ ...value, products: value.products.filter((_, m) => m !== n) })}
            >
              {t('batch.drop')}
            </Button>
          </div>
        ))}
        <Button
          variant="default"
          onClick={() => set({ ...value, products: [...value.products, { code: '', component: 'red-cells' }] })}
        >
          {t('unitSettings.add')}
        </Button>
      </fieldset>
      <Options
        legend={t('unitSettings.screening')}
        name="screening"
        value={value.screening}
        options={[
          { value: 'required', label: t('unitSettings.screeningRequired') },
          { value: 'paper', label: t('unitSettings.screeningPaper') },
        ]}
        choose={(screening) => set({ ...value, screening })}
      />
      <TextInput
        id="months"
        label={t('unitSettings.months')}
        description={t('unitSettings.monthsHint')}
        inputMode="numeric"
        maxLength={3}
        value={value.months}
        error={errorOf('months')}
        onChange={(event) =>
          set({ ...value, months: event.currentTarget.value.normalize('NFKC').replaceAll(/\D/g, '') })
        }
      />
      <Textarea
        id="numbers"
        label={t('unitSettings.numbers')}
        description={t('unitSettings.numbersHint')}
        autosize
        minRows={2}
        value={value.numbers}
        error={errorOf('numbers')}
        classNames={{ input: 'mono' }}
        onChange={(event) => set({ ...value, numbers: event.currentTarget.value })}
      />
      <Options
        legend={t('unitSettings.laboratory')}
        name="laboratory"
        value={value.laboratory}
        options={[
          { value: 'required', label: t('unitSettings.laboratoryRequired') },
          { value: 'elsewhere', label: t('unitSettings.laboratoryElsewhere') },
        ]}
        choose={(laboratory) => set({ ...value, laboratory })}
      />
      <Checkbox.Group
        label={t('unitSettings.tests')}
        description={t('unitSettings.testsHint')}
        value={[...value.tests]}
        onChange={(tests) => set({ ...value, tests })}
      >
        <div className="lab-tests">
          {DONATION_TESTS.map((code) => (
            <Checkbox key={code} id={`test-${code}`} value={code} label={t(`laboratory.test.${code}`)} />
          ))}
        </div>
      </Checkbox.Group>
      {act.error && refused.length === 0 && <ActionError error={act.error} />}
      <Button type="submit" size="lg" loading={act.busy}>
        {t('settings.save')}
      </Button>
      <Progress act={act} />
    </form>
  );
}
