import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { PROCEDURES, type Procedure } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { dateIn, fullDate } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import {
  ActionError,
  Empty,
  type FieldProblem,
  Good,
  LinkButton,
  LoadError,
  Loading,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { DateFields, QuestionForm, useTypedDate } from './parts.tsx';

type Declared = CallOutput<'GET /api/precheck/elsewhere'>['items'][number];

/** The donations somebody declared to have made elsewhere. */
export function ElsewherePage() {
  const { t } = useTranslation('precheck');
  return <SignedIn title={t('elsewhere.title')}>{() => <List />}</SignedIn>;
}

function List() {
  const { t } = useTranslation('precheck');
  const { t: common } = useTranslation();
  const language = useLanguage();
  const [search] = useSearchParams();
  const all = useApi('GET /api/precheck/elsewhere', {});
  const done = search.get('done');
  return (
    <Page title={t('elsewhere.title')} lead={t('elsewhere.lead')} back="/me">
      {done === 'saved' && <Good>{t('elsewhere.saved')}</Good>}
      {done === 'removed' && <Good>{t('elsewhere.removed')}</Good>}
      {all.error ? (
        <LoadError error={all.error} retry={() => void all.refetch()} />
      ) : !all.data ? (
        <Loading />
      ) : all.data.items.length === 0 ? (
        <Empty title={t('elsewhere.none')} />
      ) : (
        <ul className="menu">
          {all.data.items.map((it) => (
            <li key={it.declaredId}>
              <Link to={`/precheck/elsewhere/${it.declaredId}`}>
                <span>
                  {t('elsewhere.line', {
                    date: fullDate(it.date, language),
                    what: common(`procedure.${it.procedure}`),
                    ml: it.volumeMl,
                  })}
                  {it.place && <span className="small muted"> {it.place}</span>}
                  {it.verifiedAt && <span className="tag">{t('elsewhere.verified')}</span>}
                </span>
                <span className="small">{t('elsewhere.edit')}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <LinkButton to="/precheck/elsewhere/new">{t('elsewhere.add')}</LinkButton>
      <p className="small muted">{t('elsewhere.released')}</p>
    </Page>
  );
}

/** One of them, new or to be changed. */
export function ElsewhereEditPage() {
  const { t } = useTranslation('precheck');
  const { declaredId = '' } = useParams();
  const title = declaredId === 'new' ? t('elsewhere.addTitle') : t('elsewhere.editTitle');
  return (
    <SignedIn title={title}>{() => (declaredId === 'new' ? <Edit /> : <Existing declaredId={declaredId} />)}</SignedIn>
  );
}

function Existing({ declaredId }: { readonly declaredId: string }) {
  const { t } = useTranslation('precheck');
  const all = useApi('GET /api/precheck/elsewhere', {});
  const it = all.data?.items.find((each) => each.declaredId === declaredId);
  if (it) return <Edit key={it.version} it={it} />;
  return (
    <Page title={t('elsewhere.editTitle')} back="/precheck/elsewhere">
      {all.error ? <LoadError error={all.error} /> : all.data ? <Empty title={t('elsewhere.none')} /> : <Loading />}
    </Page>
  );
}

/** What bags hold most often. */
const USUAL: Record<Procedure, readonly number[]> = {
  'whole-blood': [200, 300, 400, 450, 500],
  platelets: [200, 250, 400],
};
const LEAST_ML = 50;
const MOST_ML = 1_000;

function Edit({ it }: { readonly it?: Declared }) {
  const { t } = useTranslation('precheck');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const today = dateIn(Intl.DateTimeFormat().resolvedOptions().timeZone, new Date());
  const typed = useTypedDate(it?.date, today);
  const [procedure, setProcedure] = useState<Procedure>(it?.procedure ?? 'whole-blood');
  const [volume, setVolume] = useState(String(it?.volumeMl ?? ''));
  const [units, setUnits] = useState(it?.platelets ?? 1);
  const [place, setPlace] = useState(it?.place ?? '');
  const [wrongVolume, setWrongVolume] = useState<string>();
  const add = useAct('POST /api/precheck/elsewhere', 'elsewhere:new');
  const edit = useAct('PUT /api/precheck/elsewhere/{declaredId}', `elsewhere:${it?.declaredId}`);
  const remove = useAct('POST /api/precheck/elsewhere/{declaredId}/remove', `elsewhere:remove:${it?.declaredId}`);
  const act = it ? edit : add;
  const problems: readonly FieldProblem[] = [
    ...typed.problems,
    ...(wrongVolume ? [{ field: 'volume', message: wrongVolume }] : []),
  ];
  const save = async (): Promise<void> => {
    const date = typed.read();
    const volumeMl = Number(volume);
    const good = Number.isInteger(volumeMl) && volumeMl >= LEAST_ML && volumeMl <= MOST_ML;
    setWrongVolume(good ? undefined : t('elsewhere.volumeError'));
    if (!date || !good) return;
    const body = {
      date,
      procedure,
      volumeMl,
      ...(procedure === 'platelets' && { platelets: units === 2 ? (2 as const) : (1 as const) }),
      ...(place.trim() && { place: place.trim() }),
    };
    const done = it
      ? await edit.run({ params: { declaredId: it.declaredId }, body: { ...body, version: it.version } })
      : await add.run({ body });
    if (done) await navigate('/precheck/elsewhere?done=saved', { replace: true });
  };
  const drop = async (): Promise<void> => {
    if (!it) return;
    const done = await remove.run({ params: { declaredId: it.declaredId }, body: { version: it.version } });
    if (done) await navigate('/precheck/elsewhere?done=removed', { replace: true });
  };
  const error = act.error ?? remove.error;
  return (
    <Page title={it ? t('elsewhere.editTitle') : t('elsewhere.addTitle')} back="/precheck/elsewhere">
      {it?.verifiedAt && <p>{t('elsewhere.verifiedNote')}</p>}
      <QuestionForm problems={problems} label={t('elsewhere.save')} busy={act.busy} submit={() => void save()}>
        <h2>{t('elsewhere.date')}</h2>
        <DateFields legend={t('elsewhere.date')} today={today} {...typed} />
        <fieldset className="choices">
          <legend>{t('elsewhere.kind')}</legend>
          {PROCEDURES.map((each) => (
            <Radio
              key={each}
              id={`kind-${each}`}
              className="choice"
              name="kind"
              label={common(`procedure.${each}`)}
              checked={procedure === each}
              onChange={() => setProcedure(each)}
            />
          ))}
        </fieldset>
        {procedure === 'platelets' && (
          <fieldset className="choices">
            <legend>{t('elsewhere.units')}</legend>
            {([1, 2] as const).map((each) => (
              <Radio
                key={each}
                id={`units-${each}`}
                className="choice"
                name="units"
                label={t(`elsewhere.units${each}`)}
                checked={units === each}
                onChange={() => setUnits(each)}
              />
            ))}
          </fieldset>
        )}
        <TextInput
          id="volume"
          label={`${t('elsewhere.volume')} (${t('elsewhere.ml')})`}
          inputMode="numeric"
          maxLength={4}
          className="short-field"
          value={volume}
          onChange={(event) => setVolume(event.currentTarget.value.replaceAll(/\D/g, ''))}
          error={wrongVolume}
        />
        <div className="row-wrap">
          {USUAL[procedure].map((ml) => (
            <Button key={ml} variant="default" onClick={() => setVolume(String(ml))}>
              {common('common.ml', { ml })}
            </Button>
          ))}
        </div>
        <TextInput
          id="place"
          label={t('elsewhere.place')}
          maxLength={60}
          value={place}
          onChange={(event) => setPlace(event.currentTarget.value)}
        />
        {error && <ActionError error={error}>{error.fields.map((field) => field.message).join(' ')}</ActionError>}
      </QuestionForm>
      <Progress act={act} />
      {it && (
        <Button variant="subtle" onClick={() => void drop()} loading={remove.busy}>
          {t('elsewhere.remove')}
        </Button>
      )}
    </Page>
  );
}
