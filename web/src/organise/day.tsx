import { Button } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { parsePassCode } from '../../../shared/domain/pass-code.ts';
import { useAct } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';
import { useSession } from '../auth/use-session.ts';
import { dateOf } from '../lib/params.ts';
import { dayName, moment, timeOf } from '../lib/time.ts';
import { Proved, Work } from '../staff/frame.tsx';
import { ScanCamera } from '../staff/scan-camera.tsx';
import { ScanField } from '../staff/scan-field.tsx';
import { sound } from '../staff/scan-sound.ts';
import { WarnIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, Empty, LinkButton, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { lineOfPass, type Shown, stepOfScan } from './day-store.ts';
import { days } from './days.ts';
import { type Day, useDay } from './use-day.ts';

/** The day of an event: who is here and who is missing. It goes on when the line does not, from what this device has kept. */
export function EventDayPage() {
  const { t } = useTranslation('work');
  const { eventId = '' } = useParams();
  const session = useSession();
  // Who may see it the service says at each request; without a line, whoever was shown it here and is still signed in.
  if (session && days.event(eventId))
    return (
      <Proved goesOnOffline>
        <OneDay />
      </Proved>
    );
  return (
    <Work needs="organiser" title={t('day.title')}>
      {() => <OneDay />}
    </Work>
  );
}

function OneDay() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { organisationId = '', eventId = '' } = useParams();
  const [search] = useSearchParams();
  const day = useDay(eventId, dateOf(search.get('date')));
  const own = `/organise/${organisationId}/${eventId}`;
  const { event, lines } = day;
  return (
    <Page title={t('day.title')} back={own} {...(event && { eyebrow: event.title[language] })}>
      {event && <Refused day={day} event={event} own={own} />}
      {day.error && (!lines || day.error.status === 403 || day.error.status === 404) ? (
        <LoadError error={day.error} retry={day.retry} />
      ) : !event || !lines ? (
        <Loading />
      ) : (
        <Sheet day={day} event={event} lines={lines} own={own} />
      )}
    </Page>
  );
}

function Sheet({
  day,
  event,
  lines,
  own,
}: {
  readonly day: Day;
  readonly event: EventView;
  readonly lines: readonly Shown[];
  readonly own: string;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const [search] = useSearchParams();
  const [said, setSaid] = useState<{ text: string; good: boolean }>();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const shifts = event.shifts.filter((shift) => shift.date === day.date);
  const chosen = shifts.find(({ shiftId }) => shiftId === search.get('shift'))?.shiftId;
  const of = lines.filter((line) => chosen === undefined || line.shiftId === chosen);
  const isCode = parsePassCode(typed) !== undefined;
  const wanted = isCode ? '' : typed.trim();
  const found = wanted === '' ? of : of.filter(({ name }) => name.includes(wanted));
  const say = (text: string, good: boolean): void => {
    setSaid({ text, good });
    sound(good);
  };
  const take = (line: Shown, step: 'in' | 'out', passCode?: string): void => {
    day.tap(line, step, passCode);
    say(t(step === 'in' ? 'day.didIn' : 'day.didOut', { name: line.name }), true);
  };
  const scanned = (text: string): void => {
    const code = parsePassCode(text);
    if (!code) {
      if (found.length === 0) say(t('day.noMatch'), false);
      return;
    }
    setTyped('');
    // Whichever shift is looked at: a pass says whose it is.
    const line = lineOfPass(lines, event.shifts, { code, chosen, now: day.now() });
    const step = line && stepOfScan(line, day.now());
    if (!line || !step) say(t('day.nobody'), false);
    else if (step === 'just-came') say(t('day.justCame', { name: line.name }), false);
    else if (step === 'has-left') say(t('day.hasLeft', { name: line.name }), false);
    else take(line, step, code);
  };
  const groups = {
    missing: found.filter(({ status }) => status === 'booked' || status === 'noshow'),
    here: found.filter(({ status }) => status === 'arrived'),
    left: found.filter(({ status }) => status === 'fulfilled'),
  };
  const link = (date: string, shift?: string): string =>
    `?${new URLSearchParams({ date, ...(shift && { shift }) }).toString()}`;
  return (
    <>
      <LineState day={day} event={event} />
      {day.dates.length > 1 && (
        <nav className="segments" aria-label={t('staff.date')}>
          {day.dates.map((date) => (
            <Link key={date} to={link(date)} aria-current={date === day.date ? 'date' : undefined}>
              {dayName(date, language)}
            </Link>
          ))}
        </nav>
      )}
      {shifts.length > 1 && (
        <nav className="segments" aria-label={t('day.shift')}>
          <Link to={link(day.date)} aria-current={chosen === undefined ? 'true' : undefined}>
            {t('day.all')}
          </Link>
          {shifts.map(({ shiftId, role, startsAt }) => (
            <Link key={shiftId} to={link(day.date, shiftId)} aria-current={chosen === shiftId ? 'true' : undefined}>
              {timeOf(startsAt, event.zone)} {role[language]}
            </Link>
          ))}
        </nav>
      )}
      <div className="row">
        <LinkButton to={`${own}/code${chosen ? `?shift=${chosen}` : ''}`}>{t('day.code.go')}</LinkButton>
        <LinkButton to={`${own}/sheet?date=${day.date}`} variant="default">
          {t('day.sheet.go')}
        </LinkButton>
      </div>
      <ScanField
        label={t('day.scan')}
        hint={t('day.scanHint')}
        go={t('day.scanGo')}
        field={field}
        value={typed}
        set={setTyped}
        enter={scanned}
      />
      <ScanCamera read={scanned} />
      <p role="status" className={said ? `day-said ${said.good ? 'good' : 'bad'}` : 'sr-only'}>
        {said?.text}
      </p>
      {lines.length === 0 ? (
        <Empty title={t('day.empty')} />
      ) : (
        (['missing', 'here', 'left'] as const).map((group) => (
          <section key={group} aria-labelledby={`day-${group}`}>
            <h2 id={`day-${group}`}>{t(`day.${group}`, { count: groups[group].length })}</h2>
            <ul className="day-lines">
              {groups[group].map((line) => (
                <One key={line.bookingId} line={line} event={event} day={day} own={own} take={take} />
              ))}
            </ul>
          </section>
        ))
      )}
    </>
  );
}

/** Whether what is shown is so, and what has yet to be sent: said plainly, and aloud where it changes. */
function LineState({ day, event }: { readonly day: Day; readonly event: EventView }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const count = day.waiting.length;
  if (!day.staleSince) {
    return (
      <p role="status" className="small muted">
        {t(count > 0 ? 'day.sendingSome' : 'day.lineOk', { count })}
      </p>
    );
  }
  return (
    <div className="notice notice-warn" role="status">
      <WarnIcon />
      <div>
        <p>{t('day.offline', { when: moment(day.staleSince, event.zone, language) })}</p>
        {count > 0 && (
          <p>
            <b>{t('day.unsentCount', { count })}</b>
          </p>
        )}
      </div>
    </div>
  );
}

function One({
  line,
  event,
  day,
  own,
  take,
}: {
  readonly line: Shown;
  readonly event: EventView;
  readonly day: Day;
  readonly own: string;
  readonly take: (line: Shown, step: 'in' | 'out') => void;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { eventId } = event;
  const { bookingId, version, name, status, unsent } = line;
  const undo = useAct('POST /api/events/{eventId}/attendance/undo', `day-undo:${bookingId}`);
  const takeBack = async (): Promise<void> => {
    if (unsent) return days.takeBack(unsent.key);
    const after = await undo.run({ params: { eventId }, body: { bookingId, version } });
    if (after) day.take(after);
  };
  const role = event.shifts.find(({ shiftId }) => shiftId === line.shiftId)?.role[language];
  return (
    <li className="day-who">
      <div>
        <b>{name}</b> <span className="muted">{t('day.last4', { digits: line.phoneLast4 })}</span>
        <span className="small">
          {role}
          <Known line={line} zone={event.zone} />
        </span>
        {undo.error && <ActionError error={undo.error} />}
      </div>
      <div className="day-acts">
        {(status === 'booked' || status === 'noshow') && (
          <Button size="lg" aria-label={t('day.checkInOf', { name })} onClick={() => take(line, 'in')}>
            {t('day.checkIn')}
          </Button>
        )}
        {status === 'arrived' && (
          <Button
            size="lg"
            variant="default"
            aria-label={t('day.checkOutOf', { name })}
            onClick={() => take(line, 'out')}
          >
            {t('day.checkOut')}
          </Button>
        )}
        {(unsent ? !unsent.tried : line.canUndo) && (
          <Button
            variant="subtle"
            loading={undo.busy}
            aria-label={t('day.undoOf', { name })}
            onClick={() => void takeBack()}
          >
            {t('day.undo')}
          </Button>
        )}
        {status === 'fulfilled' && !unsent && (
          <Link to={`${own}/sheet?date=${day.date}&booking=${bookingId}`} aria-label={t('day.rightOf', { name })}>
            {t('day.right')}
          </Link>
        )}
      </div>
    </li>
  );
}

/** What is known of somebody's coming and going, and how. */
export function Known({ line, zone }: { readonly line: Shown; readonly zone: string }): ReactNode {
  const { t } = useTranslation('work');
  const { attended, status } = line;
  const parts: string[] = [];
  if (status === 'noshow') parts.push(t('day.noshow'));
  if (attended) {
    const from = timeOf(attended.startedAt, zone);
    const to = attended.endedAt && timeOf(attended.endedAt, zone);
    if (!to) parts.push(t('day.since', { time: from }));
    else if (attended.minutes === undefined) parts.push(t('day.untilUnsent', { from, to }));
    else parts.push(t('day.until', { from, to, minutes: attended.minutes }));
    const ways = [attended.in, ...(attended.out ? [attended.out] : [])];
    parts.push([...new Set(ways)].map((way) => t(`day.way.${way}`)).join('/'));
  }
  if (line.walkIn) parts.push(t('day.walkIn'));
  if (line.enteredLate) parts.push(t('day.late'));
  return (
    <>
      {parts.map((part) => (
        <span key={part}> · {part}</span>
      ))}
      {line.unsent && <b className="bad"> · {t('day.unsent')}</b>}
    </>
  );
}

/** What the service would not take, kept until somebody has seen to it. */
function Refused({ day, event, own }: { readonly day: Day; readonly event: EventView; readonly own: string }) {
  const { t } = useTranslation('work');
  if (day.refused.length === 0) return null;
  const isOut = day.refused.some(({ refused }) => refused?.code === 'forbidden');
  return (
    <section className="notice notice-bad" aria-labelledby="refused">
      <WarnIcon />
      <div>
        <h2 id="refused">{t('day.refusedTitle', { count: day.refused.length })}</h2>
        <p>{t(isOut ? 'day.refusedForbidden' : 'day.refusedText')}</p>
        <ul className="day-lines">
          {day.refused.map((tap) => {
            const name = days.line(tap.eventId, tap.bookingId)?.name ?? t('day.unknown');
            return (
              <li key={tap.key} className="day-who">
                <div>
                  <b>{name}</b>{' '}
                  {t('day.refusedLine', {
                    time: timeOf(tap.at, event.zone),
                    step: t(tap.step === 'in' ? 'day.checkIn' : 'day.checkOut'),
                  })}
                  <span className="small">{tap.refused?.sentence ?? tap.refused?.code}</span>
                </div>
                <div className="day-acts">
                  {!isOut && (
                    <Link
                      to={`${own}/sheet?date=${tap.date}&booking=${tap.bookingId}`}
                      aria-label={t('day.enterOf', { name })}
                    >
                      {t('day.enter')}
                    </Link>
                  )}
                  <Button variant="subtle" aria-label={t('day.giveUpOf', { name })} onClick={() => days.drop(tap.key)}>
                    {t('day.giveUp')}
                  </Button>
                </div>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
