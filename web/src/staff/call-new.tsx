import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { CALL_DAYS } from '../../../shared/domain/calls.ts';
import { ABO_GROUPS, RHD_TYPES } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { procedureOf } from '../lib/params.ts';
import { addDays } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import {
  ActionError,
  Answers,
  ErrorSummary,
  type FieldProblem,
  LinkButton,
  LoadError,
  Loading,
  Progress,
} from '../ui/states.tsx';
import { type CallValues, callFaultsIn, callIn, callQueryOf, callValuesIn, moneyOf } from './call-values.ts';
import { CallWhat, CallWhen } from './calls.tsx';
import { Work } from './frame.tsx';
import { useDesk } from './roster.tsx';

/** Which places to call donors for. What is typed is in the address, so that Back brings it again. */
export function CallNewPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('calls.form.title')}>
      {() => <Form />}
    </Work>
  );
}

function Form() {
  const { t } = useTranslation(['work', 'pages']);
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { siteId, site, today } = useDesk();
  const [values, setValues] = useState<CallValues>(() => callValuesIn(search));
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const set = (change: Partial<CallValues>): void => setValues((before) => ({ ...before, ...change }));
  const wrong = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const faults = callFaultsIn(values, today).map(({ field, why }) => ({
      field,
      message: t(`calls.form.error.${why}`),
    }));
    setProblems(faults);
    if (faults.length > 0) return;
    const query = callQueryOf(values);
    await navigate(`/staff/${siteId}/calls/new?${query}`, { replace: true });
    await navigate(`/staff/${siteId}/calls/new/check?${query}`);
  };
  const procedures = site.data?.procedures ?? [];
  return (
    <Page title={t('calls.form.title')} lead={t('calls.form.lead')} back={`/staff/${siteId}/calls`}>
      {site.error ? (
        <LoadError error={site.error} retry={() => void site.refetch()} />
      ) : !site.data ? (
        <Loading />
      ) : (
        <form noValidate className="question event-form" onSubmit={(event) => void submit(event)}>
          <ErrorSummary problems={problems} />
          {procedures.length > 1 && (
            <NativeSelect
              id="procedure"
              label={t('calls.form.procedure')}
              value={values.procedure}
              data={procedures.map((value) => ({ value, label: t(`pages:procedure.${value}`) }))}
              onChange={(event) => {
                const procedure = procedureOf(event.currentTarget.value);
                if (procedure) set({ procedure });
              }}
            />
          )}
          <div className="pair">
            <NativeSelect
              id="abo"
              label={t('calls.form.abo')}
              value={values.abo}
              data={[
                { value: '', label: t('calls.form.everyGroup') },
                ...ABO_GROUPS.map((value) => ({ value, label: t('calls.group.abo', { abo: value }) })),
              ]}
              onChange={(event) => set({ abo: event.currentTarget.value })}
            />
            <NativeSelect
              id="rhd"
              label={t('calls.form.rhd')}
              value={values.rhd}
              data={[
                { value: '', label: t('calls.form.everyGroup') },
                ...RHD_TYPES.map((value) => ({ value, label: t(`calls.group.${value}`) })),
              ]}
              onChange={(event) => set({ rhd: event.currentTarget.value })}
            />
          </div>
          <p className="small muted">{t('calls.form.groupHint')}</p>
          <div className="pair">
            <TextInput
              id="from"
              type="date"
              min={today}
              label={t('calls.form.from')}
              value={values.from}
              error={wrong('from')}
              onChange={(event) => {
                const from = event.currentTarget.value;
                set({ from, ...((values.to === '' || values.to < from) && { to: from }) });
              }}
            />
            <TextInput
              id="to"
              type="date"
              min={values.from || today}
              max={values.from ? addDays(values.from, CALL_DAYS - 1) : undefined}
              label={t('calls.form.to')}
              value={values.to}
              error={wrong('to')}
              onChange={(event) => set({ to: event.currentTarget.value })}
            />
          </div>
          <p className="small muted">{t('calls.form.toHint')}</p>
          <Checkbox
            className="choice"
            label={t('calls.form.part')}
            checked={values.part}
            onChange={(event) => set({ part: event.currentTarget.checked })}
          />
          {values.part && (
            <div className="pair">
              <TextInput
                id="fromTime"
                type="time"
                label={t('calls.form.fromTime')}
                value={values.fromTime}
                onChange={(event) => set({ fromTime: event.currentTarget.value })}
              />
              <TextInput
                id="toTime"
                type="time"
                label={t('calls.form.toTime')}
                value={values.toTime}
                error={wrong('toTime')}
                onChange={(event) => set({ toTime: event.currentTarget.value })}
              />
            </div>
          )}
          <Button type="submit" size="lg">
            {t('calls.form.next')}
          </Button>
        </form>
      )}
    </Page>
  );
}

/** How many it would ask and what that costs, and the one button that does it. */
export function CallCheckPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('calls.check.title')}>
      {() => <Check />}
    </Work>
  );
}

function Check() {
  const { t } = useTranslation(['work', 'pages']);
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { siteId } = useDesk();
  const values = callValuesIn(search);
  const call = callIn(values, siteId);
  const back = `/staff/${siteId}/calls/new?${callQueryOf(values)}`;
  const input = { body: call };
  const preview = useApi('GET /api/calls/preview', { query: call }, { staleTime: 30_000 });
  const act = useAct('POST /api/calls', 'call', { input });
  const seen = preview.data;
  const start = async (): Promise<void> => {
    const begun = await act.run(input);
    if (begun) await navigate(`/staff/${siteId}/calls/${begun.callId}`, { replace: true });
  };
  return (
    <Page title={t('calls.check.title')} back={back}>
      {preview.error ? (
        <>
          <LoadError error={preview.error} retry={() => void preview.refetch()} />
          <LinkButton to={back}>{t('calls.form.title')}</LinkButton>
        </>
      ) : !seen ? (
        <Loading lines={5} />
      ) : (
        <>
          <Answers
            rows={[
              {
                term: t('calls.check.what'),
                value: <CallWhat call={call} />,
                change: { to: back, label: t('calls.check.what') },
              },
              {
                term: t('calls.check.when'),
                value: <CallWhen call={call} />,
                change: { to: back, label: t('calls.check.when') },
              },
              {
                term: t('calls.check.free'),
                value: t('calls.check.freeValue', {
                  free: seen.free,
                  places: seen.days.reduce((sum, { places }) => sum + places, 0),
                }),
              },
              {
                term: t('calls.check.people'),
                value: (
                  <b>
                    {seen.people === 0
                      ? t('calls.check.peopleNone')
                      : seen.more
                        ? t('calls.check.peopleMore', { count: seen.people })
                        : t('calls.check.peopleValue', { count: seen.people })}
                  </b>
                ),
              },
              ...(seen.waves > 0
                ? [
                    {
                      term: t('calls.check.waves'),
                      value: t('calls.check.wavesValue', {
                        waves: seen.waves,
                        size: seen.settings.waveSize,
                        pause: seen.settings.pauseMinutes,
                      }),
                      change: { to: `/staff/${siteId}/calls/settings`, label: t('calls.check.waves') },
                    },
                    { term: t('calls.check.cost'), value: <Cost siteId={siteId} seen={seen} /> },
                  ]
                : []),
            ]}
          />
          {seen.resting > 0 && <p>{t('calls.check.resting', { count: seen.resting, days: seen.settings.restDays })}</p>}
          {seen.free === 0 ? (
            <p className="notice">{t('calls.check.full')}</p>
          ) : seen.people === 0 ? (
            <p className="notice">{t('calls.check.nobody')}</p>
          ) : (
            <>
              <section className="card">
                <h2>{t('calls.check.text')}</h2>
                {(['zh', 'en'] as const).map((language) => (
                  <p key={language}>
                    <span className="small muted">{t(`calls.check.text${language === 'zh' ? 'Zh' : 'En'}`)}</span>
                    <br />
                    <span lang={language === 'zh' ? 'zh-CN' : 'en'}>{seen.text[language]}</span>
                  </p>
                ))}
              </section>
              <p className="muted">{t('calls.check.note')}</p>
              {act.error && <ActionError error={act.error} />}
              <Button size="lg" loading={act.busy} onClick={() => void start()}>
                {seen.more ? t('calls.check.start') : t('calls.check.startFor', { count: seen.people })}
              </Button>
              <Progress act={act} />
            </>
          )}
        </>
      )}
    </Page>
  );
}

function Cost({ siteId, seen }: { readonly siteId: string; readonly seen: CallOutput<'GET /api/calls/preview'> }) {
  const { t } = useTranslation('work');
  const { segments, cents } = seen;
  if (cents !== undefined) return <>{t('calls.check.costValue', { money: moneyOf(cents), segments })}</>;
  return (
    <>
      {t('calls.check.costUnknown', { segments })}{' '}
      <Link to={`/staff/${siteId}/calls/settings`}>{t('calls.check.setPrice')}</Link>
    </>
  );
}
