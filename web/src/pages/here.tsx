import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { hasJustCome } from '../../../shared/domain/service.ts';
import { useAct, useApi, useMe, usePages } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { here } from '../auth/actions.ts';
import { useSession } from '../auth/use-session.ts';
import { tabStorage } from '../lib/storage.ts';
import { span, timeOf } from '../lib/time.ts';
import { whoAddress } from '../lib/who-address.ts';
import { SignInButton } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import {
  ActionError,
  Answers,
  Empty,
  Good,
  LinkButton,
  LoadError,
  Loading,
  Progress,
  useLanguage,
} from '../ui/states.tsx';
import { WaysOn } from '../ui/ways-on.tsx';

type Scanned = CallOutput<'GET /api/here/{eventId}'>;
type Attended = CallOutput<'POST /api/here/{eventId}'>;

const NAME = 'nuanliu.here';
/** As long as the service takes it. */
const KEPT_MS = 10 * 60_000;

/** What this tab has just scanned, for when its reader comes back from signing in: by then the code is another. */
function keptScan(code: string): Scanned | undefined {
  try {
    const kept = JSON.parse(tabStorage.getItem(NAME) ?? 'null') as {
      code: string;
      at: number;
      scanned: Scanned;
    } | null;
    return kept && kept.code === code && Date.now() - kept.at < KEPT_MS ? kept.scanned : undefined;
  } catch {
    return undefined;
  }
}

/** Where an organiser's code leads: the shift, and one button. */
export function HerePage() {
  const { t } = useTranslation('here');
  const { eventId = '', code = '' } = useParams();
  const [kept] = useState(() => keptScan(code));
  const asked = useApi(
    'GET /api/here/{eventId}',
    { params: { eventId }, query: { code } },
    { enabled: kept === undefined, staleTime: Number.POSITIVE_INFINITY },
  );
  const { data: heard, dataUpdatedAt: at } = asked;
  useEffect(() => {
    if (heard && !kept) tabStorage.setItem(NAME, JSON.stringify({ code, at, scanned: heard }));
  }, [heard, at, kept, code]);
  const scanned = kept ?? heard;
  return (
    <Page title={t('title')}>
      {scanned ? (
        <Shift scanned={scanned} />
      ) : asked.error?.code === 'code-over' || asked.error?.code === 'invalid-input' ? (
        // Used up, or cut off on the way here: either way there is another one to scan.
        <Over />
      ) : asked.error ? (
        <LoadError error={asked.error} retry={() => void asked.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Over() {
  const { t } = useTranslation('here');
  return (
    <Empty title={t('over')}>
      <p>{t('overText')}</p>
    </Empty>
  );
}

function Shift({ scanned }: { readonly scanned: Scanned }) {
  const { t } = useTranslation(['here', 'pages']);
  const language = useLanguage();
  const session = useSession();
  const me = useMe();
  if (session && me.error?.code === 'person-unknown') return <Navigate to={whoAddress(here())} replace />;
  return (
    <>
      <Answers
        rows={[
          { term: t('what'), value: <b>{scanned.title[language]}</b> },
          { term: t('pages:check.role'), value: scanned.role[language] },
          {
            term: t('pages:check.when'),
            value: span(scanned.startsAt, scanned.endsAt, scanned.zone, language),
          },
          { term: t('pages:check.where'), value: scanned.address[language] },
        ]}
      />
      {!session ? (
        <div className="card">
          <p>{t('signInText')}</p>
          <SignInButton>{t('signIn')}</SignInButton>
        </div>
      ) : me.error ? (
        <LoadError error={me.error} retry={() => void me.refetch()} />
      ) : !me.data ? (
        <Loading />
      ) : (
        <Mine scanned={scanned} />
      )}
    </>
  );
}

function Mine({ scanned }: { readonly scanned: Scanned }) {
  const { t } = useTranslation('here');
  const { eventId, slotId, seen, scannedAt, zone } = scanned;
  const bookings = usePages('GET /api/me/bookings', { query: { limit: 100 } });
  const act = useAct('POST /api/here/{eventId}', `here:${eventId}:${slotId}`);
  const [after, setAfter] = useState<Attended>();
  const take = async (step: 'join' | 'in' | 'out'): Promise<void> => {
    const answer = await act.run({ params: { eventId }, body: { seen, step } });
    if (answer) setAfter(answer);
  };
  if (bookings.error && !bookings.data)
    return <LoadError error={bookings.error} retry={() => void bookings.refetch()} />;
  if (!bookings.data) return <Loading />;
  const own = bookings.items.find((booking) => booking.slotId === slotId && booking.status !== 'cancelled');
  const status = after?.status ?? own?.status;
  const attended = after?.attended ?? own?.attended;
  // Of a second press, after an answer that was lost, or a second scan.
  const stays = attended !== undefined && hasJustCome(attended.startedAt, scannedAt);
  const isOver = act.error?.code === 'code-over';
  if (isOver) return <Over />;
  return (
    <>
      {status === 'fulfilled' ? (
        <>
          <Good>
            {t('left', { hours: Math.floor((attended?.minutes ?? 0) / 60), minutes: (attended?.minutes ?? 0) % 60 })}
          </Good>
          <p>{t('leftText')}</p>
        </>
      ) : status === 'arrived' ? (
        <>
          <Good>{t('came', { time: attended ? timeOf(attended.startedAt, zone) : '' })}</Good>
          <p>{t('thanks')}</p>
        </>
      ) : status === undefined ? (
        <>
          <h2>{t('notMine')}</h2>
          <p>{t('notMineText')}</p>
        </>
      ) : (
        <p>{t('ready')}</p>
      )}
      {act.error && (
        <ActionError error={act.error}>
          <WaysOn error={act.error} eventId={eventId} />
        </ActionError>
      )}
      <div className="row">
        {status === undefined ? (
          <Button size="lg" loading={act.busy} onClick={() => void take('join')}>
            {t('join')}
          </Button>
        ) : status === 'arrived' && !after && !stays ? (
          <Button size="lg" loading={act.busy} onClick={() => void take('out')}>
            {t('checkOut')}
          </Button>
        ) : status === 'booked' || status === 'noshow' ? (
          <Button size="lg" loading={act.busy} onClick={() => void take('in')}>
            {t('checkIn')}
          </Button>
        ) : (
          <LinkButton to="/bookings" variant="default">
            {t('mine')}
          </LinkButton>
        )}
      </div>
      <Progress act={act} />
    </>
  );
}
