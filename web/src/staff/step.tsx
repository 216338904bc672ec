import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { componentsFrom } from '../../../shared/domain/unit-stages.ts';
import { COMPONENTS } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { Chain, Unit } from '../api/types.ts';
import { useDraft } from '../lib/use-draft.ts';
import { Page } from '../ui/page.tsx';
import {
  ActionError,
  Empty,
  ErrorSummary,
  type FieldProblem,
  LinkButton,
  LoadError,
  Loading,
  Progress,
} from '../ui/states.tsx';
import { useChainBack } from './chain.tsx';
import { Work } from './frame.tsx';
import { toast } from './toast.ts';

export function StepPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('units.title')}>
      {() => <Step />}
    </Work>
  );
}

/** One step of one unit that asks something first: the components, the hospital, its record, or only to be sure. */
function Step() {
  const { t } = useTranslation('work');
  const { din = '', unitId = '', action: asked = '' } = useParams();
  const { query } = useChainBack();
  const chain = useApi('GET /api/units/{din}', { params: { din } });
  const unit = chain.data?.units.find((each) => each.unitId === unitId);
  const action = [...(unit?.actions ?? []), ...(unit?.notes ?? [])].find((each) => each === asked);
  const back = `/staff/units/${encodeURIComponent(din)}${query}`;
  return (
    <Page
      title={action ? t(`action.${action}`) : t('units.title')}
      back={back}
      {...(unit && chain.data && { lead: `${t(`component.${unit.component}`)} ${unitId} · ${chain.data.dinPrinted}` })}
    >
      {chain.error ? (
        <LoadError error={chain.error} retry={() => void chain.refetch()} />
      ) : !chain.data ? (
        <Loading />
      ) : !unit || !action ? (
        <Empty title={t('step.gone')}>
          <LinkButton to={back}>{t('units.tree')}</LinkButton>
        </Empty>
      ) : (
        <Form chain={chain.data} unit={unit} action={action} back={back} />
      )}
    </Page>
  );
}

function Form({
  chain,
  unit,
  action,
  back,
}: {
  readonly chain: Chain;
  readonly unit: Unit;
  readonly action: Unit['actions'][number] | Unit['notes'][number];
  readonly back: string;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const navigate = useNavigate();
  const name = `step:${chain.din}:${unit.unitId}:${action}`;
  const [value, set, clear] = useDraft(name, {
    components: [] as string[],
    hospital: unit.hospital ?? '',
    record: '',
    location: unit.location ?? '',
    expiry: '',
    note: '',
  });
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/units/{din}/{unitId}/steps', name);
  const options = componentsFrom(unit.component);
  const asks = {
    components: action === 'process',
    hospital: action === 'issue' || action === 'use',
    record: action === 'use',
    location: action === 'store' || action === 'return' || action === 'relocate',
    expiry: action === 'set-expiry',
    note: action !== 'process',
  };
  const warning =
    action === 'use'
      ? t('step.useNote')
      : action === 'discard'
        ? t('step.discardNote')
        : action === 'correct-use'
          ? t('step.correctNote')
          : undefined;
  const errorOf = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const components = COMPONENTS.filter((each) => value.components.includes(each));
    const found: FieldProblem[] = [];
    if (asks.components && components.length === 0) {
      found.push({ field: `component-${options[0] ?? ''}`, message: t('step.error.components') });
    }
    if (asks.hospital && !value.hospital.trim()) found.push({ field: 'hospital', message: t('step.error.hospital') });
    if (asks.record && !value.record.trim()) found.push({ field: 'record', message: t('step.error.record') });
    if (action === 'relocate' && !value.location.trim()) {
      found.push({ field: 'location', message: t('batch.error.location') });
    }
    if (asks.expiry && !value.expiry.trim()) found.push({ field: 'expiry', message: t('step.error.expiry') });
    setProblems(found);
    if (found.length > 0) return;
    const done = await act.run({
      params: { din: chain.din, unitId: unit.unitId },
      body: {
        action,
        version: unit.version,
        ...(asks.components && { components }),
        ...(asks.hospital && { hospital: value.hospital.trim() }),
        ...(asks.record && { hospitalRecord: value.record.trim() }),
        ...(asks.location && value.location.trim() && { location: value.location.trim() }),
        ...(asks.expiry && { expiry: value.expiry.trim() }),
        ...(value.note.trim() && { note: value.note.trim() }),
      },
    });
    if (!done) return;
    clear();
    toast(t('units.did', { action: t(`action.${action}`) }));
    await navigate(back, { replace: true });
  };

  return (
    <form noValidate className="question" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={problems} />
      {asks.components && (
        <fieldset className="choices">
          <legend className="strong">{t('step.components')}</legend>
          {errorOf(`component-${options[0] ?? ''}`) && (
            <p className="bad small">{errorOf(`component-${options[0] ?? ''}`)}</p>
          )}
          {options.map((component) => (
            <Checkbox
              key={component}
              id={`component-${component}`}
              className="choice"
              label={t(`component.${component}`)}
              checked={value.components.includes(component)}
              onChange={(event) =>
                set({
                  ...value,
                  components: event.currentTarget.checked
                    ? [...value.components, component]
                    : value.components.filter((each) => each !== component),
                })
              }
            />
          ))}
        </fieldset>
      )}
      {asks.hospital && (
        <TextInput
          id="hospital"
          label={t('step.hospital')}
          maxLength={80}
          value={value.hospital}
          onChange={(event) => set({ ...value, hospital: event.currentTarget.value })}
          error={errorOf('hospital')}
        />
      )}
      {asks.record && (
        <TextInput
          id="record"
          label={t('step.record')}
          description={t('step.recordHint')}
          maxLength={60}
          autoComplete="off"
          value={value.record}
          onChange={(event) => set({ ...value, record: event.currentTarget.value })}
          error={errorOf('record')}
          classNames={{ input: 'mono' }}
        />
      )}
      {asks.location && (
        <TextInput
          id="location"
          label={action === 'relocate' ? t('batch.location') : `${t('batch.location')} (${t('pages:common.optional')})`}
          maxLength={40}
          value={value.location}
          onChange={(event) => set({ ...value, location: event.currentTarget.value })}
          error={errorOf('location')}
        />
      )}
      {asks.expiry && (
        <TextInput
          id="expiry"
          label={t('step.expiry')}
          description={t('step.expiryHint')}
          maxLength={40}
          autoComplete="off"
          value={value.expiry}
          onChange={(event) => set({ ...value, expiry: event.currentTarget.value })}
          error={errorOf('expiry')}
          classNames={{ input: 'mono' }}
        />
      )}
      {asks.note && (
        <TextInput
          id="note"
          label={`${t('step.note')} (${t('pages:common.optional')})`}
          maxLength={200}
          value={value.note}
          onChange={(event) => set({ ...value, note: event.currentTarget.value })}
        />
      )}
      {warning && <p className="muted">{warning}</p>}
      {act.error && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy} color={action === 'discard' ? 'ember' : 'pine'}>
        {t('step.submit', { action: t(`action.${action}`) })}
      </Button>
      <Progress act={act} />
    </form>
  );
}
