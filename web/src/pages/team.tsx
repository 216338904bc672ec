import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput, EventView, Person } from '../api/types.ts';
import { useSession } from '../auth/use-session.ts';
import { dayName, moment, span, timeOf } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
import { SignedIn, SignInButton } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Question } from '../ui/question.tsx';
import { SendLink } from '../ui/send-link.tsx';
import {
  ActionError,
  Answers,
  Empty,
  type FieldProblem,
  Good,
  LinkButton,
  LoadError,
  Loading,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { useRefused } from '../ui/use-refused.ts';
import { WaysOn } from '../ui/ways-on.tsx';
import { namesTyped } from './team-names.ts';

type Team = CallOutput<'GET /api/events/{eventId}/teams'>['items'][number];
type Seat = Team['seats'][number];

const POLL_MS = 10_000;
const MINUTE_MS = 60_000;

/** For a team lead: the team they have, and its members' links; and the form that begins one. */
export function TeamPage() {
  const { t } = useTranslation('serve');
  return <SignedIn title={t('team.title')}>{(me) => <Mine me={me} />}</SignedIn>;
}

function Mine({ me }: { readonly me: Person }) {
  const { t } = useTranslation(['serve', 'pages']);
  const language = useLanguage();
  const { eventId = '' } = useParams();
  const event = useApi('GET /api/events/{eventId}', { params: { eventId } }, { staleTime: 2_000 });
  const mine = useApi('GET /api/events/{eventId}/teams', { params: { eventId } }, { every: POLL_MS });
  const failed = event.error ?? mine.error;
  const teams = mine.data?.items ?? [];
  const [made, setMade] = useState(false);
  const { pathname } = useLocation();
  const open = teams.some(({ seats }) => seats.some(({ status }) => status === 'asked'));
  return (
    <Page title={t('team.title')} back={`/events/${eventId}`} eyebrow={event.data?.title[language]}>
      {failed && !(event.data && mine.data) ? (
        <LoadError
          error={failed}
          retry={() => {
            void event.refetch();
            void mine.refetch();
          }}
        />
      ) : !event.data || !mine.data ? (
        <Loading />
      ) : (
        <>
          {made && <Good>{t('team.kept')}</Good>}
          {teams.map((team) => (
            <TeamCard key={team.teamId} event={event.data} team={team} />
          ))}
          {!open &&
            (event.data.mostTeam === undefined ? (
              <Empty title={t('team.none')} />
            ) : me.birthDate === undefined ? (
              <>
                <p>{t('guardian.needsAge')}</p>
                <LinkButton to={`/profile/edit/birth-date?${new URLSearchParams({ return: pathname })}`}>
                  {t('pages:check.complete')}
                </LinkButton>
              </>
            ) : (
              <Begin
                event={event.data}
                most={event.data.mostTeam}
                begun={() => {
                  setMade(true);
                  void mine.refetch();
                }}
              />
            ))}
        </>
      )}
    </Page>
  );
}

function TeamCard({ event, team }: { readonly event: EventView; readonly team: Team }) {
  const { t } = useTranslation('serve');
  const language = useLanguage();
  const shift = event.shifts.find(({ slotId }) => slotId === team.slotId);
  const yes = 1 + team.seats.filter(({ status, left }) => status === 'accepted' && !left).length;
  const waits = team.seats.some(({ status }) => status === 'asked');
  return (
    <section className="card stack" aria-labelledby={team.teamId}>
      <h2 id={team.teamId}>{team.name}</h2>
      {shift && (
        <p>
          {shift.role[language]} · {span(shift.startsAt, shift.endsAt, event.zone, language)}
        </p>
      )}
      <p role="status">
        <b>{t('team.count', { yes, all: 1 + team.seats.length })}</b>
        {waits && <> {t('team.until', { when: moment(team.until, event.zone, language) })}</>}
      </p>
      <ul className="lines">
        {team.seats.map((seat) => (
          <SeatLine key={seat.n} event={event} team={team} seat={seat} />
        ))}
      </ul>
      <p>
        <Link to={`/bookings/${team.bookingId}`}>{t('team.own')}</Link>
      </p>
    </section>
  );
}

function SeatLine({ event, team, seat }: { readonly event: EventView; readonly team: Team; readonly seat: Seat }) {
  const { t } = useTranslation(['serve', 'pages']);
  const params = { eventId: event.eventId, teamId: team.teamId, n: String(seat.n) };
  const of = `${team.teamId}:${seat.n}`;
  const back = useAct('POST /api/events/{eventId}/teams/{teamId}/seats/{n}/withdraw', `seat-back:${of}`);
  const rename = useAct('POST /api/events/{eventId}/teams/{teamId}/seats/{n}/rename', `seat-name:${of}`);
  const [name, setName] = useState<string>();
  const busy = back.busy || rename.busy;
  const error = back.error ?? rename.error;
  const save = async (): Promise<void> => {
    if (!name?.trim()) return;
    back.reset();
    if (await rename.run({ params, body: { name: name.trim() } })) setName(undefined);
  };
  const path = `/events/${event.eventId}/team/${team.teamId}?${new URLSearchParams({ code: seat.code ?? '' })}`;
  return (
    <li className="stack">
      <span>
        <b>{seat.name}</b> <span className="muted">{t(`team.status.${seat.left ? 'left' : seat.status}`)}</span>
      </span>
      {seat.code &&
        (name === undefined ? (
          <SendLink
            path={path}
            title={t('team.place.title')}
            label={`${t('cover.send')}${t('team.colon')}${seat.name}`}
          >
            <Button
              variant="subtle"
              disabled={busy}
              aria-label={`${t('team.rename')}${t('team.colon')}${seat.name}`}
              onClick={() => setName('')}
            >
              {t('team.rename')}
            </Button>
            <Button
              variant="subtle"
              loading={back.busy}
              disabled={busy}
              aria-label={`${t('team.back')}${t('team.colon')}${seat.name}`}
              onClick={() => {
                rename.reset();
                void back.run({ params, body: {} });
              }}
            >
              {t('team.back')}
            </Button>
          </SendLink>
        ) : (
          <Question problems={[]} submit={() => void save()}>
            <TextInput
              autoFocus
              label={t('team.newName')}
              description={t('team.newNameHint')}
              autoComplete="off"
              maxLength={30}
              value={name}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            <div className="row">
              <Button type="submit" loading={rename.busy} disabled={busy || name.trim() === ''}>
                {t('team.save')}
              </Button>
              <Button variant="subtle" disabled={busy} onClick={() => setName(undefined)}>
                {t('pages:common.back')}
              </Button>
            </div>
          </Question>
        ))}
      {error && <ActionError error={error} />}
    </li>
  );
}

function Begin({
  event,
  most,
  begun,
}: {
  readonly event: EventView;
  readonly most: number;
  readonly begun: () => void;
}) {
  const { t } = useTranslation(['serve', 'pages']);
  const language = useLanguage();
  const now = useNow(MINUTE_MS);
  const roomy = event.shifts.filter(({ startsAt, free = 0 }) => startsAt > now && free > 1);
  const [slotId, setSlotId] = useState('');
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const act = useAct('POST /api/events/{eventId}/teams', `team:${event.eventId}`, { unwritten: true });
  const members = namesTyped(text);
  const refused = useRefused(
    { name: { field: 'name', label: t('team.name') }, members: { field: 'members', label: t('team.members') } },
    act.error,
  );
  const shown = problems.length > 0 ? problems : refused;
  const errorOf = (field: string): string | undefined => shown.find((it) => it.field === field)?.message;
  const submit = async (): Promise<void> => {
    const wrong = (isWrong: boolean, field: string, message: string): FieldProblem[] =>
      isWrong ? [{ field, message }] : [];
    const found = [
      ...wrong(slotId === '', 'shift', t('team.error.shift')),
      ...wrong(name.trim() === '', 'name', t('team.error.name')),
      ...wrong(members.length === 0, 'members', t('team.error.members')),
      ...wrong(members.length + 1 > most, 'members', t('team.error.most', { most })),
    ];
    setProblems(found);
    act.reset();
    if (found.length > 0) return;
    const body = { slotId, name: name.trim(), members };
    if (await act.run({ params: { eventId: event.eventId }, body })) begun();
  };
  if (roomy.length === 0) return <Empty title={t('team.noRoom')} />;
  return (
    <>
      <p>{t('team.lead', { most })}</p>
      <Question problems={shown} submit={() => void submit()}>
        <NativeSelect
          id="shift"
          label={t('team.shift')}
          value={slotId}
          error={errorOf('shift')}
          onChange={({ currentTarget }) => setSlotId(currentTarget.value)}
          data={[
            { value: '', label: t('team.pick') },
            ...roomy.map((each) => ({
              value: each.slotId,
              label: `${each.role[language]} · ${dayName(each.date, language)} ${timeOf(each.startsAt, event.zone)} · ${t('pages:slots.free', { free: each.free ?? 0 })}`,
            })),
          ]}
        />
        <TextInput
          id="name"
          label={t('team.name')}
          description={t('team.nameHint')}
          autoComplete="off"
          maxLength={30}
          value={name}
          error={errorOf('name')}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Textarea
          id="members"
          label={t('team.members')}
          description={t('team.membersHint')}
          autosize
          minRows={3}
          value={text}
          error={errorOf('members')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <p role="status" className="muted">
          {members.length > 0 ? t('team.sum', { count: members.length + 1 }) : ''}
        </p>
        {act.error && refused.length === 0 && (
          <ActionError error={act.error}>
            <WaysOn error={act.error} eventId={event.eventId} />
          </ActionError>
        )}
        <Button type="submit" loading={act.busy}>
          {t('team.begin')}
        </Button>
        <Progress act={act} />
      </Question>
    </>
  );
}

/** Where the link to a place in a team leads: what it is, and yes or no. */
export function TeamPlacePage() {
  const { t } = useTranslation(['serve', 'pages']);
  const { eventId = '', teamId = '' } = useParams();
  const [search] = useSearchParams();
  const code = search.get('code') ?? '';
  const place = useApi(
    'GET /api/events/{eventId}/teams/{teamId}/place',
    { params: { eventId, teamId }, query: { code } },
    { staleTime: 0 },
  );
  return (
    <Page title={t('team.place.title')} back={`/events/${eventId}`} eyebrow={t('pages:nav.events')}>
      {place.error?.code === 'not-found' || place.error?.code === 'invalid-input' ? (
        <Empty title={t('team.place.gone')}>
          <LinkButton to={`/events/${eventId}`}>{t('pages:events.shifts')}</LinkButton>
        </Empty>
      ) : place.error && !place.data ? (
        <LoadError error={place.error} retry={() => void place.refetch()} />
      ) : !place.data ? (
        <Loading />
      ) : (
        <Place place={place.data} params={{ eventId, teamId }} code={code} refetch={place.refetch} />
      )}
    </Page>
  );
}

function Place({
  place,
  params,
  code,
  refetch,
}: {
  readonly place: CallOutput<'GET /api/events/{eventId}/teams/{teamId}/place'>;
  readonly params: { readonly eventId: string; readonly teamId: string };
  readonly code: string;
  readonly refetch: () => unknown;
}) {
  const { t } = useTranslation(['serve', 'pages']);
  const language = useLanguage();
  const navigate = useNavigate();
  const { pathname, search: query } = useLocation();
  const session = useSession();
  const yes = useAct('POST /api/events/{eventId}/teams/{teamId}/accept', `team-yes:${code}`);
  const no = useAct('POST /api/events/{eventId}/teams/{teamId}/decline', `team-no:${code}`);
  const error = yes.error ?? no.error;
  const isOver = error?.reasons.some(({ code: reason }) => reason === 'team-place-over') ?? false;
  useEffect(() => {
    if (isOver) refetch();
  }, [isOver, refetch]);
  const accept = async (): Promise<void> => {
    no.reset();
    const booked = await yes.run({ params, body: { code } });
    if (booked) await navigate(`/bookings/${booked.bookingId}?done=booked`, { replace: true });
  };
  const decline = async (): Promise<void> => {
    yes.reset();
    if (await no.run({ params, body: { code } })) refetch();
  };
  return (
    <>
      <p>{t('team.place.lead', { team: place.team, name: place.name })}</p>
      <Answers
        rows={[
          {
            term: t('pages:check.role'),
            value: (
              <>
                {place.role[language]}
                <br />
                <span className="muted">{place.title[language]}</span>
              </>
            ),
          },
          { term: t('pages:check.where'), value: place.address[language] },
          {
            term: t('pages:check.when'),
            value: <b>{span(place.startsAt, place.endsAt, place.zone, language)}</b>,
          },
        ]}
      />
      {place.status !== 'asked' ? (
        <Empty title={t(`team.place.over.${place.status}`)}>
          <LinkButton to={`/events/${params.eventId}`}>{t('pages:events.shifts')}</LinkButton>
        </Empty>
      ) : !session ? (
        <div className="card">
          <p>{t('pages:check.signInText')}</p>
          <SignInButton returnTo={pathname + query}>{t('pages:check.signIn')}</SignInButton>
        </div>
      ) : (
        <>
          <p>{t('team.place.until', { when: moment(place.until, place.zone, language) })}</p>
          {error && (
            <ActionError error={error}>
              <WaysOn error={error} eventId={params.eventId} />
            </ActionError>
          )}
          <div className="row">
            <Button size="lg" loading={yes.busy} disabled={no.busy} onClick={() => void accept()}>
              {t('team.place.yes')}
            </Button>
            <Button size="lg" variant="default" loading={no.busy} disabled={yes.busy} onClick={() => void decline()}>
              {t('team.place.no')}
            </Button>
          </div>
          <Progress act={yes} />
        </>
      )}
    </>
  );
}
