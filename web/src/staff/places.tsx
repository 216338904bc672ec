import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ApiError } from '../api/error.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { timeOf } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage, useSentence } from '../ui/states.tsx';
import { DateBar } from './date-bar.tsx';
import { DeskTabs, Work } from './frame.tsx';
import { useDesk } from './roster.tsx';
import { toast } from './toast.ts';
import { POLL_MS } from './use-roster.ts';

type Slot = CallOutput<'GET /api/donations/slots'>['items'][number];

const MOST_PLACES = 500;

export function PlacesPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('places.title')}>
      {() => <Day />}
    </Work>
  );
}

function Day() {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { siteId, site, date, today } = useDesk();
  const slots = useApi(
    'GET /api/donations/slots',
    { query: { siteId, date } },
    { enabled: site.data !== undefined, every: POLL_MS },
  );
  const failed = site.error ?? (slots.data ? undefined : slots.error);
  const sum = (of: 'places' | 'taken' | 'held'): number =>
    (slots.data?.items ?? []).reduce((all, slot) => all + slot[of], 0);
  return (
    <Page title={site.data?.name[language] ?? t('places.title')} eyebrow={t('staff.title')} back="/staff" wide>
      <DeskTabs siteId={siteId} date={date} />
      <DateBar date={date} today={today} />
      {failed ? (
        <LoadError
          error={failed}
          retry={() => {
            void site.refetch();
            void slots.refetch();
          }}
        />
      ) : !slots.data ? (
        <Loading lines={5} />
      ) : slots.data.items.length === 0 ? (
        <Empty title={t('places.empty')} />
      ) : (
        <>
          <p className="counts" aria-live="polite">
            {t('places.counts', { taken: sum('taken') - sum('held'), places: sum('places') })}{' '}
            <span className="small muted">{t('places.note')}</span>
          </p>
          <table className="board board-places">
            <caption className="sr-only">{t('places.title')}</caption>
            <thead>
              <tr>
                {(['time', 'procedure', 'places', 'taken', 'status'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`places.columns.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {slots.data.items.map((slot) => (
                <Row key={slot.slotId} slot={slot} reload={() => void slots.refetch()} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </Page>
  );
}

function Row({ slot, reload }: { readonly slot: Slot; readonly reload: () => void }) {
  const { t } = useTranslation(['work', 'pages']);
  const sentence = useSentence();
  const act = useAct('PATCH /api/donations/slots/{slotId}', `slot:${slot.slotId}`);
  const [typed, setTyped] = useState<string>();
  const [wrong, setWrong] = useState<string>();
  const fault = useId();
  const field = useRef<HTMLInputElement>(null);
  const about = { time: timeOf(slot.startsAt, slot.zone), procedure: t(`pages:procedure.${slot.procedure}`) };
  const value = typed ?? String(slot.places);
  const changed = value.trim() !== String(slot.places);
  const over = new Date(slot.endsAt) <= new Date();
  const fixed = slot.unit !== undefined || over || slot.status === 'closing' || slot.status === 'settling';

  const send = async (change: { places?: number; open?: boolean }, done: string): Promise<void> => {
    setWrong(undefined);
    const answer = await act.run({ params: { slotId: slot.slotId }, body: { version: slot.version, ...change } });
    // Refused, most likely for what others did meanwhile: that is shown, beside what was typed here.
    if (!answer) {
      reload();
      return;
    }
    // The button that had the focus goes with what it was for.
    if (document.activeElement?.matches('.places-form button')) field.current?.focus();
    setTyped(undefined);
    toast(done);
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const places = Number(value);
    if (!/^\d+$/.test(value.trim()) || places < 1 || places > MOST_PLACES) {
      act.reset();
      setWrong(t('places.error', { most: MOST_PLACES }));
      return;
    }
    await send({ places }, t('places.saved', { ...about, places }));
  };
  const [refused] = act.error?.fields ?? [];
  const open = slot.status === 'open';
  const refusal = (error: ApiError): string => {
    if (refused) return t('places.wrong', { message: refused.message });
    if (error.code !== 'changed-meanwhile') return sentence(error);
    const now = { places: slot.places, status: t(`places.status.${slot.status}`) };
    return t(changed ? 'places.staleTyped' : 'places.stale', now);
  };
  const problem = wrong ?? (act.error && refusal(act.error));
  return (
    <tr className={open ? '' : 'row-closed'}>
      <td className="board-time">{about.time}</td>
      <th scope="row">
        {about.procedure}
        {slot.unit && <span className="tag">{t('blocks.keptFor', { unit: slot.unit })}</span>}
      </th>
      <td>
        {fixed ? (
          t('places.places', { places: slot.places })
        ) : (
          <form noValidate className="places-form" onSubmit={(event) => void save(event)}>
            <span className="phone-label" aria-hidden="true">
              {t('places.columns.places')}
            </span>
            <TextInput
              ref={field}
              inputMode="numeric"
              autoComplete="off"
              aria-label={t('places.placesOf', about)}
              value={value}
              onChange={(event) => setTyped(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                setTyped(undefined);
                setWrong(undefined);
                act.reset();
              }}
              {...(problem && { 'aria-invalid': true, 'aria-describedby': fault })}
            />
            {changed && (
              <Button type="submit" size="sm" loading={act.busy} aria-label={t('places.saveFor', about)}>
                {t('places.save')}
              </Button>
            )}
          </form>
        )}
        {problem && (
          <p id={fault} className="bad small" role="alert">
            {problem}
          </p>
        )}
      </td>
      <td>
        <span className="places-bar" aria-hidden="true">
          <span style={{ width: `${Math.min(100, (100 * slot.taken) / Math.max(1, slot.places))}%` }} />
        </span>
        {t('places.taken', { taken: slot.taken - slot.held, free: slot.free })}
        {slot.held > 0 && <> · {t('places.kept', { count: slot.held })}</>}
        {slot.waited && (
          <>
            {' · '}
            <Link
              to={`../waiting?${new URLSearchParams({ date: slot.date, slot: slot.slotId })}`}
              relative="path"
              aria-label={t('line.seeOf', about)}
            >
              {t('line.see')}
            </Link>
          </>
        )}
      </td>
      <td>
        <div className="board-acts">
          <span className={open ? 'status status-booked' : 'status status-cancelled'}>
            {over ? t('places.over') : t(`places.status.${slot.status}`)}
          </span>
          {!fixed && (
            <Button
              size="sm"
              variant="default"
              loading={act.busy}
              onClick={() => void send({ open: !open }, t(open ? 'places.closed' : 'places.opened', about))}
              aria-label={t(open ? 'places.closeFor' : 'places.openFor', about)}
            >
              {t(open ? 'places.close' : 'places.open')}
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}
