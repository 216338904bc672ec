import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../api/types.ts';
import { moment, timeOf } from '../lib/time.ts';
import { useLanguage } from '../ui/states.tsx';

/** Somebody in line, as an organiser sees them; staff have the code of their offer as well. */
export type InLine = CallOutput<'GET /api/events/{eventId}/waiting'>['items'][number];

export const hours = ({ startsAt, endsAt, zone }: Pick<InLine, 'startsAt' | 'endsAt' | 'zone'>): string =>
  `${timeOf(startsAt, zone)}–${timeOf(endsAt, zone)}`;

export const isOpen = ({ status, offer }: Pick<InLine, 'status' | 'offer'>): boolean =>
  status === 'offered' && offer !== undefined && offer.until > new Date().toISOString();

/** Who waits, in order: how many, for what, since when, and for whom a place is kept. */
export function LineTable<Entry extends InLine>({
  items,
  note,
  whatOf,
  answer,
}: {
  readonly items: readonly Entry[];
  readonly note?: string;
  /** What somebody waits for beside its time; a place that is kept says so of its own slot. */
  readonly whatOf: (entry: Entry, slotId: string | undefined) => ReactNode;
  /** Answers an open offer for whoever calls. */
  readonly answer?: (entry: Entry) => void;
}) {
  const { t } = useTranslation('work');
  return (
    <>
      <p className="counts" aria-live="polite">
        {t('line.counts', { people: new Set(items.map(({ personId }) => personId)).size })}{' '}
        {note && <span className="small muted">{note}</span>}
      </p>
      <table className="board">
        <caption className="sr-only">{t('line.title')}</caption>
        <thead>
          <tr>
            {(['order', 'person', 'for', 'joined', 'status', ...(answer ? (['act'] as const) : [])] as const).map(
              (name) => (
                <th key={name} scope="col">
                  {t(`line.columns.${name}`)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((entry, n) => (
            <Row
              key={`${entry.waitId} ${entry.personId}`}
              entry={entry}
              order={n + 1}
              whatOf={whatOf}
              answer={answer}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Row<Entry extends InLine>({
  entry,
  order,
  whatOf,
  answer,
}: {
  readonly entry: Entry;
  readonly order: number;
  readonly whatOf: (entry: Entry, slotId: string | undefined) => ReactNode;
  readonly answer: ((entry: Entry) => void) | undefined;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const { name, phoneLast4, offer, zone, slotId } = entry;
  return (
    <tr className={isOpen(entry) ? 'row-arrived' : undefined}>
      <td className="board-time">{t('line.order', { n: order })}</td>
      <th scope="row">
        {name} <span className="muted">{t('staff.last4', { digits: phoneLast4 })}</span>
      </th>
      <td>
        {slotId ? hours(entry) : t('line.anyTime')} {whatOf(entry, slotId)}
      </td>
      <td>
        <span className="phone-label" aria-hidden="true">
          {t('line.columns.joined')}{' '}
        </span>
        {moment(entry.joinedAt, zone, language)}
      </td>
      <td>
        {offer && isOpen(entry) ? (
          <>
            <b>{t('line.kept', { until: moment(offer.until, zone, language) })}</b>
            {!slotId && (
              <>
                <br />
                <span className="muted">
                  {hours({ ...offer, zone })} {whatOf(entry, offer.slotId)}
                </span>
              </>
            )}
          </>
        ) : (
          t('line.waits')
        )}
      </td>
      {answer && (
        <td>
          {isOpen(entry) && (
            <Button
              size="sm"
              variant="default"
              onClick={() => answer(entry)}
              aria-label={t('line.answerFor', { name })}
            >
              {t('line.answer')}
            </Button>
          )}
        </td>
      )}
    </tr>
  );
}
