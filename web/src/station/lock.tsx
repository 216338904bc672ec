import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isEasyPin } from '../../../shared/domain/station.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { Person } from '../api/types.ts';
import { JOIN_PAGE, signIn } from '../auth/actions.ts';
import { useSession } from '../auth/use-session.ts';
import { type Seat, sharedStation } from '../lib/station-store.ts';
import { FactorGate } from '../staff/factor.tsx';
import { Work } from '../staff/frame.tsx';
import { useFocusAgain } from '../ui/focus-again.ts';
import { Page } from '../ui/page.tsx';
import { Question } from '../ui/question.tsx';
import {
  ActionError,
  Empty,
  type FieldProblem,
  LinkButton,
  LoadError,
  Loading,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { seats } from './seats.ts';
import { abandon, takeSeat, takeTurn } from './turns.ts';

/** A station that waits for whoever is next: names, and the PIN of the one who is chosen. Nothing else is there to be seen. */
export function LockPage() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const station = sharedStation.get();
  const [all, setAll] = useState(() => seats.all());
  const [chosen, setChosen] = useState<Seat | undefined>(() => (all.length === 1 ? all[0] : undefined));
  const [over, setOver] = useState<string>();
  if (!station) {
    return (
      <Page title={t('station.title')}>
        <Empty title={t('station.none')}>
          <LinkButton to="/">{t('station.home')}</LinkButton>
        </Empty>
      </Page>
    );
  }
  const lost = (seat: Seat): void => {
    seats.drop(seat.personId);
    setAll(seats.all());
    setChosen(undefined);
    setOver(t('station.over', { name: seat.name }));
  };
  return (
    <Page title={station.siteName[language]} eyebrow={t('station.title')} lead={t('station.lead')}>
      {over && (
        <p className="notice" role="status">
          {over}
        </p>
      )}
      {all.length > 0 && (
        <ul className="seats" aria-label={t('station.who')}>
          {all.map((seat) => (
            <li key={seat.personId}>
              <button
                type="button"
                className="seat"
                aria-pressed={seat.personId === chosen?.personId}
                onClick={() => {
                  setOver(undefined);
                  setChosen(seat);
                }}
              >
                {seat.name}
              </button>
            </li>
          ))}
        </ul>
      )}
      {chosen && <Unlock key={chosen.personId} seat={chosen} lost={() => lost(chosen)} />}
      <div>
        <Button variant={all.length > 0 ? 'default' : 'filled'} onClick={() => void signIn(JOIN_PAGE)}>
          {t(all.length > 0 ? 'station.another' : 'station.first')}
        </Button>
      </div>
    </Page>
  );
}

function Unlock({ seat, lost }: { readonly seat: Seat; readonly lost: () => void }) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const station = sharedStation.get();
  const act = useAct('POST /api/stations/{stationId}/unlock', 'station-unlock', { unwritten: true });
  const send = async (pin: string): Promise<boolean> => {
    if (!station) return false;
    const { stationId, key } = station;
    const { personId, name } = seat;
    const opened = await act.run({ params: { stationId }, body: { key, personId, pin } });
    if (!opened) return false;
    const place = await takeTurn({ personId, name, seatKey: opened.seatKey, lockMinutes: opened.lockMinutes });
    if (place === undefined) {
      lost();
      return false;
    }
    await navigate(place, { replace: true });
    return true;
  };
  if (act.error?.code === 'seat-over') {
    return (
      <ActionError error={act.error}>
        <Button variant="default" onClick={lost}>
          {t('station.drop')}
        </Button>
      </ActionError>
    );
  }
  return (
    <PinForm label={t('station.pinOf', { name: seat.name })} act={act} send={send}>
      {t('station.unlock')}
    </PinForm>
  );
}

type Sending = Pick<ReturnType<typeof useAct<'POST /api/stations/{stationId}/unlock'>>, 'busy' | 'error' | 'attempt'>;

/** Six digits, sent as soon as they are there. */
function PinForm({
  label,
  hint,
  strict,
  act,
  send,
  children,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly strict?: boolean;
  readonly act: Sending;
  readonly send: (pin: string) => Promise<boolean>;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('work');
  const [typed, setTyped] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  useFocusAgain('station-pin', act.error);
  const go = async (pin: string): Promise<void> => {
    const wrong = pin.length !== 6 ? 'pin' : strict && isEasyPin(pin) ? 'easy' : undefined;
    setProblems(wrong ? [{ field: 'station-pin', message: t(`station.error.${wrong}`) }] : []);
    if (wrong || act.busy) return;
    if (!(await send(pin))) setTyped('');
  };
  return (
    <Question problems={problems} submit={() => void go(typed)}>
      <TextInput
        id="station-pin"
        // Hidden by its style: a browser offers to keep what stands in a password's field, for all who sit here.
        className="factor-code pin-code"
        label={label}
        {...(hint && { description: hint })}
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        maxLength={6}
        value={typed}
        error={problems[0]?.message}
        onChange={(event) => {
          const pin = event.currentTarget.value.normalize('NFKC').replaceAll(/\D/g, '');
          setTyped(pin);
          if (pin.length === 6 && !strict) void go(pin);
        }}
      />
      {act.error && problems.length === 0 && <ActionError error={act.error} />}
      <Button type="submit" loading={act.busy}>
        {children}
      </Button>
      <Progress act={act} />
    </Question>
  );
}

/** Takes a seat at the station this browser is, for whoever has just signed in with both factors. */
export function JoinPage() {
  const { t } = useTranslation('work');
  const { t: common } = useTranslation();
  const isSignedIn = useSession() !== undefined;
  return (
    <>
      <Work needs="staff" title={t('station.joinTitle')}>
        {(me) => <Joining me={me} />}
      </Work>
      {sharedStation.get() && (
        <div className="page">
          <Button variant="default" onClick={() => void abandon()}>
            {isSignedIn ? t('station.back') : common('common.back')}
          </Button>
        </div>
      )}
    </>
  );
}

function Joining({ me }: { readonly me: Person }) {
  const { t } = useTranslation('work');
  const station = sharedStation.get();
  const mine = useApi('GET /api/factor', {});
  const act = useAct('POST /api/stations/{stationId}/join', 'station-join', { unwritten: true });
  if (!station) {
    return (
      <Page title={t('station.joinTitle')}>
        <Empty title={t('station.none')}>
          <LinkButton to="/">{t('station.home')}</LinkButton>
        </Empty>
      </Page>
    );
  }
  if (!mine.data) {
    return (
      <Page title={t('station.joinTitle')}>
        {mine.error ? <LoadError error={mine.error} retry={() => void mine.refetch()} /> : <Loading />}
      </Page>
    );
  }
  if (!mine.data.shown) return <FactorGate />;
  const send = async (pin: string): Promise<boolean> => {
    const { stationId, key } = station;
    const seat = await act.run({ params: { stationId }, body: { key, pin } });
    if (!seat) return false;
    const { personId, seatKey, lockMinutes } = seat;
    await takeSeat({ personId, name: seat.name ?? me.name ?? '', seatKey, lockMinutes });
    return true;
  };
  return (
    <Page title={t('station.joinTitle')} lead={t('station.joinLead')}>
      <PinForm label={t('station.pin')} hint={t('station.pinHint')} strict act={act} send={send}>
        {t('station.join')}
      </PinForm>
    </Page>
  );
}
