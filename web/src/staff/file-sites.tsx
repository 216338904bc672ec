import { NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { siteNamed } from '../../../shared/domain/files/sites.ts';
import type { Site } from '../api/types.ts';
import type { Table, TableRow } from '../files/table.ts';
import { useLanguage } from '../ui/states.tsx';

/** As many sites as one file may name. */
const MOST_WORDS = 50;
/** Stands for a site where somebody said that none is meant: no site is called so. */
const NO_SITE = '?';

/**
 * Which site each word of a column stands for: as it was chosen, else as the last time, else as the sites are called. A word that is
 * nobody's here goes on as it is, so that the report can tell a site that is another's from one that is not known.
 */
export function siteNamesOf(
  words: readonly string[],
  sites: readonly Site[],
  chosen: Readonly<Record<string, string>>,
  remembered: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, string> {
  const mine = new Set(sites.map(({ siteId }) => siteId));
  return new Map(
    words.flatMap((word): [string, string][] => {
      const named = siteNamed(word, sites)?.siteId;
      const before = remembered[word];
      const siteId = chosen[word] ?? (before && mine.has(before) ? before : named) ?? '';
      if (siteId !== '') return [[word, siteId]];
      return named ? [[word, NO_SITE]] : [];
    }),
  );
}

/** The words of a file's site column; undefined while they are looked for. */
export function useSiteWords(
  table: Table,
  header: TableRow | undefined,
  column: number,
): readonly string[] | undefined {
  const [found, setFound] = useState<{ readonly column: number; readonly words: readonly string[] }>();
  useEffect(() => {
    if (!header || column < 0) return;
    let isWanted = true;
    const look = async (): Promise<void> => {
      const { wordsOf } = await import('../files/reduce.ts');
      const words = await wordsOf(table, header, column, MOST_WORDS);
      if (isWanted) setFound({ column, words });
    };
    void look();
    return () => {
      isWanted = false;
    };
  }, [table, header, column]);
  if (column < 0) return [];
  return found?.column === column ? found.words : undefined;
}

/** Each name that the file has for a site, and which of one's own it is. */
export function FileSites({
  words,
  sites,
  names,
  onChoose,
}: {
  readonly words: readonly string[];
  readonly sites: readonly Site[];
  readonly names: ReadonlyMap<string, string>;
  readonly onChoose: (word: string, siteId: string) => void;
}) {
  const { t } = useTranslation('work');
  const language = useLanguage();
  if (words.length === 0) return null;
  return (
    <fieldset className="plain stack">
      <legend>
        <h2>{t('files.map.sites')}</h2>
      </legend>
      <p className="muted">
        {words.length > MOST_WORDS ? t('files.map.sitesMore', { count: MOST_WORDS }) : t('files.map.sitesHint')}
      </p>
      {words.slice(0, MOST_WORDS).map((word, n) => {
        const chosen = names.get(word) ?? '';
        return (
          <NativeSelect
            key={word}
            id={`site-${n}`}
            label={word}
            value={chosen === NO_SITE ? '' : chosen}
            data={[
              { value: '', label: t('files.map.siteNone') },
              ...sites.map(({ siteId, name }) => ({ value: siteId, label: name[language] })),
            ]}
            onChange={(event) => onChoose(word, event.currentTarget.value)}
          />
        );
      })}
    </fieldset>
  );
}
