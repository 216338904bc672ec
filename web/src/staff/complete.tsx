import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { isHere } from '../../../shared/domain/booking-states.ts';
import { readScan } from '../../../shared/domain/scan.ts';
import { PROCEDURES, type Procedure } from '../../../shared/domain/vocabulary.ts';
import type { ApiError } from '../api/error.ts';
import { useAct } from '../api/hooks.ts';
import type { RosterEntry, Site } from '../api/types.ts';
import { procedureOf } from '../lib/params.ts';
import { moment } from '../lib/time.ts';
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
import { Work } from './frame.tsx';
import { Options } from './options.tsx';
import { NO_REACTION, ReactionFields, reactionOf, useReactionProblems } from './reaction-fields.tsx';
import { useDesk } from './roster.tsx';
import { ScanCamera } from './scan-camera.tsx';
import { toast } from './toast.ts';
import { useRoster } from './use-roster.ts';

export function CompletePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('complete.title')}>
      {() => <Complete />}
    </Work>
  );
}

function Complete() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { bookingId = '' } = useParams();
  const { siteId, site, date } = useDesk();
  const roster = useRoster(siteId, date, site.data !== undefined);
  const entry = roster.items.find((each) => each.bookingId === bookingId);
  const back = `/staff/${siteId}?date=${date}`;
  const failed = site.error ?? roster.error;
  return (
    <Page
      title={t('complete.title')}
      back={back}
      {...(entry && {
        lead: t('complete.lead', {
          name: entry.name,
          digits: entry.phoneLast4,
          when: moment(entry.startsAt, entry.zone, language),
        }),
      })}
    >
      {site.data && entry && (isHere(entry.status) || entry.status === 'fulfilled') ? (
        <Form entry={entry} back={back} volumes={site.data.volumes} />
      ) : failed ? (
        <LoadError error={failed} retry={() => void roster.refetch()} />
      ) : !roster.data || roster.hasNextPage ? (
        <Loading />
      ) : (
        <Empty title={entry ? t('complete.notArrived') : t('staff.notHere')}>
          <LinkButton to={back}>{t('staff.roster')}</LinkButton>
        </Empty>
      )}
    </Page>
  );
}

/** A donation number of either scheme; of which the site's are, the service says. */
const isNumber = (text: string): boolean =>
  readScan(text, 'isbt128').kind === 'din' || readScan(text, 'opaque').kind === 'din';

type Volumes = Site['volumes'];

function Form({
  entry,
  back,
  volumes,
}: {
  readonly entry: RosterEntry;
  readonly back: string;
  /** What the site's rules let a donation draw: where a volume is exact, it is a bag to choose. */
  readonly volumes: Volumes;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const navigate = useNavigate();
  const sentence = useSentence();
  const [value, set, clear] = useDraft(`complete:${entry.bookingId}`, {
    din: '',
    procedure: entry.procedure as string,
    bag: '',
    volume: '',
    units: '',
    reaction: 'no',
    detail: NO_REACTION,
  });
  const reactionProblems = useReactionProblems();
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/donations', `complete:${entry.bookingId}`);
  const dinField = useRef<HTMLInputElement>(null);
  // A scanner types into whatever has the focus: here, the number.
  useEffect(() => {
    // After the heading has had its turn.
    const turn = requestAnimationFrame(() => dinField.current?.focus());
    return () => cancelAnimationFrame(turn);
  }, []);
  const procedure: Procedure = procedureOf(value.procedure) ?? entry.procedure;
  const allowed = volumes.filter((each) => each.procedure === procedure);
  const bags = allowed.filter((each) => each.platelets === undefined && each.minMl === each.maxMl);
  const units = [...new Set(allowed.flatMap((each) => each.platelets ?? []))];
  const bagField = `bag-${bags[0]?.minMl}`;
  const firstField = units.length > 0 ? `units-${units[0]}` : bags.length > 0 ? bagField : 'volume';
  const shown = [...problems, ...fieldsOf(act.error, sentence)];
  const errorOf = (field: string): string | undefined => shown.find((each) => each.field === field)?.message;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    act.reset();
    const volumeMl = Number(bags.length > 0 ? value.bag : value.volume);
    const found: FieldProblem[] = [];
    if (!value.din.trim()) found.push({ field: 'din', message: t('complete.error.din') });
    if (units.length > 0 && !units.some((n) => String(n) === value.units)) {
      found.push({ field: firstField, message: t('complete.error.units') });
    }
    if (!Number.isInteger(volumeMl) || volumeMl < 1 || volumeMl > 2000) {
      found.push({ field: bags.length > 0 ? bagField : 'volume', message: t('complete.error.volume') });
    }
    if (value.reaction === 'yes') found.push(...reactionProblems(value.detail));
    setProblems(found);
    if (found.length > 0) return;
    const detail = value.reaction === 'yes' ? reactionOf(value.detail) : undefined;
    const done = await act.run({
      body: {
        bookingId: entry.bookingId,
        din: value.din.trim(),
        procedure,
        volumeMl,
        ...(units.length > 0 && { platelets: value.units === '2' ? (2 as const) : (1 as const) }),
        reaction: value.reaction === 'yes',
        ...(detail && { detail }),
      },
    });
    if (!done) return;
    clear();
    toast(t('complete.done', { din: done.dinPrinted }));
    await navigate(back, { replace: true });
  };

  return (
    <form noValidate className="question" onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={shown} />
      <TextInput
        ref={dinField}
        id="din"
        label={t('complete.din')}
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
          document.getElementById(firstField)?.focus();
        }}
        error={errorOf('din')}
        classNames={{ input: 'mono' }}
      />
      <ScanCamera
        accept={isNumber}
        of="bag"
        read={(din) => {
          set({ ...value, din });
          // As after a scanner's Enter.
          document.getElementById(firstField)?.focus();
        }}
      />
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
          error={errorOf(firstField)}
        />
      )}
      {bags.length > 0 ? (
        <Options
          legend={t('complete.volume')}
          name="bag"
          value={value.bag}
          options={bags.map(({ minMl }) => ({ value: String(minMl), label: t('pages:common.ml', { ml: minMl }) }))}
          choose={(next) => set({ ...value, bag: next })}
          error={errorOf(bagField)}
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
      <Options
        legend={t('complete.reaction')}
        name="reaction"
        value={value.reaction}
        options={[
          { value: 'no', label: t('complete.reactionNo') },
          { value: 'yes', label: t('complete.reactionYes') },
        ]}
        choose={(next) => set({ ...value, reaction: next })}
      />
      {value.reaction === 'yes' && (
        <ReactionFields value={value.detail} set={(detail) => set({ ...value, detail })} problems={problems} />
      )}
      {act.error && fieldsOf(act.error, sentence).length === 0 && <ActionError error={act.error} />}
      <Button type="submit" size="lg" color="pine" loading={act.busy}>
        {t('complete.submit')}
      </Button>
      <Progress act={act} />
    </form>
  );
}

/** What the service refused, at the field it is about. */
function fieldsOf(error: ApiError | undefined, sentence: (error: ApiError) => string): FieldProblem[] {
  if (!error) return [];
  if (error.code === 'din-invalid' || error.code === 'din-taken') return [{ field: 'din', message: sentence(error) }];
  return [];
}

export { Options } from './options.tsx';
