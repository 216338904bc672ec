import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { PROCEDURES } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallInput, Chain, Site } from '../api/types.ts';
import { procedureOf } from '../lib/params.ts';
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
  useLanguage,
  useSentence,
} from '../ui/states.tsx';
import { useChainBack } from './chain.tsx';
import { Options } from './complete.tsx';
import { Work } from './frame.tsx';
import { NO_REACTION, ReactionFields, reactionOf, useReactionProblems } from './reaction-fields.tsx';
import { toast } from './toast.ts';

/** Putting a completed donation right, as a record of its own with the reason. */
export function CorrectPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('correct.title')}>
      {() => <Correct />}
    </Work>
  );
}

function Correct() {
  const { t } = useTranslation('work');
  const { din = '' } = useParams();
  const { query } = useChainBack();
  const chain = useApi('GET /api/units/{din}', { params: { din } });
  const siteId = chain.data?.siteId ?? '';
  const site = useApi('GET /api/sites/{siteId}', { params: { siteId } }, { enabled: siteId !== '', staleTime: 60_000 });
  const back = `/staff/units/${encodeURIComponent(din)}${query}`;
  const failed = chain.data ? site.error : chain.error;
  return (
    <Page
      title={t('correct.title')}
      back={back}
      {...(chain.data && { lead: t('units.chainTitle', { din: chain.data.dinPrinted }) })}
    >
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void chain.refetch();
            void site.refetch();
          }}
        />
      ) : !chain.data || !site.data ? (
        <Loading />
      ) : chain.data.withdrawn ? (
        <Empty title={t('correct.withdrawn')}>
          <LinkButton to={back}>{t('units.tree')}</LinkButton>
        </Empty>
      ) : (
        <Form chain={chain.data} volumes={site.data.volumes} query={query} />
      )}
    </Page>
  );
}

const KINDS = ['drawn', 'din', 'reaction', 'not-given'] as const;

function Form({
  chain,
  volumes,
  query,
}: {
  readonly chain: Chain;
  readonly volumes: Site['volumes'];
  readonly query: string;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const navigate = useNavigate();
  const sentence = useSentence();
  const name = `correct:${chain.din}:${chain.corrections.length}`;
  const [value, set, clear] = useDraft(name, {
    kind: '',
    procedure: chain.procedure as string,
    volume: String(chain.volumeMl),
    units: '',
    din: '',
    reason: '',
    had: '',
    detail: NO_REACTION,
  });
  const reactionProblems = useReactionProblems();
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/donations/{din}/corrections', name);
  const procedure = procedureOf(value.procedure) ?? chain.procedure;
  const allowed = volumes.filter((each) => each.procedure === procedure);
  const bags = allowed.filter((each) => each.platelets === undefined && each.minMl === each.maxMl);
  const units = [...new Set(allowed.flatMap((each) => each.platelets ?? []))];
  const atField: FieldProblem[] =
    act.error?.code === 'din-invalid' || act.error?.code === 'din-taken'
      ? [{ field: 'din', message: sentence(act.error) }]
      : [];
  const shown = [...problems, ...atField];
  const errorOf = (field: string): string | undefined => shown.find((each) => each.field === field)?.message;
  const volumeField = bags.length > 0 ? `bag-${bags[0]?.minMl}` : 'volume';

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    act.reset();
    const kind = KINDS.find((each) => each === value.kind);
    const volumeMl = Number(value.volume);
    const found: FieldProblem[] = [];
    if (!kind) found.push({ field: 'kind-drawn', message: t('correct.error.kind') });
    if (kind === 'drawn' && units.length > 0 && !units.some((n) => String(n) === value.units)) {
      found.push({ field: `units-${units[0]}`, message: t('complete.error.units') });
    }
    if (kind === 'drawn' && (!Number.isInteger(volumeMl) || volumeMl < 1 || volumeMl > 2000)) {
      found.push({ field: volumeField, message: t('complete.error.volume') });
    }
    if (kind === 'din' && !value.din.trim()) found.push({ field: 'din', message: t('complete.error.din') });
    if (kind === 'reaction' && !value.had) found.push({ field: 'had-no', message: t('reaction.error.had') });
    if (kind === 'reaction' && value.had === 'yes') found.push(...reactionProblems(value.detail));
    if (!value.reason.trim()) found.push({ field: 'reason', message: t('correct.error.reason') });
    setProblems(found);
    if (found.length > 0 || !kind) return;
    const reason = value.reason.trim();
    const reaction = value.had === 'yes' ? reactionOf(value.detail) : undefined;
    const bodies: Record<typeof kind, CallInput<'POST /api/donations/{din}/corrections'>['body']> = {
      drawn: {
        kind: 'drawn',
        procedure,
        volumeMl,
        ...(units.length > 0 && { platelets: value.units === '2' ? (2 as const) : (1 as const) }),
        reason,
      },
      din: { kind: 'din', newDin: value.din.trim(), reason },
      reaction: { kind: 'reaction', ...(reaction && { reaction }), reason },
      'not-given': { kind: 'not-given', reason },
    };
    const done = await act.run({ params: { din: chain.din }, body: bodies[kind] });
    if (!done) return;
    clear();
    toast(t('correct.done'));
    await navigate(`/staff/units/${encodeURIComponent(done.din)}${query}`, { replace: true });
  };

  return (
    <form noValidate className="question" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={shown} />
      <p className="muted">{t('correct.lead')}</p>
      <Options
        legend={t('correct.kind')}
        name="kind"
        value={value.kind}
        options={KINDS.map((each) => ({ value: each, label: t(`correct.kinds.${each}`) }))}
        choose={(kind) => set({ ...value, kind })}
        error={errorOf('kind-drawn')}
      />
      {value.kind === 'drawn' && (
        <>
          <Options
            legend={t('complete.procedure')}
            name="procedure"
            value={procedure}
            options={PROCEDURES.map((each) => ({ value: each, label: t(`pages:procedure.${each}`) }))}
            choose={(next) => set({ ...value, procedure: next })}
          />
          {units.length > 0 && (
            <Options
              legend={t('complete.units')}
              name="units"
              value={value.units}
              options={units.map((n) => ({ value: String(n), label: t('complete.unit', { n }) }))}
              choose={(next) => set({ ...value, units: next })}
              error={errorOf(`units-${units[0]}`)}
            />
          )}
          {bags.length > 0 ? (
            <Options
              legend={t('complete.volume')}
              name="bag"
              value={value.volume}
              options={bags.map(({ minMl }) => ({ value: String(minMl), label: t('pages:common.ml', { ml: minMl }) }))}
              choose={(volume) => set({ ...value, volume })}
              error={errorOf(volumeField)}
            />
          ) : (
            <TextInput
              id="volume"
              className="short-field"
              label={t('complete.volumePlatelets')}
              inputMode="numeric"
              maxLength={4}
              value={value.volume}
              onChange={(event) => set({ ...value, volume: event.currentTarget.value.replaceAll(/\D/g, '') })}
              error={errorOf('volume')}
            />
          )}
        </>
      )}
      {value.kind === 'din' && (
        <TextInput
          id="din"
          label={t('correct.din')}
          description={t('complete.dinHint')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          value={value.din}
          onChange={(event) => set({ ...value, din: event.currentTarget.value })}
          onKeyDown={(event) => {
            // A scanner ends with Enter, long before the form is filled in.
            if (event.key !== 'Enter') return;
            event.preventDefault();
            document.getElementById('reason')?.focus();
          }}
          error={errorOf('din')}
          classNames={{ input: 'mono' }}
        />
      )}
      {value.kind === 'reaction' && (
        <>
          <Known din={chain.din} />
          <Options
            legend={t('reaction.had')}
            name="had"
            value={value.had}
            options={[
              { value: 'no', label: t('complete.reactionNo') },
              { value: 'yes', label: t('complete.reactionYes') },
            ]}
            choose={(had) => set({ ...value, had })}
            error={errorOf('had-no')}
          />
          {value.had === 'yes' && (
            <ReactionFields value={value.detail} set={(detail) => set({ ...value, detail })} problems={problems} />
          )}
        </>
      )}
      {value.kind === 'not-given' && <p className="muted">{t('correct.notGiven')}</p>}
      <TextInput
        id="reason"
        label={t('correct.reason')}
        description={t('correct.reasonHint')}
        maxLength={200}
        value={value.reason}
        onChange={(event) => set({ ...value, reason: event.currentTarget.value })}
        error={errorOf('reason')}
      />
      {act.error && atField.length === 0 && (
        <ActionError error={act.error}>{act.error.code === 'wrong-state' ? t('correct.tooFar') : null}</ActionError>
      )}
      <Button type="submit" size="lg" color={value.kind === 'not-given' ? 'ember' : 'pine'} loading={act.busy}>
        {t('correct.submit')}
      </Button>
      <Progress act={act} />
    </form>
  );
}

/** What is on record of the reaction now. */
function Known({ din }: { readonly din: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const known = useApi('GET /api/donations/{din}/reaction', { params: { din } });
  if (!known.data) return known.error ? <LoadError error={known.error} retry={() => void known.refetch()} /> : null;
  const { recorded, reaction } = known.data;
  const text = reaction
    ? [
        ...reaction.kinds.map((kind) => t(`reaction.kind.${kind}`)),
        t(`reaction.grades.${reaction.grade}`),
        ...(reaction.note ? [reaction.note] : []),
      ].join(language === 'zh' ? '，' : ', ')
    : t(recorded ? 'reaction.unknown' : 'reaction.none');
  return <p className="muted">{t('reaction.now', { text })}</p>;
}
