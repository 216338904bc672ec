import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useApi } from '../../api/hooks.ts';
import type { CallOutput } from '../../api/types.ts';
import { Question } from '../../ui/question.tsx';
import { ActionError, type FieldProblem, Good, LoadError, Loading, Progress } from '../../ui/states.tsx';
import { HoursPage } from './pages.tsx';

export type Settings = CallOutput<'GET /api/organisations/{organisationId}/hours/settings'>;

export const useHoursSettings = (organisationId: string) =>
  useApi('GET /api/organisations/{organisationId}/hours/settings', { params: { organisationId } });

export function HoursSettingsPage() {
  const { t } = useTranslation('work');
  return (
    <HoursPage title={t('hours.certify.title')} lead={t('hours.certify.lead')}>
      {(organisationId) => <Loaded organisationId={organisationId} />}
    </HoursPage>
  );
}

function Loaded({ organisationId }: { readonly organisationId: string }) {
  const settings = useHoursSettings(organisationId);
  if (settings.error && !settings.data) {
    return <LoadError error={settings.error} retry={() => void settings.refetch()} />;
  }
  if (!settings.data) return <Loading />;
  return <Form organisationId={organisationId} settings={settings.data} />;
}

const FIELDS = ['responsible', 'handler', 'contact'] as const;

function Form({ organisationId, settings }: { readonly organisationId: string; readonly settings: Settings }) {
  const { t } = useTranslation('work');
  const act = useAct('PUT /api/organisations/{organisationId}/hours/settings', `certify:${organisationId}`);
  const [values, setValues] = useState(() => ({
    responsible: settings.responsible ?? '',
    handler: settings.handler ?? '',
    contact: settings.contact ?? '',
  }));
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const [done, setDone] = useState(false);
  const save = async (): Promise<void> => {
    setDone(false);
    act.reset();
    const found = FIELDS.filter((field) => !values[field].trim()).map((field) => ({
      field,
      message: t('hours.certify.missing', { field: t(`hours.certify.${field}`) }),
    }));
    setProblems(found);
    if (found.length > 0) return;
    const { columns, isUsual, language, categories, version } = settings;
    const saved = await act.run({
      params: { organisationId },
      body: {
        responsible: values.responsible.trim(),
        handler: values.handler.trim(),
        contact: values.contact.trim(),
        ...(!isUsual && { columns }),
        language,
        categories,
        version,
      },
    });
    setDone(saved !== undefined);
  };
  return (
    <Question problems={problems} submit={() => void save()}>
      {done && <Good>{t('hours.certify.done')}</Good>}
      {!settings.responsible && <p className="muted">{t('hours.certify.some')}</p>}
      {FIELDS.map((field) => (
        <TextInput
          key={field}
          id={field}
          label={t(`hours.certify.${field}`)}
          {...(field === 'contact' && { description: t('hours.certify.contactHint') })}
          value={values[field]}
          maxLength={40}
          error={problems.find((each) => each.field === field)?.message}
          onChange={(event) => setValues({ ...values, [field]: event.currentTarget.value })}
        />
      ))}
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {t('hours.certify.save')}
      </Button>
      <Progress act={act} />
    </Question>
  );
}
