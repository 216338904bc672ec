import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { CALL_BOUNDS } from '../../../shared/domain/calls.ts';
import { useAct, useApi } from '../api/hooks.ts';
import { useDraft } from '../lib/use-draft.ts';
import { Page } from '../ui/page.tsx';
import { ActionError, ErrorSummary, type FieldProblem, LoadError, Loading, Progress } from '../ui/states.tsx';
import { CALL_FIGURES, type CallSettings, moneyOf, settingsFrom, settingsTyped } from './call-values.ts';
import { Work } from './frame.tsx';
import { toast } from './toast.ts';

/** How many donors a site asks at once, how often, and what a text costs. */
export function CallSettingsPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('calls.set.title')}>
      {() => <OfSite />}
    </Work>
  );
}

function OfSite() {
  const { t } = useTranslation('work');
  const { siteId = '' } = useParams();
  const settings = useApi('GET /api/calls/settings/{siteId}', { params: { siteId } });
  return (
    <Page title={t('calls.set.title')} lead={t('calls.set.lead')} back={`/staff/${siteId}/calls`}>
      {settings.error && !settings.data ? (
        <LoadError error={settings.error} retry={() => void settings.refetch()} />
      ) : !settings.data ? (
        <Loading lines={4} />
      ) : (
        <Form key={settings.data.version} current={settings.data} />
      )}
    </Page>
  );
}

function Form({ current }: { readonly current: CallSettings }) {
  const { t } = useTranslation('work');
  const { siteId, version } = current;
  const [value, set, clear] = useDraft(`calls:${siteId}:${version}`, settingsTyped(current));
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('PUT /api/calls/settings/{siteId}', `calls:${siteId}`);
  const bounds = (name: keyof typeof CALL_BOUNDS) => ({ least: CALL_BOUNDS[name][0], most: CALL_BOUNDS[name][1] });
  const errorOf = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const read = settingsFrom(value);
    const faults = 'faults' in read ? read.faults : [];
    setProblems(
      faults.map((field) => ({
        field,
        message:
          field === 'price'
            ? t('calls.set.error.price', { most: moneyOf(CALL_BOUNDS.centsPerSegment[1]) })
            : t('calls.set.error.number', bounds(field)),
      })),
    );
    if ('faults' in read) return;
    if (!(await act.run({ params: { siteId }, body: { version, ...read.settings } }))) return;
    clear();
    toast(t('calls.set.saved'));
  };
  return (
    <form noValidate className="question event-form settings-form" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={problems} />
      {CALL_FIGURES.map((name) => (
        <TextInput
          key={name}
          id={name}
          inputMode="numeric"
          autoComplete="off"
          maxLength={5}
          label={t(`calls.set.${name}`)}
          description={t(`calls.set.${name}Hint`, bounds(name))}
          value={value[name]}
          error={errorOf(name)}
          onChange={(event) => set({ ...value, [name]: event.currentTarget.value })}
        />
      ))}
      <TextInput
        id="price"
        inputMode="decimal"
        autoComplete="off"
        maxLength={6}
        label={t('calls.set.price')}
        description={t('calls.set.priceHint')}
        value={value.price}
        error={errorOf('price')}
        onChange={(event) => set({ ...value, price: event.currentTarget.value })}
      />
      <p className="small muted">{t('calls.set.quiet')}</p>
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" size="lg" loading={act.busy}>
        {t('calls.set.save')}
      </Button>
      <Progress act={act} />
    </form>
  );
}
