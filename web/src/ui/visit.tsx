import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Procedure } from '../../../shared/domain/vocabulary.ts';
import type { SiteInFull } from '../api/types.ts';
import { MarkOf, useLanguage } from './states.tsx';
import { Tel } from './tel.tsx';

type Visit = SiteInFull['visits'][number];
type Note = Visit['bring'][number];

/** What to bring, how to prepare, how long it takes, how much is drawn, what to do afterwards and whom to call. */
export function VisitGuide({ site, procedure }: { readonly site: SiteInFull; readonly procedure: Procedure }) {
  const { t } = useTranslation(['pages', 'here']);
  const visit = site.visits.find((each) => each.procedure === procedure);
  const total = useLength(visit?.totalMinutes ?? 0);
  return (
    <dl className="visit">
      {visit && (
        <>
          <Part term={t('here:visit.bring')}>
            <Notes notes={visit.bring} />
          </Part>
          <Part term={t('here:visit.before')}>
            <Notes notes={visit.before} />
          </Part>
          <Part term={t('here:visit.day')}>
            <p>{t('here:visit.dayText', { giving: visit.givingMinutes, total })}</p>
          </Part>
          <Amount site={site} visit={visit} />
          <Part term={t('here:visit.after')}>
            <Notes notes={visit.after} />
          </Part>
        </>
      )}
      <Part term={t('here:visit.whom')}>
        <p>
          {t('here:visit.whomText')} <Tel phone={site.phone} />
        </p>
      </Part>
    </dl>
  );
}

function useLength(minutes: number): string {
  const { t } = useTranslation(['pages', 'here']);
  return minutes % 60 === 0 && minutes > 60
    ? t('here:visit.hours', { n: minutes / 60 })
    : t('here:visit.minutes', { n: minutes });
}

function Part({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Notes({ notes }: { readonly notes: readonly Note[] }) {
  const { t } = useTranslation(['pages', 'here']);
  const language = useLanguage();
  return (
    <ul className="plain">
      {notes.map((note) => (
        <li key={note.en}>
          {note[language]}
          {note.source && (
            <span className="visit-source">
              {t('here:visit.source', { source: note.source })}
              {note.mark && <MarkOf mark={note.mark} />}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Amount({ site, visit }: { readonly site: SiteInFull; readonly visit: Visit }) {
  const { t } = useTranslation(['pages', 'here']);
  const bags = site.volumes.filter(({ procedure }) => procedure === visit.procedure);
  if (bags.length === 0) return null;
  const byUnits = bags.every(({ platelets }) => platelets !== undefined);
  const said = bags.map(({ minMl, maxMl, platelets }) =>
    byUnits ? `${platelets}` : minMl === maxMl ? `${minMl}` : `${minMl}–${maxMl}`,
  );
  const list =
    said.length > 1
      ? said.slice(0, -1).join(t('here:visit.comma')) + t('here:visit.or') + said.at(-1)
      : (said[0] ?? '');
  return (
    <Part term={t('here:visit.amount')}>
      <p>
        {t(byUnits ? 'here:visit.amountUnits' : 'here:visit.amountMl', { list })}
        {visit.volumes && (
          <span className="visit-source">
            {t('here:visit.source', { source: visit.volumes.source })}
            <MarkOf mark={visit.volumes.mark} />
          </span>
        )}
      </p>
    </Part>
  );
}
