import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isUnanswered } from '../../../shared/domain/closures.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { dateOf } from '../lib/params.ts';
import { dateIn, moment, timeOf } from '../lib/time.ts';
import { ActionError, LoadError, Loading, Progress, useLanguage } from '../ui/states.tsx';
import { toast } from './toast.ts';

export type Moved = CallOutput<'GET /api/closures/moves'>;

/** People whom a closure has moved, what they said, and, for who calls or has no phone, the answer to be given for them. */
export function MovedTable({ siteId, items }: { readonly siteId: string; readonly items: readonly Moved[] }) {
  const { t } = useTranslation('work');
  return (
    <table className="board board-moved">
      <caption className="sr-only">{t('closures.one.title')}</caption>
      <thead>
        <tr>
          {(['person', 'from', 'to', 'state', 'act'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`closures.one.columns.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((entry) => (
          <Row key={entry.bookingId} siteId={siteId} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

/** A place of another site is named, one of the same only by its time. */
export function MovePlace({
  place,
  zone,
  named,
}: {
  readonly place: Moved['from'];
  readonly zone: string;
  readonly named: boolean;
}) {
  const language = useLanguage();
  return (
    <>
      {moment(place.startsAt, zone, language)}
      {named && (
        <>
          <br />
          <span className="muted">{place.place[language]}</span>
        </>
      )}
    </>
  );
}

function Row({ siteId, entry }: { readonly siteId: string; readonly entry: Moved }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { closureId, bookingId, name, phoneLast4, from, to, state, until, zone, byStaff } = entry;
  const act = useAct('POST /api/closures/{closureId}/answers', `move:${closureId}:${bookingId}`);
  const [doing, setDoing] = useState<'cancel' | 'other'>();
  const open = isUnanswered(state);
  const answer = async (said: 'accept' | 'cancel' | 'other', slotId?: string): Promise<void> => {
    const done = await act.run({
      params: { closureId },
      body: { siteId, bookingId, answer: said, ...(slotId && { slotId }) },
    });
    if (!done) return;
    setDoing(undefined);
    toast(t('closures.one.done'));
  };
  return (
    <tr className={open ? undefined : 'row-arrived'}>
      <th scope="row">
        {name} <span className="muted">{t('staff.last4', { digits: phoneLast4 })}</span>
      </th>
      <td>
        <span className="phone-label">{t('closures.one.columns.from')} </span>
        <MovePlace place={from} zone={zone} named={false} />
      </td>
      <td>
        <span className="phone-label">{t('closures.one.columns.to')} </span>
        {to ? (
          <MovePlace place={to} zone={zone} named={to.siteId !== from.siteId} />
        ) : (
          <span className="muted">{t('closures.one.nothingTo')}</span>
        )}
      </td>
      <td>
        <b>{t(`closures.one.state.${state}`)}</b>
        {byStaff && state === 'accepted' && <span className="muted"> · {t('closures.one.byStaff')}</span>}
        {state === 'asked' && until && (
          <>
            <br />
            <span className="muted">{t('closures.one.until', { when: moment(until, zone, language) })}</span>
          </>
        )}
      </td>
      <td>
        {open && doing === undefined && (
          <div className="board-acts">
            <Button
              size="sm"
              loading={act.busy}
              aria-label={t('closures.one.acceptFor', { name })}
              onClick={() => void answer('accept')}
            >
              {t('closures.one.accept')}
            </Button>
            <Button
              size="sm"
              variant="default"
              aria-label={t('closures.one.otherFor', { name })}
              onClick={() => setDoing('other')}
            >
              {t('closures.one.other')}
            </Button>
            <Button
              size="sm"
              variant="default"
              aria-label={t('closures.one.cancelFor', { name })}
              onClick={() => setDoing('cancel')}
            >
              {t('closures.one.cancel')}
            </Button>
          </div>
        )}
        {doing === 'cancel' && (
          <div className="board-acts">
            <Button size="sm" color="red" loading={act.busy} onClick={() => void answer('cancel')}>
              {t('closures.one.reallyCancel')}
            </Button>
            <Button size="sm" variant="subtle" onClick={() => setDoing(undefined)}>
              {t('closures.one.stop')}
            </Button>
          </div>
        )}
        {doing === 'other' && (
          <Choose
            entry={entry}
            busy={act.busy}
            choose={(slotId) => void answer('other', slotId)}
            stop={() => setDoing(undefined)}
          />
        )}
        {act.error && <ActionError error={act.error} />}
        <Progress act={act} />
      </td>
    </tr>
  );
}

/** Free times of a site and a day, for somebody on the phone. */
function Choose({
  entry: { name, from, to, procedure, zone },
  busy,
  choose,
  stop,
}: {
  readonly entry: Moved;
  readonly busy: boolean;
  readonly choose: (slotId: string) => void;
  readonly stop: () => void;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const sites = useApi('GET /api/sites', {}, { staleTime: 60_000 });
  const [siteId, setSite] = useState((to ?? from).siteId);
  const [date, setDate] = useState((to ?? from).date);
  const slots = useApi('GET /api/sites/{siteId}/slots', { params: { siteId }, query: { from: date, to: date } });
  const now = new Date().toISOString();
  const free = (slots.data?.items ?? []).filter(
    (slot) => slot.procedure === procedure && slot.free > 0 && slot.startsAt > now && slot.slotId !== to?.slotId,
  );
  return (
    <fieldset className="stack choose-slot">
      <legend>{t('closures.one.choose', { name })}</legend>
      <NativeSelect
        label={t('closures.one.site')}
        value={siteId}
        data={(sites.data?.items ?? []).map((site) => ({ value: site.siteId, label: site.name[language] }))}
        onChange={(event) => setSite(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('closures.one.day')}
        value={date}
        min={dateIn(zone, new Date())}
        onChange={(event) => setDate(dateOf(event.currentTarget.value) ?? date)}
      />
      {slots.error ? (
        <LoadError error={slots.error} retry={() => void slots.refetch()} />
      ) : !slots.data ? (
        <Loading lines={1} />
      ) : free.length === 0 ? (
        <p className="muted">{t('closures.one.noSlots')}</p>
      ) : (
        <div className="row">
          {free.map((slot) => (
            <Button key={slot.slotId} size="sm" variant="default" disabled={busy} onClick={() => choose(slot.slotId)}>
              {t('closures.one.chooseSlot', { time: timeOf(slot.startsAt, zone), free: slot.free })}
            </Button>
          ))}
        </div>
      )}
      <Button size="sm" variant="subtle" onClick={stop}>
        {t('closures.one.stop')}
      </Button>
    </fieldset>
  );
}
