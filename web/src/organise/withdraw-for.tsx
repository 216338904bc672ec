import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useAct, usePages } from '../api/hooks.ts';
import type { EventView } from '../api/types.ts';
import { dateOf } from '../lib/params.ts';
import { dateIn, span } from '../lib/time.ts';
import { ActionError, Empty, LinkButton, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { MyEventPage } from './mine.tsx';

/** For somebody who calls that they cannot come. */
export function WithdrawForPage() {
  const { t } = useTranslation('work');
  return (
    <MyEventPage title={t('run.withdrawFor.title')}>{({ event, own }) => <Ask event={event} own={own} />}</MyEventPage>
  );
}

function Ask({ event, own }: { readonly event: EventView; readonly own: string }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const navigate = useNavigate();
  const { bookingId = '' } = useParams();
  const [search] = useSearchParams();
  const { eventId, zone } = event;
  const date = dateOf(search.get('date')) ?? dateIn(zone, event.startsAt);
  const roster = usePages('GET /api/events/{eventId}/roster', { params: { eventId }, query: { date, limit: 100 } });
  const act = useAct('POST /api/events/{eventId}/sign-ups/{bookingId}/cancel', `withdraw-for:${bookingId}`);
  const line = roster.items.find((each) => each.bookingId === bookingId);
  if (roster.error) return <LoadError error={roster.error} retry={() => void roster.refetch()} />;
  if (!roster.data) return <Loading />;
  if (line?.status !== 'booked') return <Empty title={t('run.withdrawFor.missing')} />;
  const role = event.shifts.find(({ shiftId }) => shiftId === line.shiftId)?.role[language] ?? '';
  const withdraw = async (): Promise<void> => {
    if (await act.run({ params: { eventId, bookingId }, body: {} })) {
      await navigate(`${own}/roster?date=${date}`, { replace: true });
    }
  };
  return (
    <>
      <p>
        {t('run.withdrawFor.who', {
          name: line.name,
          digits: line.phoneLast4,
          role,
          when: span(line.startsAt, line.endsAt, zone, language),
        })}
      </p>
      <p className="muted">{t('run.withdrawFor.told')}</p>
      {act.error && <ActionError error={act.error} />}
      <div className="row">
        <Button onClick={() => void withdraw()} loading={act.busy}>
          {t('run.withdrawFor.yes')}
        </Button>
        <LinkButton to={`${own}/roster?date=${date}`} variant="default">
          {t('organise.goBack')}
        </LinkButton>
      </div>
      <Progress act={act} />
    </>
  );
}
