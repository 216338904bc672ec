import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toInstant } from '../../../shared/domain/local-time.ts';
import { parsePassCode, printPassCode } from '../../../shared/domain/pass-code.ts';
import type { Procedure } from '../../../shared/domain/vocabulary.ts';
import { randomKey } from '../api/action-key.ts';
import { ApiError } from '../api/error.ts';
import { useApi } from '../api/hooks.ts';
import { call } from '../api/index.ts';
import type { CallInput, RosterEntry, SiteInFull } from '../api/types.ts';
import { isMeant } from '../lib/is-meant.ts';
import { dateOf, procedureOf } from '../lib/params.ts';
import { timeOf } from '../lib/time.ts';
import { useDraft } from '../lib/use-draft.ts';
import { Page } from '../ui/page.tsx';
import { ErrorSummary, type FieldProblem, LoadError, Loading, useLanguage, useSentence } from '../ui/states.tsx';
import { Options } from './complete.tsx';
import { DateBar } from './date-bar.tsx';
import { Work } from './frame.tsx';
import { type DeskPerson, PersonFinder, WhoIs } from './person-finder.tsx';
import { useDesk } from './roster.tsx';
import { ScanCamera } from './scan-camera.tsx';
import { sound } from './scan-sound.ts';
import { useRoster } from './use-roster.ts';

export function LatePage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('desk.late.title')}>
      {() => <Late />}
    </Work>
  );
}

type Body = CallInput<'POST /api/desk/late'>['body'];
type Kind = Body['paper']['kind'];
/** One line of the paper, with the key under which it is sent, however often that is. */
type Line = {
  readonly key: string;
  readonly name: string;
  readonly body: Body;
  readonly state: 'waiting' | 'done' | 'broken';
  readonly why?: string;
};

function Late() {
  const { t } = useTranslation('work');
  const { siteId, site, date, today } = useDesk();
  const roster = useRoster(siteId, date, site.data !== undefined);
  const failed = site.error ?? (roster.data ? undefined : roster.error);
  return (
    <Page title={t('desk.late.title')} lead={t('desk.late.lead')} back={`/staff/${siteId}?date=${date}`} wide>
      <DateBar date={date} today={today} />
      {failed ? (
        <LoadError error={failed} retry={() => void roster.refetch()} />
      ) : !site.data || !roster.data || roster.hasNextPage ? (
        <Loading lines={4} />
      ) : (
        <Paper key={date} site={site.data} date={date} roster={roster.items} />
      )}
    </Page>
  );
}

function Paper({
  site,
  date,
  roster,
}: {
  readonly site: SiteInFull;
  readonly date: string;
  readonly roster: readonly RosterEntry[];
}) {
  const { t } = useTranslation('work');
  const sentence = useSentence();
  const client = useQueryClient();
  const [{ lines }, set] = useDraft<{ lines: readonly Line[] }>(`late:${site.siteId}:${date}`, { lines: [] });
  const [sending, setSending] = useState(false);
  const [editing, setEditing] = useState<Line>();
  const open = lines.filter(({ state }) => state !== 'done');

  /** One after another, each by itself: one that cannot be entered keeps no other waiting. */
  const send = async (): Promise<void> => {
    setSending(true);
    let now = lines;
    for (const line of open) {
      const after = await entered(line);
      now = now.map((each) => (each.key === line.key ? after : each));
      set({ lines: now });
    }
    setSending(false);
    await client.invalidateQueries();
  };

  const entered = async (line: Line): Promise<Line> => {
    try {
      const { doubts } = await call('POST /api/desk/late', { body: line.body }, { idempotencyKey: line.key });
      const { why: _, ...rest } = line;
      return { ...rest, state: 'done', ...(doubts.length > 0 && { why: doubts.map((it) => it.sentence).join(' ') }) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { ...line, state: 'broken', why: error.fields[0]?.message ?? sentence(error) };
    }
  };

  return (
    <div className="late">
      <Entry
        key={editing?.key ?? `new-${lines.length}`}
        site={site}
        date={date}
        roster={roster}
        before={editing}
        add={(line) => {
          set({ lines: [...lines.filter(({ key }) => key !== editing?.key), line] });
          setEditing(undefined);
        }}
      />
      <section aria-labelledby="lines">
        <h2 id="lines">{t('desk.late.list')}</h2>
        {lines.length === 0 ? (
          <p className="muted">{t('desk.late.empty')}</p>
        ) : (
          <>
            <table className="board">
              <caption className="sr-only">{t('desk.late.list')}</caption>
              <thead>
                <tr>
                  {(['at', 'who', 'what', 'state', 'act'] as const).map((name) => (
                    <th key={name} scope="col">
                      {t(`desk.late.columns.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody aria-live="polite">
                {lines.map((line) => (
                  <tr key={line.key} className={line.state === 'done' ? 'row-arrived' : undefined}>
                    <td className="board-time">{timeOf(line.body.at, site.zone)}</td>
                    <th scope="row">{line.name}</th>
                    <td>{t(WORDS[line.body.paper.kind])}</td>
                    <td className={line.state === 'broken' ? 'bad' : undefined}>
                      {line.state === 'broken'
                        ? t('desk.late.broken', { why: line.why ?? '' })
                        : line.state === 'waiting'
                          ? t('desk.late.waiting')
                          : line.why
                            ? t('desk.late.doubts', { why: line.why })
                            : t('desk.late.done')}
                    </td>
                    <td>
                      {line.state !== 'done' && (
                        <div className="board-acts">
                          <Button
                            size="sm"
                            variant="default"
                            disabled={sending}
                            onClick={() => setEditing(line)}
                            aria-label={t('desk.late.editFor', { name: line.name })}
                          >
                            {t('desk.late.edit')}
                          </Button>
                          <Button
                            size="sm"
                            variant="subtle"
                            color="gray"
                            disabled={sending}
                            onClick={() => set({ lines: lines.filter(({ key }) => key !== line.key) })}
                            aria-label={t('desk.late.removeFor', { name: line.name })}
                          >
                            {t('desk.late.remove')}
                          </Button>
                        </div>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            <div className="board-acts">
              {open.length > 0 && (
                <Button size="lg" color="pine" loading={sending} onClick={() => void send()}>
                  {t('desk.late.send', { count: open.length })}
                </Button>
              )}
              {open.length < lines.length && (
                <Button variant="default" disabled={sending} onClick={() => set({ lines: open })}>
                  {t('desk.late.clear')}
                </Button>
              )}
            </div>
            <p role="status">{sending ? t('desk.late.sending') : ''}</p>
          </>
        )}
      </section>
    </div>
  );
}

const WORDS = {
  given: 'desk.late.given',
  came: 'desk.late.came',
  deferred: 'desk.late.deferred',
  'no-show': 'desk.late.noShow',
} as const satisfies Record<Kind, string>;
const KINDS = Object.keys(WORDS) as Kind[];

type Who = { readonly name: string; readonly who: Body['who']; readonly procedure: Procedure };

/** One line as it is read off the paper. */
function Entry({
  site,
  date,
  roster,
  before,
  add,
}: {
  readonly site: SiteInFull;
  readonly date: string;
  readonly roster: readonly RosterEntry[];
  readonly before: Line | undefined;
  readonly add: (line: Line) => void;
}) {
  const { t } = useTranslation(['work', 'pages']);
  const language = useLanguage();
  const paper = before?.body.paper;
  const [booked, setBooked] = useState(before && 'personId' in before.body.who ? 'no' : 'yes');
  const [typed, setTyped] = useState('');
  const [who, setWho] = useState<Who | undefined>(
    before && {
      name: before.name,
      who: before.body.who,
      procedure: paper?.kind === 'given' ? paper.procedure : 'whole-blood',
    },
  );
  const [kind, setKind] = useState<string>(paper?.kind ?? 'given');
  const [at, setAt] = useState(before ? timeOf(before.body.at, site.zone) : '');
  const [din, setDin] = useState(paper?.kind === 'given' ? paper.din : '');
  const [procedure, setProcedure] = useState<Procedure | undefined>(
    paper?.kind === 'given' ? paper.procedure : undefined,
  );
  const [volume, setVolume] = useState(paper?.kind === 'given' ? String(paper.volumeMl) : '400');
  const [units, setUnits] = useState(paper?.kind === 'given' && paper.platelets ? String(paper.platelets) : '1');
  const [reaction, setReaction] = useState(paper?.kind === 'given' && paper.reaction);
  const [reason, setReason] = useState(paper?.kind === 'deferred' ? paper.reason : '');
  const [since, setSince] = useState(paper?.kind === 'deferred' ? (paper.since ?? '') : '');
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const reasons = useApi(
    'GET /api/donations/deferral-reasons',
    { query: { siteId: site.siteId } },
    { staleTime: 60_000, enabled: kind === 'deferred' },
  );
  const code = parsePassCode(typed);
  const pass = useApi(
    'GET /api/donations/pass',
    { query: { siteId: site.siteId, date, code: code ?? '' } },
    { enabled: code !== undefined },
  );
  const isLooked = code !== undefined && !pass.isPending;
  const isFound = pass.data?.items.length === 1;
  useEffect(() => {
    if (isLooked) sound(isFound);
  }, [isLooked, isFound]);
  const meant = code ? (pass.data?.items ?? []) : typed.trim() ? roster.filter((entry) => isMeant(entry, typed)) : [];
  const of = (entry: RosterEntry): Who => ({
    name: entry.name,
    who: { bookingId: entry.bookingId },
    procedure: entry.procedure,
  });
  const given = procedure ?? who?.procedure ?? 'whole-blood';
  const errorOf = (field: string) => problems.find((each) => each.field === field)?.message;

  const paperOf = (): Body['paper'] | FieldProblem => {
    if (kind === 'came') return { kind: 'came' };
    if (kind === 'no-show') return { kind: 'no-show' };
    if (kind === 'deferred') {
      const day = dateOf(since);
      return reason
        ? { kind: 'deferred', reason, ...(day && { since: day }) }
        : { field: 'late-reason', message: t('desk.late.error.reason') };
    }
    const volumeMl = Number(volume);
    if (!din.trim()) return { field: 'late-din', message: t('desk.late.error.din') };
    if (!Number.isInteger(volumeMl) || volumeMl < 1)
      return { field: 'late-volume', message: t('desk.late.error.volume') };
    return {
      kind: 'given',
      din: din.trim(),
      procedure: given,
      volumeMl,
      ...(given === 'platelets' && { platelets: units === '2' ? (2 as const) : (1 as const) }),
      reaction: Boolean(reaction),
    };
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = /^\d{2}:\d{2}$/.test(at) ? toInstant(`${date}T${at}`, site.zone) : undefined;
    const instant = read?.ok ? read.instant : undefined;
    const said = paperOf();
    // What only one may be is chosen for whoever typed enough of it.
    const chosen = who ?? (booked === 'yes' && meant.length === 1 && meant[0] ? of(meant[0]) : undefined);
    const wrong: FieldProblem[] = [
      ...(chosen ? [] : [{ field: booked === 'yes' ? 'late-who' : 'person-phone', message: t('desk.late.error.who') }]),
      ...(instant && instant <= new Date().toISOString()
        ? []
        : [{ field: 'late-at', message: t('desk.late.error.at') }]),
      ...('field' in said ? [said] : []),
    ];
    setProblems(wrong);
    if (wrong.length > 0 || !chosen || !instant || 'field' in said) return;
    const whose = 'personId' in chosen.who ? { personId: chosen.who.personId, procedure: given } : chosen.who;
    // Another line than the one that may have been sent: it has a key of its own.
    add({
      key: randomKey(),
      name: chosen.name,
      body: { siteId: site.siteId, who: whose, at: instant, paper: said },
      state: 'waiting',
    });
  };

  return (
    <section className="late-entry" aria-label={t('desk.late.add')}>
      <Options
        legend={t('desk.late.kind')}
        name="late-booked"
        value={booked}
        options={[
          { value: 'yes', label: t('desk.late.booked') },
          { value: 'no', label: t('desk.late.walkIn') },
        ]}
        choose={(next) => {
          setBooked(next);
          setWho(undefined);
          if (next === 'no' && kind === 'no-show') setKind('given');
        }}
      />
      {who ? (
        <p className="late-chosen">
          {t('desk.late.who')}: <b>{who.name}</b>{' '}
          <Button size="sm" variant="default" onClick={() => setWho(undefined)}>
            {t('desk.late.edit')}
          </Button>
        </p>
      ) : booked === 'no' ? (
        <PersonFinder
          siteId={site.siteId}
          choose={(person: DeskPerson) =>
            setWho({
              name: person.name,
              who: { personId: person.personId, procedure: site.procedures[0] ?? 'whole-blood' },
              procedure: site.procedures[0] ?? 'whole-blood',
            })
          }
        />
      ) : (
        <>
          <div className="find-way">
            <TextInput
              id="late-who"
              label={t('desk.late.who')}
              description={t('desk.late.whoHint')}
              autoComplete="off"
              spellCheck={false}
              maxLength={40}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              error={errorOf('late-who')}
            />
            <ScanCamera
              read={(text) => {
                const read = parsePassCode(text);
                setTyped(read ? printPassCode(read) : text);
              }}
            />
          </div>
          {typed.trim() && (
            <ul className="plain people-list" aria-live="polite">
              {meant.length === 0 && <li>{t('desk.late.nobody')}</li>}
              {meant.slice(0, 8).map((entry) => (
                <li key={entry.bookingId}>
                  <span>
                    {timeOf(entry.startsAt, entry.zone)} <b>{entry.name}</b> <WhoIs person={entry} />
                  </span>
                  <Button
                    size="sm"
                    onClick={() => setWho(of(entry))}
                    aria-label={t('desk.people.choose', { name: entry.name })}
                  >
                    {t('desk.people.choose', { name: '' }).trim()}
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <form noValidate className="question" onSubmit={submit}>
        <ErrorSummary problems={problems} />
        <Options
          legend={t('desk.late.what')}
          name="late-what"
          value={kind}
          options={KINDS.filter((each) => each !== 'no-show' || booked === 'yes').map((each) => ({
            value: each,
            label: t(WORDS[each]),
          }))}
          choose={setKind}
        />
        <TextInput
          id="late-at"
          type="time"
          className="short-field"
          label={t('desk.late.at')}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
          error={errorOf('late-at')}
        />
        {kind === 'given' && (
          <>
            <TextInput
              id="late-din"
              label={t('complete.din')}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={40}
              value={din}
              onChange={(event) => setDin(event.currentTarget.value)}
              onKeyDown={(event) => {
                // A scanner ends with Enter, before the line is filled in.
                if (event.key !== 'Enter') return;
                event.preventDefault();
                document.getElementById('late-volume')?.focus();
              }}
              error={errorOf('late-din')}
              classNames={{ input: 'mono' }}
            />
            {site.procedures.length > 1 && (
              <NativeSelect
                id="late-procedure"
                label={t('desk.late.procedure')}
                value={given}
                onChange={(event) => setProcedure(procedureOf(event.currentTarget.value))}
                data={site.procedures.map((each) => ({ value: each, label: t(`pages:procedure.${each}`) }))}
              />
            )}
            <TextInput
              id="late-volume"
              className="short-field"
              label={t('desk.late.volume')}
              inputMode="numeric"
              maxLength={4}
              value={volume}
              onChange={(event) => setVolume(event.currentTarget.value.normalize('NFKC').replaceAll(/\D/g, ''))}
              error={errorOf('late-volume')}
            />
            {given === 'platelets' && (
              <NativeSelect
                id="late-units"
                label={t('desk.late.units')}
                value={units}
                onChange={(event) => setUnits(event.currentTarget.value)}
                data={['1', '2']}
              />
            )}
            <Checkbox
              label={t('desk.late.reaction')}
              checked={Boolean(reaction)}
              onChange={(event) => setReaction(event.currentTarget.checked)}
            />
          </>
        )}
        {kind === 'deferred' && (
          <>
            <NativeSelect
              id="late-reason"
              label={t('desk.late.reason')}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={errorOf('late-reason')}
              data={[
                { value: '', label: '' },
                ...(reasons.data?.items ?? [])
                  .filter((each) => each.code !== 'permanent')
                  .map(({ code: value, label }) => ({ value, label: label[language] })),
                { value: 'permanent', label: t('defer.permanent') },
              ]}
            />
            <TextInput
              id="late-since"
              type="date"
              max={date}
              label={t('desk.late.since')}
              value={since}
              onChange={(event) => setSince(event.currentTarget.value)}
            />
          </>
        )}
        <Button type="submit">{t('desk.late.add')}</Button>
      </form>
    </section>
  );
}
