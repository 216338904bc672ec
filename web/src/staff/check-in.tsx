import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { isBookingAllowed } from '../../../shared/domain/booking-states.ts';
import { DOCUMENT_NAMES } from '../../../shared/domain/document-names.ts';
import { looksResident, parseDocument } from '../../../shared/domain/identity-document.ts';
import { parsePassCode } from '../../../shared/domain/pass-code.ts';
import { DOCUMENT_TYPES, type DocumentType } from '../../../shared/domain/vocabulary.ts';
import { useAct } from '../api/hooks.ts';
import type { CallInput, RosterEntry } from '../api/types.ts';
import { moment } from '../lib/time.ts';
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
} from '../ui/states.tsx';
import { Clash } from './clash.tsx';
import { Options } from './complete.tsx';
import { Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { toast } from './toast.ts';
import { useRoster } from './use-roster.ts';

export function CheckInPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('identity.checkIn.title')}>
      {() => <CheckIn />}
    </Work>
  );
}

function CheckIn() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { bookingId = '' } = useParams();
  const { siteId, site, date, today } = useDesk();
  const roster = useRoster(siteId, date, site.data !== undefined);
  const entry = roster.items.find((each) => each.bookingId === bookingId);
  const back = `/staff/${siteId}?date=${date}`;
  const failed = site.error ?? roster.error;
  return (
    <Page
      title={t('identity.checkIn.title')}
      back={back}
      {...(entry && {
        lead: t('identity.checkIn.lead', {
          name: entry.name,
          digits: entry.phoneLast4,
          when: moment(entry.startsAt, entry.zone, language),
        }),
      })}
    >
      {entry && isBookingAllowed('check-in', entry.status) ? (
        <Form entry={entry} back={back} today={today} siteId={siteId} />
      ) : failed ? (
        <LoadError error={failed} retry={() => void roster.refetch()} />
      ) : !roster.data || roster.hasNextPage ? (
        <Loading />
      ) : (
        <Empty title={t('identity.checkIn.notHere')}>
          <LinkButton to={back}>{t('staff.roster')}</LinkButton>
        </Empty>
      )}
    </Page>
  );
}

type Key = Omit<CallInput<'POST /api/donations/check-in'>['body'], 'bookingId'>;
const HOW = ['shown', 'other', 'known'] as const;
type How = (typeof HOW)[number];
const OTHERS = DOCUMENT_TYPES.filter((type) => type !== 'resident');
const FIELD: Record<How, string> = { shown: 'scan', other: 'number', known: 'reason' };

/** What is typed here is kept nowhere on this device: it is gone with the page. */
function Form({
  entry,
  back,
  today,
  siteId,
}: {
  readonly entry: RosterEntry;
  readonly back: string;
  readonly today: string;
  readonly siteId: string;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const navigate = useNavigate();
  const [how, setHow] = useState<How>('shown');
  const [value, setValue] = useState({ scan: '', type: OTHERS[0] as DocumentType, number: '', reason: '' });
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const act = useAct('POST /api/donations/check-in', `check-in:${entry.bookingId}`, { unwritten: true });
  const scan = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After the heading has had its turn: a scanner types into whatever has the focus.
    const turn = requestAnimationFrame(() => document.getElementById(FIELD[how])?.focus());
    return () => cancelAnimationFrame(turn);
  }, [how]);
  const errorOf = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;
  const set = (change: Partial<typeof value>): void => {
    setValue({ ...value, ...change });
    setProblems([]);
    act.reset();
  };

  /** What was shown, or what is wrong with it. */
  const keyOf = (scanned: string): Key | string => {
    if (how === 'known')
      return value.reason.trim() ? { reason: value.reason.trim() } : t('identity.checkIn.error.reason');
    if (how === 'other') {
      if (!value.number.trim()) return t('identity.checkIn.error.number');
      const { ok } = parseDocument(value.type, value.number, today);
      return ok ? { document: { type: value.type, number: value.number } } : t('identity.checkIn.error.numberShape');
    }
    const text = scanned.trim();
    if (!text) return t('identity.checkIn.error.scan');
    if (looksResident(text)) {
      return parseDocument('resident', text, today).ok
        ? { document: { type: 'resident', number: text } }
        : t('identity.checkIn.error.resident');
    }
    return parsePassCode(text) ? { passCode: text } : t('identity.checkIn.error.unknown');
  };

  const send = async (scanned = value.scan, correct = false): Promise<void> => {
    if (act.busy) return;
    act.reset();
    const key = keyOf(scanned);
    if (typeof key === 'string') {
      setProblems([{ field: FIELD[how], message: key }]);
      // Whatever is scanned next takes its place.
      if (how === 'shown') scan.current?.select();
      return;
    }
    setProblems([]);
    const done = await act.run({ body: { bookingId: entry.bookingId, ...key, ...(correct && { correct }) } });
    if (!done) return;
    toast(t('identity.checkIn.done', { name: entry.name }));
    await navigate(back, { replace: true });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send();
  };
  const differs = act.error?.code === 'document-differs';
  const key = act.error?.code === 'document-of-another' ? keyOf(value.scan) : undefined;
  const clash = typeof key === 'object' ? key.document : undefined;
  if (clash) return <Clash siteId={siteId} shown={{ bookingId: entry.bookingId, document: clash }} />;

  return (
    <form noValidate className="question" onSubmit={submit}>
      <ErrorSummary problems={problems} />
      <Options
        legend={t('identity.checkIn.how')}
        name="how"
        value={how}
        options={HOW.map((each) => ({ value: each, label: t(`identity.checkIn.${each}`) }))}
        choose={(next) => {
          setHow(next as How);
          setProblems([]);
          act.reset();
        }}
      />
      {how === 'shown' && (
        <TextInput
          ref={scan}
          id="scan"
          label={t('identity.checkIn.scan')}
          description={t('identity.checkIn.scanHint')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          value={value.scan}
          onChange={(event) => set({ scan: event.currentTarget.value })}
          onCompositionEnd={(event) => {
            // The Enter that a scanner sends at the end was taken by the input method.
            const typed = event.currentTarget.value;
            set({ scan: typed });
            if (typeof keyOf(typed) === 'object') void send(typed);
          }}
          error={errorOf('scan')}
          classNames={{ input: 'mono' }}
        />
      )}
      {how === 'other' && (
        <>
          <NativeSelect
            id="type"
            label={t('identity.checkIn.type')}
            value={value.type}
            onChange={(event) => set({ type: event.currentTarget.value as DocumentType })}
            data={OTHERS.map((type) => ({ value: type, label: DOCUMENT_NAMES[type][language] }))}
          />
          <TextInput
            id="number"
            label={t('identity.checkIn.number')}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            value={value.number}
            onChange={(event) => set({ number: event.currentTarget.value })}
            error={errorOf('number')}
            classNames={{ input: 'mono' }}
          />
        </>
      )}
      {how === 'known' && (
        <Textarea
          id="reason"
          label={t('identity.checkIn.reason')}
          description={t('identity.checkIn.reasonHint')}
          maxLength={200}
          autosize
          minRows={2}
          value={value.reason}
          onChange={(event) => set({ reason: event.currentTarget.value })}
          error={errorOf('reason')}
        />
      )}
      {act.error && !differs && <ActionError error={act.error} />}
      {act.error && differs ? (
        <>
          <ActionError error={act.error}>
            <p>{t('identity.checkIn.differsHint')}</p>
          </ActionError>
          <Button type="button" size="lg" color="pine" loading={act.busy} onClick={() => void send(value.scan, true)}>
            {t('identity.checkIn.correct')}
          </Button>
        </>
      ) : (
        <Button type="submit" size="lg" color="pine" loading={act.busy}>
          {t('identity.checkIn.submit')}
        </Button>
      )}
      <Progress act={act} />
    </form>
  );
}
