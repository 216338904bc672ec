import { useTranslation } from 'react-i18next';
import { DOCUMENT_NAMES } from '../../../shared/domain/document-names.ts';
import type { CallOutput } from '../api/types.ts';
import { fullDate, moment } from '../lib/time.ts';
import { useLanguage } from '../ui/states.tsx';

type Card = CallOutput<'POST /api/identity/clashes'>['here'];

/** A donor's record as two people at a desk compare it with another: masked. */
export function RecordCard({ title, card }: { readonly title: string; readonly card: Card }) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  const none = t('identity.card.none');
  const rows: readonly (readonly [string, string | readonly string[]])[] = [
    [t('identity.card.phone'), card.phoneLast4],
    [t('identity.card.birthYear'), card.birthYear ?? none],
    [t('identity.card.sex'), card.sex ? t(`identity.card.${card.sex}`) : none],
    [
      t('identity.card.documents'),
      card.documents.map(({ type, lastFour }) =>
        t('identity.card.document', { type: DOCUMENT_NAMES[type][language], digits: lastFour }),
      ),
    ],
    [t('identity.card.since'), fullDate(card.since.slice(0, 10), language)],
    [
      t('identity.card.donations'),
      card.lastDonation
        ? t('identity.card.timesLast', { count: card.donations, date: fullDate(card.lastDonation, language) })
        : t('identity.card.times', { count: card.donations }),
    ],
    [t('identity.card.elsewhere'), t('identity.card.times', { count: card.elsewhere })],
    [
      t('identity.card.upcoming'),
      card.upcoming.map(
        ({ place, startsAt, zone, stays }) =>
          `${moment(startsAt, zone, language)} ${place[language]}${stays === false ? ` · ${t('identity.card.ends')}` : ''}`,
      ),
    ],
  ];
  return (
    <section className="record-card" aria-label={title}>
      <p className="eyebrow">{title}</p>
      <h2>{card.maskedName}</h2>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {typeof value === 'string'
                ? value
                : value.length === 0
                  ? none
                  : value.map((line) => <div key={line}>{line}</div>)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
